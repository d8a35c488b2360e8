import { SAMPLE_TYPES, type SampleArray, type SampleType } from './sample-type'

/** Pixels in memory, row by row; a row begins `stride` pixels after the one before. */
interface Source {
  samples: SampleArray
  rows: number
  cols: number
  stride: number
}

interface Target {
  samples: SampleArray
  /** Index of the first sample to write. */
  start: number
  stride: number
}

/**
 * Means of 2 x 2 pixels of `source` into `target`, one mean for each of the `bands` samples of a pixel, over the finite values that
 * are not nodata; where none is left, nodata (NaN without a declared one). Integers are rounded half away from zero.
 * At an odd edge the mean runs over the pixels that exist. `nodata` has one entry a band.
 */
export function averagePairs(source: Source, target: Target, bands: number, type: SampleType, nodata: readonly (number | null)[]): void {
  const { samples, rows, cols, stride } = source
  const { integer, min } = SAMPLE_TYPES[type]
  const missing = nodata.map((value) => (value !== null && type === 'float32' ? Math.fround(value) : value))
  for (let row = 0; row < rows; row += 2) {
    for (let col = 0; col < cols; col += 2) {
      const upperLeft = (row * stride + col) * bands
      const to = target.start + ((row / 2) * target.stride + col / 2) * bands
      const right = col + 1 < cols ? bands : 0
      const below = row + 1 < rows ? stride * bands : 0
      for (let band = 0; band < bands; band++) {
        const none = missing[band] ?? null
        let sum = 0
        let count = 0
        for (let corner = 0; corner < 4; corner++) {
          if ((corner & 1 && right === 0) || (corner & 2 && below === 0)) continue
          const value = samples[upperLeft + band + (corner & 1 ? right : 0) + (corner & 2 ? below : 0)] as number
          if (value === none || !Number.isFinite(value)) continue
          sum += value
          count++
        }
        target.samples[to + band] = count === 0 ? none ?? (integer ? 0 : NaN) : meanValue(sum / count, integer, none, min)
      }
    }
  }
}

function meanValue(mean: number, integer: boolean, none: number | null, min: number): number {
  if (!integer) return mean
  const rounded = mean < 0 ? -Math.round(-mean) : Math.round(mean)
  if (rounded !== none) return rounded
  return rounded > min ? rounded - 1 : rounded + 1
}
