import type { PixelWindow } from '../shared/map/drag-window'
import type { MapPlace } from '../shared/map/map-layer'
import type { ComparedLayer } from './compared-layer'

/** A part of the scene, in its pixels. Corners of a polygon have fractions, in order; it closes by itself. */
export type RegionShape = { kind: 'rectangle'; window: PixelWindow } | { kind: 'polygon'; corners: MapPlace[] }

/** A part of the scene whose mean spectrum is shown. */
export interface Region {
  id: number
  color: string
  name: string
  shape: RegionShape
}

/** The smallest window of whole pixels around a shape; it may reach beyond the scene. */
export function windowAround(shape: RegionShape): PixelWindow {
  if (shape.kind === 'rectangle') return shape.window
  const [rows, cols] = [shape.corners.map(({ row }) => row), shape.corners.map(({ col }) => col)]
  const [row, col] = [Math.floor(Math.min(...rows)), Math.floor(Math.min(...cols))]
  return { row, col, rows: Math.max(1, Math.ceil(Math.max(...rows)) - row), cols: Math.max(1, Math.ceil(Math.max(...cols)) - col) }
}

/** The pixel of the scene in the middle of a shape's window. */
export function middleOf(shape: RegionShape): MapPlace {
  const { row, col, rows, cols } = windowAround(shape)
  return { row: Math.floor(row + rows / 2), col: Math.floor(col + cols / 2) }
}

/** A shape in the pixels of a layer, as its spectrum is asked for; null where they do not meet. */
export function shapeOnLayer({ rows, cols, pixelSize, origin }: Pick<ComparedLayer, 'rows' | 'cols' | 'pixelSize' | 'origin'>, shape: RegionShape): { window: PixelWindow; corners: MapPlace[] | null } | null {
  const inLayer = ({ row, col }: MapPlace): MapPlace => ({ row: (row - origin.row) / pixelSize, col: (col - origin.col) / pixelSize })
  const corners = shape.kind === 'polygon' ? shape.corners.map(inLayer) : null
  const around = windowAround(shape)
  const from = inLayer(around)
  const to = inLayer({ row: around.row + around.rows, col: around.col + around.cols })
  // a rectangle has whole pixels; around a polygon a pixel too many does no harm
  const [down, up] = corners === null ? [Math.round, Math.round] : [Math.floor, Math.ceil]
  const inside = (value: number, most: number): number => Math.min(most, Math.max(0, value))
  const [top, left, bottom, right] = [inside(down(from.row), rows), inside(down(from.col), cols), inside(up(to.row), rows), inside(up(to.col), cols)]
  return bottom > top && right > left ? { window: { row: top, col: left, rows: bottom - top, cols: right - left }, corners } : null
}
