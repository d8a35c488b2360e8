import { StudioError } from '../common/errors'
import { throwIfAborted } from '../common/job-context'
import type { CubeHeader } from './cube-header'
import type { PixelWindow } from './pixel-window'
import { assertWindowInside } from './pixel-window'
import type { SampleArray } from './sample-type'

/** Pixels and bands that are compressed together: to see one value of them, all must be decoded. */
export interface CompressedBlock {
  rows: number
  cols: number
  bands: number
}

/**
 * A scene reduced to a whole fraction of its sides: pixel (row, col) stands for the `reduction` x `reduction` pixels of the
 * scene from (row, col) * `reduction` on, fewer at its edge. The header is the scene's but for size and storage.
 */
export interface ReducedCube extends Pick<CubeReader, 'header' | 'files' | 'compressedBlock' | 'readSamples'> {
  readonly reduction: number
}

/** An open scene. Opening reads headers only; pixels are read window by window. */
export interface CubeReader {
  readonly header: CubeHeader
  /** Absolute paths of the files that make up the scene, the one with the pixels first. */
  readonly files: readonly string[]
  /** The storage grid of a compressed scene, from pixel 0, 0 and band 0 on; absent where every value can be read by itself. */
  readonly compressedBlock?: CompressedBlock | undefined
  /** Reduced editions of the scene that are quicker to read than the scene where less will do, finest first; absent = none. */
  readonly levels?: readonly ReducedCube[] | undefined
  /**
   * Stored values of `window`, axis order [rows, cols, bands] with `bands` 0-based in the given order, in the file's own
   * sample type (64-bit integers as float64), nodata untouched.
   * Errors: 'invalid-argument' (window or band outside), 'truncated', 'malformed', 'io', 'cancelled'.
   */
  readSamples(window: PixelWindow, bands: readonly number[], signal?: AbortSignal): Promise<SampleArray>
  close(): Promise<void>
}

export function allBands(header: { bands: number }): number[] {
  return Array.from({ length: header.bands }, (_, band) => band)
}

/** Throws 'invalid-argument' when one of `bands` (0-based) is not in the scene. */
export function assertBandsExist(bands: readonly number[], { header, files }: Pick<CubeReader, 'header' | 'files'>): void {
  const absent = bands.find((band) => band >= header.bands)
  if (absent === undefined) return
  throw new StudioError('invalid-argument', `There is no band ${absent}: ${files[0] ?? 'the scene'} has ${header.bands} bands, counted from 0.`, {
    remedy: `Choose bands within 0-${header.bands - 1}.`,
  })
}

/** Stored values as Float32 [rows, cols, bands], NaN where a value is the band's nodata or not finite. */
export async function readWindow(
  reader: Pick<CubeReader, 'header' | 'readSamples'>,
  window: PixelWindow,
  bands: readonly number[] = allBands(reader.header),
  signal?: AbortSignal,
): Promise<Float32Array> {
  assertWindowInside(window, reader.header)
  throwIfAborted(signal)
  const samples = await reader.readSamples(window, bands, signal)
  return maskNodata(samples, bands.map((band) => reader.header.nodata[band] ?? null))
}

/**
 * Float32 copy of `samples` [..., bands] with NaN for nodata and non-finite values. `nodata` has one entry a band.
 * A nodata value is compared in float32 as well when the samples are float32, so that -3.4e38 written with fewer
 * digits in a header still matches.
 */
export function maskNodata(samples: SampleArray, nodata: readonly (number | null)[]): Float32Array {
  const bands = nodata.length
  const values = samples instanceof Float32Array ? samples.slice() : new Float32Array(samples)
  const single = samples instanceof Float32Array
  for (let band = 0; band < bands; band++) {
    const declared = nodata[band] ?? null
    if (declared === null) continue
    const missing = single ? Math.fround(declared) : declared
    for (let i = band; i < samples.length; i += bands) if (samples[i] === missing) values[i] = NaN
  }
  if (samples instanceof Float32Array || samples instanceof Float64Array) {
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) values[i] = NaN
  }
  return values
}
