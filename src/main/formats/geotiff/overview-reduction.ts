import { averagePairs } from '../../cube/average-pairs'
import type { SampleArray, SampleType } from '../../cube/sample-type'
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

/** Means of 2 x 2 pixels of `quadrant` into its place in `target` (both of `shape`), as `averagePairs`; `nodata` has one entry a sample of a pixel. */
export function reduceQuadrant(
  target: SampleArray,
  { samples, validRows, validCols, rowOffset, colOffset }: Quadrant,
  { cols, interleaved }: TileShape,
  type: SampleType,
  nodata: readonly (number | null)[],
): void {
  averagePairs(
    { samples, rows: validRows, cols: validCols, stride: cols },
    { samples: target, start: (rowOffset * cols + colOffset) * interleaved, stride: cols },
    interleaved, type, nodata,
  )
}
