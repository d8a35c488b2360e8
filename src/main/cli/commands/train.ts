import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { StudioError } from '../../common/errors'
import type { PixelWindow } from '../../cube/pixel-window'
import { SCALES, type TrainSpec } from '../../jobs/job-spec'
import type { CliIo } from '../cli-io'
import { createReporter } from '../create-reporter'
import { describeVerdict } from '../event-text'
import { formatDuration } from '../format'
import { addComputeOptions, type ComputeOptions } from '../job-options'
import { oneOf, pixelWindow, positiveNumber, wholeNumber } from '../option-values'
import { assertReplaceable } from '../output-check'
import { runJob } from '../run-job'
import { addForceOption, addJsonOption, type JsonOption } from '../scene-options'
import { addKernelOptions, kernelOf, type KernelOptions } from './degrade'

const DEFAULT_MINUTES = 5

interface TrainOptions extends JsonOption, ComputeOptions, KernelOptions {
  scale: TrainSpec['scale']
  out: string
  preset: TrainSpec['preset']
  minutes?: number
  steps?: number
  seed: number
  base?: string
  validation?: PixelWindow
  variable?: string
  paperVariant?: 'text' | 'notebook'
  resume?: true
  force?: true
}

export function addTrainCommand(program: Command, io: CliIo): void {
  const command = program.command('train')
    .summary('fine-tune the network on scenes')
    .description('Fine-tunes the network on one scene or several of the same sensor: learns to get from the scene reduced SCALE\ntimes back to the scene, and then knows how to go one step further. A block of each scene is held out to judge\nthe result; weights that do not beat the methods without training there are not used.')
    .argument('<scene...>', 'ENVI (header or data file), GeoTIFF or MATLAB files')
    .addOption(new Option('--scale <factor>', `${SCALES.join(', ')}`).argParser(oneOf(SCALES)).default(2))
    .addOption(new Option('--out <folder>', 'model folder to write').makeOptionMandatory())
    .addOption(new Option('--preset <name>', 'studio, or paper for the published network').argParser(oneOf(['studio', 'paper'] as const)).default('studio'))
    .addOption(new Option('--minutes <time>', `time budget (default: ${DEFAULT_MINUTES} unless --steps is given)`).argParser(positiveNumber).conflicts('steps'))
    .addOption(new Option('--steps <count>', 'number of steps instead of a time budget').argParser(wholeNumber(1)))
    .addOption(new Option('--seed <number>', 'seed of everything random: the same seed and steps give the same weights').argParser(wholeNumber(0, 2 ** 31 - 1)).default(1))
    .addOption(new Option('--base <folder>', 'model folder to start from, or none for random weights (default: the weights that DACN Studio ships)'))
    .addOption(new Option('--validation <row,col,rows,cols>', 'block to hold out, in pixels of the scene from 0, multiples of the scale; one scene only (default: chosen)').argParser(pixelWindow))
    .addOption(new Option('--variable <name>', 'MATLAB files: the array that holds the scene'))
    .addOption(new Option('--paper-variant <name>', 'paper preset: follow the published text or the published notebook').argParser(oneOf(['text', 'notebook'] as const)))
    .addOption(new Option('--resume', 'continue the training in --out that was interrupted'))
  addForceOption(addJsonOption(addComputeOptions(addKernelOptions(command))))
    .addHelpText('after', `
Examples:
  dacn train scene.hdr --scale 2 --out models/scene
  dacn train a.tif b.tif --scale 4 --out models/site --minutes 20
  dacn train scene.hdr --out models/scene --resume`)
    .action(async (scenes: string[], options: TrainOptions) => {
      const reporter = createReporter(io, options.json === true)
      try {
        const spec = trainSpecOf(scenes, options)
        if (!spec.resume) await assertReplaceable(spec.out, spec.scenes, options.force === true)
        const result = await runJob(io, reporter, 'train', spec)
        reporter.result(result, `${describeVerdict(result.verdict)}\n\n${result.steps} steps in ${formatDuration(result.seconds)} (ended by ${result.ended}); model: ${result.model}`)
      } finally {
        reporter.close()
      }
    })
}

function trainSpecOf(scenes: string[], options: TrainOptions): TrainSpec {
  const { scale, preset, minutes, steps, seed, base, validation, variable, paperVariant, precision, threads } = options
  if (paperVariant !== undefined && preset !== 'paper') {
    throw new StudioError('invalid-argument', '--paper-variant belongs to the paper preset.', { remedy: 'Add --preset paper, or leave --paper-variant out.' })
  }
  return {
    kind: 'train',
    scenes: scenes.map((scene) => resolve(scene)),
    scale,
    preset,
    out: resolve(options.out),
    seed,
    resume: options.resume === true,
    kernel: kernelOf(options, scale),
    precision,
    ...(steps === undefined ? { minutes: minutes ?? DEFAULT_MINUTES } : { steps }),
    ...(base === undefined ? {} : { base: base === 'none' ? base : resolve(base) }),
    ...(validation === undefined ? {} : { validation }),
    ...(variable === undefined ? {} : { variables: scenes.map(() => variable) }),
    ...(paperVariant === undefined ? {} : { paperVariant }),
    ...(threads === undefined ? {} : { threads }),
  }
}
