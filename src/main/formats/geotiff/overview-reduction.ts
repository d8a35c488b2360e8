import { SAMPLE_TYPES, type SampleArray, type SampleType } from '../../cube/sample-type'
import type { TileShape } from './predictor'

export interface Quadrant {
  /** Samples of the finer tile, as in `TileShape`. */
  samples: SampleArray
  /** The part of the finer tile that lies inside the raster. */
  validRows: number
  validCols: number
  /** Where the reduced tile takes it: 0 or half the tile's size. */
  rowOffset: number
  colOffset: number
}

/**
 * Means of 2 x 2 pixels of `quadrant` into `target` (both of `shape`), one mean a sample, over the values that are
 * neither nodata nor NaN; where none is left, nodata (NaN without a declared one). Integers are rounded half away from
 * zero. At an odd edge the mean runs over the pixels that exist. `nodata` has one entry a sample of a pixel.
 */
export function reduceQuadrant(
  target: SampleArray,
  quadrant: Quadrant,
  shape: TileShape,
  type: SampleType,
  nodata: readonly (number | null)[],
): void {
  const { samples, validRows, validCols, rowOffset, colOffset } = quadrant
  const { cols, interleaved } = shape
  const { integer, min } = SAMPLE_TYPES[type]
  const missing = nodata.map((value) => (value !== null && type === 'float32' ? Math.fround(value) : value))
  for (let row = 0; row < validRows; row += 2) {
    for (let col = 0; col < validCols; col += 2) {
      const upperLeft = (row * cols + col) * interleaved
      const to = ((rowOffset + row / 2) * cols + colOffset + col / 2) * interleaved
      const right = col + 1 < validCols ? interleaved : 0
      const below = row + 1 < validRows ? cols * interleaved : 0
      for (let band = 0; band < interleaved; band++) {
        const none = missing[band] ?? null
        let sum = 0
        let count = 0
        for (let corner = 0; corner < 4; corner++) {
          if ((corner & 1 && right === 0) || (corner & 2 && below === 0)) continue
          const value = samples[upperLeft + band + (corner & 1 ? right : 0) + (corner & 2 ? below : 0)] as number
          if (value === none || Number.isNaN(value)) continue
          sum += value
          count++
        }
        target[to + band] = count === 0 ? none ?? (integer ? 0 : NaN) : meanValue(sum / count, integer, none, min)
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
