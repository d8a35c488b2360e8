import type { CubeReader } from '../cube/cube-reader'
import { wholeWindow } from '../cube/pixel-window'
import { SAMPLE_TYPES } from '../cube/sample-type'
import type { BandStatistics } from '../../preload/pixel-contract'
import { readPicture } from './picture'

const MOST_PIXELS = 1e6
/** Stored bytes read for statistics, where rows must be read whole; a quarter of a second from a fast disk. */
const READ_BYTES = 256e6
/** However long its rows are, so many of them speak for a scene. */
const LEAST_ROWS = 64
/** Bands sampled in one go: 64 MB of values. */
const BANDS_AT_ONCE = 16
const BINS = 256

/**
 * Statistics of `bands` (0-based) from at most a million pixels spread over the scene, in the order given. Of a band
 * without valid pixels all numbers are NaN and the histogram is empty. Errors as `readPicture`.
 */
export async function bandStatistics(reader: CubeReader, bands: readonly number[], signal?: AbortSignal): Promise<BandStatistics[]> {
  const size = sampleSize(reader)
  const results: BandStatistics[] = []
  for (let first = 0; first < bands.length; first += BANDS_AT_ONCE) {
    const group = bands.slice(first, first + BANDS_AT_ONCE)
    const { data } = await readPicture(reader, { window: wholeWindow(reader.header), bands: group, ...size }, signal)
    for (const [index, band] of group.entries()) {
      results.push(statisticsOf(band, validValues(data, index, group.length), data.length / group.length))
      // sorting a million values takes a tenth of a second
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return results
}

/** Rows and columns of the sample: of a scene whose rows must be read whole, fewer rows with more of their pixels. */
function sampleSize({ header, compressedBlock }: CubeReader): { rows: number; cols: number } {
  const { rows, cols, bands, interleave, sampleType } = header
  const share = Math.min(1, Math.sqrt(MOST_PIXELS / (rows * cols)))
  const even = { rows: Math.max(1, Math.floor(rows * share)), cols: Math.max(1, Math.floor(cols * share)) }
  if (interleave === 'bsq' || compressedBlock !== undefined) return even
  const affordable = Math.max(LEAST_ROWS, Math.floor(READ_BYTES / (cols * bands * SAMPLE_TYPES[sampleType].bytes)))
  if (affordable >= even.rows) return even
  return { rows: affordable, cols: Math.min(cols, Math.floor(MOST_PIXELS / affordable)) }
}

/** Values of one band that are not NaN, ascending. */
function validValues(data: Float32Array, index: number, bands: number): Float32Array {
  const values = new Float32Array(data.length / bands)
  let count = 0
  for (let i = index; i < data.length; i += bands) {
    const value = data[i] as number
    if (value === value) values[count++] = value
  }
  return values.subarray(0, count).sort()
}

function statisticsOf(band: number, sorted: Float32Array, pixels: number): BandStatistics {
  const { length } = sorted
  const min = sorted[0] ?? NaN
  const max = sorted[length - 1] ?? NaN
  let sum = 0
  for (const value of sorted) sum += value
  const mean = length === 0 ? NaN : sum / length
  let squares = 0
  for (const value of sorted) squares += (value - mean) ** 2
  return {
    band, min, max, mean,
    standardDeviation: length === 0 ? NaN : Math.sqrt(squares / length),
    percentiles: Float32Array.from({ length: 101 }, (_, percent) => quantile(sorted, percent / 100)),
    histogram: histogram(sorted, min, max),
    validShare: length / pixels,
  }
}

/** Interpolated between the two nearest ranks; NaN of nothing. */
function quantile(sorted: Float32Array, share: number): number {
  const rank = share * (sorted.length - 1)
  const below = sorted[Math.floor(rank)] ?? NaN
  const above = sorted[Math.ceil(rank)] ?? NaN
  return below + (above - below) * (rank - Math.floor(rank))
}

function histogram(sorted: Float32Array, min: number, max: number): Uint32Array {
  const counts = new Uint32Array(BINS)
  const scale = max > min ? BINS / (max - min) : 0
  for (const value of sorted) {
    const bin = Math.min(BINS - 1, Math.floor((value - min) * scale))
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}
