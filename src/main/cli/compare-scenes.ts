import { StudioError } from '../common/errors'
import type { CubeReader } from '../cube/cube-reader'
import { degrade, type Kernel } from '../dataset/degrade'
import type { Convention } from '../metrics/conventions'
import { evaluate, type EvaluateOptions, type QualityReport } from '../metrics/report'
import { assertFitsMemory, readImage } from './read-image'
import type { Reporter } from './reporter'
import { untrainedResults } from './untrained-results'

export interface ComparedScenes {
  reference: CubeReader
  estimate: CubeReader
  /** What the estimate was made from; null = not at hand. */
  lowRes: CubeReader | null
  /** File of the errors that the estimate's pixels were expected to have; null = not at hand. */
  expectedError: CubeReader | null
}

export interface Comparison {
  scale: number
  /** How the low-resolution scene comes from the truth. */
  kernel: Kernel
  convention: Convention
  /** Peak of PSNR in stored values; absent = maximum - minimum of the reference. */
  dataRange?: number
}

/** Pictures in memory at once: reference, estimate, four others, and two on the way. */
const CUBES = 8

/**
 * Measures the estimate, and with the low-resolution scene the methods without learning beside it, over pixels and bands
 * that are valid in all. Errors: 'mismatch' when the scenes are not of the same ground; 'too-large'; those of reading.
 */
export async function compareScenes(scenes: ComparedScenes, comparison: Comparison, reporter: Reporter, signal: AbortSignal): Promise<QualityReport> {
  const { reference, estimate, lowRes, expectedError } = scenes
  const { scale, kernel, convention, dataRange } = comparison
  const { rows, cols } = estimate.header
  assertComparable(scenes, scale)
  if (rows !== reference.header.rows || cols !== reference.header.cols) {
    reporter.log('info', `note: the reference is cut to ${rows} x ${cols} pixels; reducing by ${scale} drops the rest`)
  }
  if (String(reference.header.gain) !== String(estimate.header.gain) || String(reference.header.offset) !== String(estimate.header.offset)) {
    reporter.log('warning', 'the two scenes declare different gains or offsets; their stored values are compared')
  }
  const bands = usableBands(scenes)
  assertFitsMemory({ rows, cols }, bands.length, CUBES, reference.files[0] ?? '')
  const compared: EvaluateOptions = {
    reference: await readImage(reference, bands, signal, { row: 0, col: 0, rows, cols }),
    estimate: await readImage(estimate, bands, signal),
    scale,
    convention,
    ...(dataRange === undefined ? {} : { dataRange }),
    ...(expectedError === null ? {} : { expectedError: await readImage(expectedError, [0], signal) }),
  }
  if (lowRes === null) return evaluate(compared)
  const input = await readImage(lowRes, bands, signal)
  return evaluate({
    ...compared,
    others: untrainedResults(input, scale, kernel),
    input: { lowRes: input, degrade: (image) => degrade(image, scale, kernel), kernel: kernel.kind === 'block' ? 'block' : `gaussian ${kernel.sigma}` },
  })
}

/** Throws 'mismatch' unless the scenes have the same bands and sizes, up to the edge that `dacn degrade` cuts off. */
function assertComparable({ reference, estimate, lowRes, expectedError }: ComparedScenes, scale: number): void {
  const mismatch = (message: string, reader: CubeReader, remedy: string): StudioError => new StudioError('mismatch', message, { file: reader.files[0] ?? '', remedy })
  const size = ({ header }: CubeReader): string => `${header.rows} x ${header.cols} pixels in ${header.bands} bands`
  const p = reference.header
  const q = estimate.header
  const cut = (whole: number, part: number): boolean => whole - part >= 0 && whole - part < scale
  if (p.bands !== q.bands || !cut(p.rows, q.rows) || !cut(p.cols, q.cols)) {
    throw mismatch(`The estimate has ${size(estimate)}, the reference ${size(reference)}.`, estimate, 'Cut them to the same pixels and bands with `dacn convert --window --bands`.')
  }
  if (expectedError !== null) {
    const { rows, cols, bands } = expectedError.header
    if (bands !== 1 || rows !== q.rows || cols !== q.cols) {
      throw mismatch(`The expected errors have ${size(expectedError)}; one band of ${q.rows} x ${q.cols} pixels belongs to the estimate.`, expectedError, 'Give the file that `dacn upscale --uncertainty` wrote with the estimate.')
    }
  }
  if (lowRes === null) return
  const low = lowRes.header
  if (low.bands === q.bands && low.rows * scale === q.rows && low.cols * scale === q.cols) return
  throw mismatch(`The low-resolution scene has ${size(lowRes)}; ${scale} times finer that is not the ${size(estimate)} of the estimate.`, lowRes, 'Give the scene that the estimate was made from, and the right --scale.')
}

/** Bands that none of the scenes declares bad. */
function usableBands({ reference, estimate, lowRes }: ComparedScenes): number[] {
  const headers = [reference.header, estimate.header, ...(lowRes === null ? [] : [lowRes.header])]
  const bands = Array.from({ length: reference.header.bands }, (_, band) => band)
  return bands.filter((band) => headers.every(({ badBands }) => badBands?.[band] !== true))
}
