import type { PixelWindow } from '../../cube/pixel-window'
import { allocateSamples, type SampleArray, type SampleType } from '../../cube/sample-type'
import type { TileShape } from './predictor'

/**
 * The raw bytes of one tile out of a block's `samples` [rows, cols, bands]: band `plane`, or all bands when the tile is
 * pixel-interleaved. Beyond the raster's edge the tile is zero.
 */
export function extractTile(
  samples: SampleArray,
  window: PixelWindow,
  bands: number,
  plane: number,
  shape: TileShape,
  type: SampleType,
): Uint8Array {
  const tile = allocateSamples(type, shape.rows * shape.cols * shape.interleaved)
  if (shape.interleaved === bands) {
    const rowSamples = window.cols * bands
    for (let row = 0; row < window.rows; row++) {
      tile.set(samples.subarray(row * rowSamples, (row + 1) * rowSamples), row * shape.cols * bands)
    }
  } else {
    let from = plane
    for (let row = 0; row < window.rows; row++) {
      let to = row * shape.cols
      for (let col = 0; col < window.cols; col++, from += bands) tile[to++] = samples[from] as number
    }
  }
  return new Uint8Array(tile.buffer)
}
