import { basename } from 'node:path'
import { Option, type Command } from 'commander'
import { StudioError } from '../../common/errors'
import type { CubeReader } from '../../cube/cube-reader'
import { coarsenHeader } from '../../cube/derive-header'
import { quantise } from '../../cube/quantise'
import { describeKernel, type Kernel } from '../../dataset/degrade'
import type { CliIo } from '../cli-io'
import { createReporter } from '../create-reporter'
import { degradeWindow } from '../degrade-window'
import { historyLine } from '../history-line'
import { oneOf, positiveNumber, wholeNumber } from '../option-values'
import { assertOutputScene } from '../output-check'
import type { Reporter } from '../reporter'
import {
  addForceOption, addJsonOption, addOpenOptions, addStorageOptions, storageChoice, withScene,
  type JsonOption, type OpenOptions, type StorageOptions,
} from '../scene-options'
import { reportWritten, writeScene } from '../write-scene'

export interface KernelOptions {
  kernel: Kernel['kind']
  sigma?: number
}

interface DegradeOptions extends JsonOption, OpenOptions, StorageOptions, KernelOptions {
  scale: number
  force?: true
}

export function addKernelOptions(command: Command): Command {
  return command
    .addOption(new Option('--kernel <kind>', 'how coarse pixels come from fine ones: block (their mean) or gaussian').argParser(oneOf(['block', 'gaussian'] as const)).default('block'))
    .addOption(new Option('--sigma <pixels>', 'gaussian: standard deviation in fine pixels (default: half the scale, an MTF of 0.19 at Nyquist; 0.3 x scale: 0.41)').argParser(positiveNumber))
}

/** Throws 'invalid-argument' when --sigma comes without the kernel that has one. */
export function kernelOf({ kernel, sigma }: KernelOptions, scale: number): Kernel {
  if (kernel === 'gaussian') return { kind: 'gaussian', sigma: sigma ?? scale / 2 }
  if (sigma === undefined) return { kind: 'block' }
  throw new StudioError('invalid-argument', '--sigma belongs to the gaussian kernel.', { remedy: 'Add --kernel gaussian, or leave --sigma out.' })
}

export function addDegradeCommand(program: Command, io: CliIo): void {
  const command = program.command('degrade')
    .summary('make a coarser scene, to train or test with')
    .description('Writes the scene with pixels that are SCALE times larger, in the same type. Rows and columns at the lower and\nright edge that do not fill a coarse pixel are cut off; a coarse pixel is nodata when fewer than half of its\nfine pixels are valid.')
    .argument('<scene>', 'ENVI (header or data file), GeoTIFF or MATLAB file')
    .argument('<out>', 'file to write; its extension chooses the format')
    .addOption(new Option('--scale <factor>', 'how many times larger the pixels become').argParser(wholeNumber(2, 16)).makeOptionMandatory())
  addForceOption(addStorageOptions(addOpenOptions(addJsonOption(addKernelOptions(command)))))
    .addHelpText('after', `
Examples:
  dacn degrade scene.tif coarse.tif --scale 2
  dacn degrade scene.hdr coarse.img --scale 4 --kernel gaussian --sigma 1.7`)
    .action(async (scene: string, out: string, options: DegradeOptions) => {
      const kernel = kernelOf(options, options.scale)
      const reporter = createReporter(io, options.json === true)
      try {
        await withScene(scene, options, reporter, (reader) => degradeScene(reader, out, options, kernel, reporter, io.signal))
      } finally {
        reporter.close()
      }
    })
}

async function degradeScene(
  reader: CubeReader, out: string, options: DegradeOptions, kernel: Kernel, reporter: Reporter, signal: AbortSignal,
): Promise<void> {
  const { scale } = options
  const header = coarsenHeader(reader.header, scale)
  await assertOutputScene(out, reader.files, options.force === true)
  const history = [historyLine(`${basename(reader.files[0] ?? '')} reduced ${scale} times by ${describeKernel(kernel)}`)]
  const written = await writeScene(
    out,
    header,
    { ...storageChoice(options), history },
    async (window) => quantise(await degradeWindow(reader, window, scale, kernel, signal), header.sampleType, header.nodata).samples,
    scale * scale * header.bands * Float32Array.BYTES_PER_ELEMENT,
    { reporter, signal, span: 'reducing' },
  )
  reportWritten(written, reader.header, header, reporter)
}
