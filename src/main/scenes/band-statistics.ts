import type { CubeReader } from '../cube/cube-reader'
import type { BandStatistics } from '../../preload/pixel-contract'
import { readPixels } from './picture'
import { samplePixels } from './sample-pixels'

/** Values held at a time: 64 MB. */
const MOST_VALUES = 16e6
const BINS = 256

/**
 * Statistics of `bands` (0-based) from at most a million pixels spread over the scene, as they are stored: means, as a reduced
 * edition of it holds, would hide its extremes. In the order given. Of a band without valid pixels all numbers are NaN and the
 * histogram is empty. Errors as `readPicture`.
 */
export async function bandStatistics(reader: CubeReader, bands: readonly number[], signal?: AbortSignal): Promise<BandStatistics[]> {
  const { rows, cols } = samplePixels(reader)
  const atOnce = Math.max(1, Math.floor(MOST_VALUES / (rows.length * cols.length)))
  const results: BandStatistics[] = []
  for (let first = 0; first < bands.length; first += atOnce) {
    const group = bands.slice(first, first + atOnce)
    const data = await readPixels(reader, rows, cols, group, signal)
    for (const [index, band] of group.entries()) {
      results.push(statisticsOf(band, validValues(data, index, group.length), data.length / group.length))
      // sorting a million values takes a tenth of a second
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return results
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
