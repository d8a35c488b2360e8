import { mkdir } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { writeFileAtomic } from '../../common/atomic-file'
import { resourcePath } from '../../common/project-root'
import { version } from '../../common/version'
import { allBands } from '../../cube/cube-reader'
import type { TrainResult, UpscaleResult } from '../../jobs/job-result'
import type { CliIo } from '../cli-io'
import { createReporter } from '../create-reporter'
import { writeDemoFigure } from '../demo-figure'
import { describeVerdict } from '../event-text'
import { formatDuration, formatPairs } from '../format'
import { positiveNumber } from '../option-values'
import { readImage } from '../read-image'
import type { Reporter } from '../reporter'
import { runJob } from '../run-job'
import { addJsonOption, withScene, type JsonOption } from '../scene-options'

const SCALE = 2
const DEFAULT_MINUTES = 2.5
const SAMPLE = 'dlr-hysu'
const CREDIT = 'DLR HySU, © German Aerospace Center (DLR), CC-BY 4.0; Cerra et al. 2021, doi 10.3390/rs13132559'

interface DemoOptions extends JsonOption {
  out: string
  minutes: number
}

export function addDemoCommand(program: Command, io: CliIo): void {
  const command = program.command('demo')
    .summary('the whole way on a scene that comes along')
    .description(`Fine-tunes on the shipped scene, sharpens it ${SCALE} times, and writes the result as GeoTIFF, a report as JSON and a\ncomparison as PNG. Takes less than five minutes on two cores; replaces what an earlier demo wrote.\nScene: ${CREDIT}`)
    .addOption(new Option('--out <folder>', 'where the files go').default('demo-output'))
    .addOption(new Option('--minutes <time>', 'time budget of the training').argParser(positiveNumber).default(DEFAULT_MINUTES))
  addJsonOption(command)
    .addHelpText('after', `
Examples:
  dacn demo
  dacn demo --out /tmp/demo --minutes 1`)
    .action(async (options: DemoOptions) => {
      const reporter = createReporter(io, options.json === true)
      try {
        await runDemo(options, io, reporter)
      } finally {
        reporter.close()
      }
    })
}

async function runDemo({ out, minutes }: DemoOptions, io: CliIo, reporter: Reporter): Promise<void> {
  const begin = performance.now()
  const scene = resourcePath('sample-scene', `${SAMPLE}.tif`)
  const folder = resolve(out)
  const files = {
    model: join(folder, 'model'),
    sharpened: join(folder, `${SAMPLE}-${SCALE}x.tif`),
    report: join(folder, 'report.json'),
    figure: join(folder, 'comparison.png'),
  }
  await mkdir(folder, { recursive: true })
  reporter.log('info', `Scene: ${CREDIT}`)

  const shared = { precision: 'float32', resume: false } as const
  const trained = await runJob(io, reporter, 'train', {
    ...shared, kind: 'train', scenes: [scene], scale: SCALE, preset: 'studio', out: files.model, minutes, seed: 1, kernel: { kind: 'block' },
  })
  const upscaled = await runJob(io, reporter, 'upscale', {
    ...shared, kind: 'upscale', scene, out: files.sharpened, model: files.model, memoryBudgetMb: 2048, sampleType: 'source',
    compression: 'deflate', interleave: 'bsq', consistency: true,
  })
  await drawFigure(scene, files, trained, reporter, io.signal)
  const seconds = (performance.now() - begin) / 1000
  await writeFileAtomic(files.report, `${JSON.stringify(reportOf(scene, trained, upscaled, seconds), null, 2)}\n`)

  const { verdict } = trained
  const places = formatPairs([['GeoTIFF', files.sharpened], ['picture', files.figure], ['report', files.report], ['model', files.model]])
  reporter.result({ files, seconds, verdict }, `${describeVerdict(verdict)}\n\n${places}\nDone in ${formatDuration(seconds)}.`)
}

async function drawFigure(scene: string, files: { sharpened: string; figure: string }, { verdict }: TrainResult, reporter: Reporter, signal: AbortSignal): Promise<void> {
  await withScene(scene, {}, reporter, (source) => withScene(files.sharpened, {}, reporter, async (sharpened) => {
    const bands = allBands(source.header)
    const images = { lowRes: await readImage(source, bands, signal), result: await readImage(sharpened, bands, signal), scale: SCALE }
    await writeDemoFigure(files.figure, `DLR HySU, sharpened ${SCALE} times`, source.header, images, verdict)
  }))
}

function reportOf(scene: string, training: TrainResult, upscaling: UpscaleResult, seconds: number): object {
  return {
    program: `DACN Studio ${version}`,
    scene,
    credit: CREDIT,
    machine: { processor: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version },
    seconds,
    training,
    upscaling,
  }
}
