import type { PixelWindow } from '../../../preload/pixel-contract'
import { layerExtent, type MapLayer, type MapRectangle } from './map-layer'

/** Picture pixels of a tile's side. */
export const TILE_SIZE = 512

/** A piece of a layer at one reduction: every 2^level-th pixel. */
export interface TilePlace {
  level: number
  /** Counted in tiles from the layer's upper-left corner. */
  row: number
  col: number
}

type LayerSize = Pick<MapLayer, 'rows' | 'cols'>

/** The level at which one tile holds the whole layer. */
export function coarsestLevel({ rows, cols }: LayerSize): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(rows, cols) / TILE_SIZE)))
}

/** The level whose pixels come nearest to those of the screen; `pixelSize` = screen pixels of one layer pixel. */
export function levelFor(pixelSize: number, layer: LayerSize): number {
  return Math.min(coarsestLevel(layer), Math.max(0, Math.round(-Math.log2(pixelSize))))
}

/** What a tile shows, in layer pixels, cut at the layer's edge; and its size as a picture. */
export function tileWindow({ level, row, col }: TilePlace, layer: LayerSize): { window: PixelWindow; rows: number; cols: number } {
  const step = 2 ** level
  const side = TILE_SIZE * step
  const window = { row: row * side, col: col * side, rows: Math.min(side, layer.rows - row * side), cols: Math.min(side, layer.cols - col * side) }
  return { window, rows: Math.ceil(window.rows / step), cols: Math.ceil(window.cols / step) }
}

/** Tiles of a level that `shown` (base grid) touches, `margin` tiles further on each side; the nearest to the middle first. */
export function tilesIn(shown: MapRectangle, layer: MapLayer, level: number, margin = 0): TilePlace[] {
  const extent = layerExtent(layer)
  const side = (TILE_SIZE * 2 ** level) / layer.scale
  const range = (from: number, length: number, size: number): [number, number] => [
    Math.max(0, Math.floor(from / side - margin)),
    Math.min(Math.ceil(size / side), Math.ceil((from + length) / side + margin)),
  ]
  const [top, bottom] = range(shown.row - extent.row, shown.rows, extent.rows)
  const [left, right] = range(shown.col - extent.col, shown.cols, extent.cols)
  const tiles: TilePlace[] = []
  for (let row = top; row < bottom; row++) for (let col = left; col < right; col++) tiles.push({ level, row, col })
  const middleRow = (shown.row - extent.row + shown.rows / 2) / side - 0.5
  const middleCol = (shown.col - extent.col + shown.cols / 2) / side - 0.5
  const distance = (tile: TilePlace): number => (tile.row - middleRow) ** 2 + (tile.col - middleCol) ** 2
  return tiles.sort((p, q) => distance(p) - distance(q))
}
