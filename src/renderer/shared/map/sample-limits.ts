import type { PixelBlock } from '../../../preload/pixel-contract'
import type { BandRange } from './stretch'

/** So many pixels tell the limits to a fraction of a per cent, and are sorted within a few milliseconds. */
const MOST_PIXELS = 32768

/**
 * Least, greatest and the 101 percentiles of each band of a small picture [rows, cols, bands], missing values left out:
 * what stands in for the scene's statistics until they are known. NaN where a band has no valid pixel.
 */
export function sampleRanges({ rows, cols, data }: PixelBlock, bands: number): BandRange[] {
  const step = Math.max(1, Math.ceil((rows * cols) / MOST_PIXELS))
  return Array.from({ length: bands }, (_, band) => {
    const values = new Float32Array(Math.ceil((rows * cols) / step))
    let count = 0
    for (let pixel = 0; pixel < rows * cols; pixel += step) {
      const value = data[pixel * bands + band] as number
      if (value === value) values[count++] = value
    }
    const sorted = values.subarray(0, count).sort()
    const at = (share: number): number => sorted[Math.round(share * (count - 1))] ?? NaN
    return { min: at(0), max: at(1), percentiles: Float32Array.from({ length: 101 }, (_, percent) => at(percent / 100)) }
  })
}
