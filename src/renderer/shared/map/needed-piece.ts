import { MOST_PICTURE_VALUES, type PixelRequests } from '../../../preload/pixel-contract'
import { screenToBase, type MapLayer, type MapSize, type MapView } from './map-layer'

/** A part of a layer as it is asked for: a window in the layer's pixels, reduced to rows x cols. */
export type Piece = Pick<PixelRequests['picture']['payload'], 'window' | 'rows' | 'cols'>

/** Beyond the screen by this share of it, so that small moves need nothing new. */
const MARGIN = 0.25
const OVERVIEW_SIDE = 512

/** The whole layer, small: quick to have, and there while finer pieces come. */
export function overviewPiece({ rows, cols }: Pick<MapLayer, 'rows' | 'cols'>): Piece {
  const reduction = Math.max(1, Math.max(rows, cols) / OVERVIEW_SIDE)
  return { window: { row: 0, col: 0, rows, cols }, rows: Math.max(1, Math.round(rows / reduction)), cols: Math.max(1, Math.round(cols / reduction)) }
}

/** The same part, coarser where it would hold more than `most` values in so many bands. */
export function boundedPiece({ window, rows, cols }: Piece, bands: number, most = MOST_PICTURE_VALUES): Piece {
  const reduction = Math.max(1, Math.sqrt((rows * cols * bands) / most))
  return { window, rows: Math.max(1, Math.floor(rows / reduction)), cols: Math.max(1, Math.floor(cols / reduction)) }
}

/**
 * The part of a layer that a view needs, with `margin` (a share of the screen) around it, at the screen's resolution (`ratio`
 * device pixels a CSS pixel) or the layer's own where that is coarser; null when the overview serves as well or nothing is in sight.
 */
export function detailPiece(layer: MapLayer, view: MapView, size: MapSize, ratio: number, margin = MARGIN): Piece | null {
  const layerPixel = view.zoom * layer.pixelSize * ratio
  const overview = overviewPiece(layer)
  if (overview.rows === layer.rows && overview.cols === layer.cols) return null
  if (layerPixel <= overview.cols / layer.cols) return null
  const from = screenToBase(view, size, -margin * size.width, -margin * size.height)
  const to = screenToBase(view, size, (1 + margin) * size.width, (1 + margin) * size.height)
  const inside = (value: number, most: number): number => Math.min(most, Math.max(0, value))
  const top = inside(Math.floor((from.row - layer.origin.row) / layer.pixelSize), layer.rows)
  const left = inside(Math.floor((from.col - layer.origin.col) / layer.pixelSize), layer.cols)
  const bottom = inside(Math.ceil((to.row - layer.origin.row) / layer.pixelSize), layer.rows)
  const right = inside(Math.ceil((to.col - layer.origin.col) / layer.pixelSize), layer.cols)
  if (bottom <= top || right <= left) return null
  const [rows, cols] = [bottom - top, right - left]
  const reduction = Math.max(1, 1 / layerPixel)
  return boundedPiece({ window: { row: top, col: left, rows, cols }, rows: Math.max(1, Math.round(rows / reduction)), cols: Math.max(1, Math.round(cols / reduction)) }, layer.bands.length)
}

/** Whether `held` shows at least what `wanted` would, in sight and in resolution. */
export function covers(held: Piece, wanted: Piece, layer: MapLayer, view: MapView, size: MapSize): boolean {
  const from = screenToBase(view, size, 0, 0)
  const to = screenToBase(view, size, size.width, size.height)
  const { window } = held
  const inLayer = (value: number, origin: number): number => (value - origin) / layer.pixelSize
  const seen = {
    top: Math.max(0, inLayer(from.row, layer.origin.row)), left: Math.max(0, inLayer(from.col, layer.origin.col)),
    bottom: Math.min(layer.rows, inLayer(to.row, layer.origin.row)), right: Math.min(layer.cols, inLayer(to.col, layer.origin.col)),
  }
  const inside = seen.top >= window.row && seen.left >= window.col && seen.bottom <= window.row + window.rows && seen.right <= window.col + window.cols
  return inside && isAsFine(held, wanted)
}

/** Whether `asked` will show half of `wanted` or more, finely enough: worth waiting for although more is needed. */
export function helps(asked: Piece, wanted: Piece): boolean {
  const [p, q] = [asked.window, wanted.window]
  const rows = Math.min(p.row + p.rows, q.row + q.rows) - Math.max(p.row, q.row)
  const cols = Math.min(p.col + p.cols, q.col + q.cols) - Math.max(p.col, q.col)
  return rows > 0 && cols > 0 && rows * cols >= 0.5 * q.rows * q.cols && isAsFine(asked, wanted)
}

function isAsFine(held: Piece, wanted: Piece): boolean {
  const density = ({ cols, window }: Piece): number => cols / window.cols
  return density(held) >= 0.8 * density(wanted)
}
