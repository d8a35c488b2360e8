import type { Image } from '../../cube/image'
import { intersectWindows, type PixelWindow } from '../../cube/pixel-window'
import { bandGroups, blendWeights } from '../../dataset/band-groups'

/** Share of a tile's side that it has in common with its neighbour: zero padding spoils what lies near its edges. */
const OVERLAP = 1 / 6

interface Axis {
  /** First low-resolution pixel of each tile. */
  starts: number[]
  /** How much each of a tile's fine pixels counts; over all tiles the weights of a pixel sum to one. */
  weights: Float64Array[]
}

/** Square tiles that cover a scene, fixed by its size alone, so that no result depends on the order or place of the work. */
export interface TileGrid {
  scale: number
  side: number
  rows: Axis
  cols: Axis
}

/** A tile of the grid; `window` in low-resolution pixels may reach beyond a scene that is smaller than a tile. */
export interface TilePlace {
  index: number
  row: number
  col: number
  window: PixelWindow
}

/** The grid of a scene of rows x cols low-resolution pixels; neighbours overlap by a sixth, the last tile ends at the edge. */
export function tileGrid(rows: number, cols: number, side: number, scale: number): TileGrid {
  return { scale, side, rows: axis(rows, side, scale), cols: axis(cols, side, scale) }
}

function axis(length: number, side: number, scale: number): Axis {
  const overlap = side > 1 ? Math.max(1, Math.floor(side * OVERLAP)) : 0
  // stretches of pixels cover an axis as groups of bands cover a spectrum
  const stretches = bandGroups(length * scale, side * scale, overlap * scale)
  return { starts: stretches.map(({ start }) => start / scale), weights: blendWeights(stretches, length * scale, side * scale) }
}

/** The tiles that `fine` (output pixels) is blended from, in raster order. */
export function tilesOver({ scale, side, rows, cols }: TileGrid, fine: PixelWindow): TilePlace[] {
  const reached = (starts: readonly number[], from: number, count: number): number[] =>
    starts.flatMap((start, at) => (start * scale < from + count && (start + side) * scale > from ? [at] : []))
  const across = reached(cols.starts, fine.col, fine.cols)
  return reached(rows.starts, fine.row, fine.rows).flatMap((row) => across.map((col) => ({
    index: row * cols.starts.length + col, row, col,
    window: { row: rows.starts[row] as number, col: cols.starts[col] as number, rows: side, cols: side },
  })))
}

/**
 * Adds the share of one sharpened tile [scale * side, scale * side, bands] to `sum` [fine.rows, fine.cols, bands]. Tiles
 * must be added in raster order: sums of floats depend on it.
 */
export function addTile({ scale, side, rows, cols }: TileGrid, { row, col, window }: TilePlace, tile: Image, fine: PixelWindow, sum: Float32Array): void {
  const place = { row: window.row * scale, col: window.col * scale, rows: side * scale, cols: side * scale }
  const common = intersectWindows(place, fine)
  if (common === null) return
  const down = rows.weights[row] as Float64Array
  const along = cols.weights[col] as Float64Array
  const { bands } = tile
  for (let r = common.row; r < common.row + common.rows; r++) {
    for (let c = common.col; c < common.col + common.cols; c++) {
      const weight = (down[r - place.row] as number) * (along[c - place.col] as number)
      const from = ((r - place.row) * tile.cols + c - place.col) * bands
      const to = ((r - fine.row) * fine.cols + c - fine.col) * bands
      for (let band = 0; band < bands; band++) sum[to + band] = (sum[to + band] as number) + weight * (tile.data[from + band] as number)
    }
  }
}
