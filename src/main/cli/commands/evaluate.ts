import { Option, type Command } from 'commander'
import { StudioError } from '../../common/errors'
import type { CubeReader } from '../../cube/cube-reader'
import { backProjectedBicubic, projectConsistent } from '../../dataset/back-projection'
import { degrade, type Kernel } from '../../dataset/degrade'
import { upsample } from '../../dataset/resample'
import type { Convention } from '../../metrics/conventions'
import { formatReport } from '../../metrics/format-report'
import { evaluate, type EvaluateOptions, type QualityReport } from '../../metrics/report'
import type { CliIo } from '../cli-io'
import { createReporter } from '../create-reporter'
import { oneOf, positiveNumber, wholeNumber } from '../option-values'
import { assertFitsMemory, readImage } from '../read-image'
import type { Reporter } from '../reporter'
import { addJsonOption, withScene, type JsonOption } from '../scene-options'
import { addKernelOptions, kernelOf, type KernelOptions } from './degrade'

interface CommandOptions extends JsonOption, KernelOptions {
  reference: string
  estimate: string
  lowRes?: string
  scale: number
  convention: Convention
  dataRange?: number
  variable?: string
}

/** Pictures in memory at once: reference, estimate, two others, and one on the way. */
const CUBES = 6

export function addEvaluateCommand(program: Command, io: CliIo): void {
  const command = program.command('evaluate')
    .summary('measure how close a result is to the truth')
    .description('Measures six indices of a result against the true scene, over pixels and bands that are valid in both. With the\nlow-resolution scene, bicubic interpolation without and with back-projection are measured beside.')
    .addOption(new Option('--reference <scene>', 'the truth').makeOptionMandatory())
    .addOption(new Option('--estimate <scene>', 'the result, of the same size').makeOptionMandatory())
    .addOption(new Option('--scale <factor>', 'spatial factor between the low-resolution scene and the result').argParser(wholeNumber(2, 16)).makeOptionMandatory())
    .addOption(new Option('--low-res <scene>', 'the scene that the result was made from'))
    .addOption(new Option('--convention <name>', 'standard, or paper for the definitions of the published network').argParser(oneOf(['standard', 'paper'] as const)).default('standard'))
    .addOption(new Option('--data-range <number>', 'peak of PSNR in stored values (default: maximum - minimum of the reference)').argParser(positiveNumber))
    .addOption(new Option('--variable <name>', 'MATLAB files: the array that holds the scene'))
  addJsonOption(addKernelOptions(command))
    .addHelpText('after', `
Examples:
  dacn evaluate --reference truth.tif --estimate sharper.tif --scale 2
  dacn evaluate --reference truth.tif --estimate sharper.tif --scale 2 --low-res coarse.tif --json`)
    .action(async (options: CommandOptions) => {
      const kernel = kernelOf(options, options.scale)
      const reporter = createReporter(io, options.json === true)
      const open = <T>(path: string, use: (reader: CubeReader) => Promise<T>): Promise<T> => withScene(path, options, reporter, use)
      const { lowRes } = options
      const report = await open(options.reference, (reference) => open(options.estimate, (estimate) => (
        lowRes === undefined
          ? compare({ reference, estimate, lowRes: null }, options, kernel, reporter, io.signal)
          : open(lowRes, (input) => compare({ reference, estimate, lowRes: input }, options, kernel, reporter, io.signal))
      )))
      reporter.result({ reference: options.reference, estimate: options.estimate, ...report }, formatReport(report))
    })
}

interface Scenes {
  reference: CubeReader
  estimate: CubeReader
  lowRes: CubeReader | null
}

async function compare(scenes: Scenes, options: CommandOptions, kernel: Kernel, reporter: Reporter, signal: AbortSignal): Promise<QualityReport> {
  const { reference, estimate, lowRes } = scenes
  const { scale, convention, dataRange } = options
  const { rows, cols } = estimate.header
  assertComparable(scenes, scale)
  if (rows !== reference.header.rows || cols !== reference.header.cols) {
    reporter.log('info', `note: the reference is cut to ${rows} x ${cols} pixels; reducing by ${scale} drops the rest`)
  }
  if (String(reference.header.gain) !== String(estimate.header.gain) || String(reference.header.offset) !== String(estimate.header.offset)) {
    reporter.log('warning', 'the two scenes declare different gains or offsets; their stored values are compared')
  }
  const bands = usableBands(scenes)
  assertFitsMemory({ rows, cols }, bands.length, CUBES, options.reference)
  const compared: EvaluateOptions = {
    reference: await readImage(reference, bands, signal, { row: 0, col: 0, rows, cols }),
    estimate: await readImage(estimate, bands, signal),
    scale,
    convention,
    ...(dataRange === undefined ? {} : { dataRange }),
  }
  if (lowRes === null) return evaluate(compared)
  const input = await readImage(lowRes, bands, signal)
  const projected = backProjectedBicubic(input, scale, 5, kernel)
  return evaluate({
    ...compared,
    others: [
      { name: 'bicubic', image: upsample(input, scale, 'bicubic') },
      { name: 'back-projection', image: kernel.kind === 'block' ? projectConsistent(projected, input, scale) : projected },
    ],
    input: { lowRes: input, degrade: (image) => degrade(image, scale, kernel), kernel: kernel.kind === 'block' ? 'block' : `gaussian ${kernel.sigma}` },
  })
}

/** Throws 'mismatch' unless the scenes have the same bands and sizes, up to the edge that `dacn degrade` cuts off. */
function assertComparable({ reference, estimate, lowRes }: Scenes, scale: number): void {
  const mismatch = (message: string, reader: CubeReader, remedy: string): StudioError => new StudioError('mismatch', message, { file: reader.files[0] ?? '', remedy })
  const size = ({ header }: CubeReader): string => `${header.rows} x ${header.cols} pixels in ${header.bands} bands`
  const p = reference.header
  const q = estimate.header
  const cut = (whole: number, part: number): boolean => whole - part >= 0 && whole - part < scale
  if (p.bands !== q.bands || !cut(p.rows, q.rows) || !cut(p.cols, q.cols)) {
    throw mismatch(`The estimate has ${size(estimate)}, the reference ${size(reference)}.`, estimate, 'Cut them to the same pixels and bands with `dacn convert --window --bands`.')
  }
  if (lowRes === null) return
  const low = lowRes.header
  if (low.bands === q.bands && low.rows * scale === q.rows && low.cols * scale === q.cols) return
  throw mismatch(`The low-resolution scene has ${size(lowRes)}; ${scale} times finer that is not the ${size(estimate)} of the estimate.`, lowRes, 'Give the scene that the estimate was made from, and the right --scale.')
}

/** Bands that none of the scenes declares bad. */
function usableBands({ reference, estimate, lowRes }: Scenes): number[] {
  const headers = [reference.header, estimate.header, ...(lowRes === null ? [] : [lowRes.header])]
  const bands = Array.from({ length: reference.header.bands }, (_, band) => band)
  return bands.filter((band) => headers.every(({ badBands }) => badBands?.[band] !== true))
}
