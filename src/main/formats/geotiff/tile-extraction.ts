import type { PixelWindow } from '../../cube/pixel-window'
import { allocateSamples, type SampleArray, type SampleType } from '../../cube/sample-type'
import type { TileShape } from './predictor'

/** Planes that are taken out of a block in one pass: a pass costs as much as its memory traffic, which this divides. */
export const PLANES_AT_ONCE = 16

/**
 * The raw bytes of tiles out of a block's `samples` [rows, cols, bands]: one tile a band for bands `first` to
 * `first + count`, or a single one with all bands when the tile is pixel-interleaved. Beyond the raster's edge a tile
 * is zero.
 */
export function extractTiles(
  samples: SampleArray,
  window: PixelWindow,
  bands: number,
  first: number,
  count: number,
  shape: TileShape,
  type: SampleType,
): Uint8Array[] {
  const tileSamples = shape.rows * shape.cols * shape.interleaved
  const tiles = Array.from({ length: count }, () => allocateSamples(type, tileSamples))
  const [whole] = tiles
  if (shape.interleaved === bands && whole !== undefined) {
    const rowSamples = window.cols * bands
    for (let row = 0; row < window.rows; row++) {
      whole.set(samples.subarray(row * rowSamples, (row + 1) * rowSamples), row * shape.cols * bands)
    }
  } else {
    for (let row = 0; row < window.rows; row++) {
      const from = row * window.cols * bands + first
      // a row's pixels stay in the cache while the planes take their turns
      tiles.forEach((tile, plane) => {
        copyStrided(samples, from + plane, bands, tile, row * shape.cols, window.cols)
      })
    }
  }
  return tiles.map((tile) => new Uint8Array(tile.buffer))
}

function copyStrided(source: SampleArray, from: number, stride: number, target: SampleArray, to: number, count: number): void {
  for (let i = 0, at = from; i < count; i++, at += stride) target[to + i] = source[at] as number
}
