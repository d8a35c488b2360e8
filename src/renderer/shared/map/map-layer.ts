import type { Stretch } from './stretch'

/** A raster on the map. All layers of a map lie on one ground: the base grid, which is that of the source scene. */
export interface MapLayer {
  /** Name that the scene process knows: `scene:ID`, `result:ID`, `candidate:HANDLE`. */
  name: string
  rows: number
  cols: number
  /** Base pixels that one pixel of the layer covers along an axis: 1 for the source, 1/2 for a result of 2x. */
  pixelSize: number
  /** Base pixel of the layer's upper left corner: of a result for a window of the scene. */
  origin: { row: number; col: number }
  /** 0-based: three as red, green, blue, or one as grey. */
  bands: number[]
  stretch: Stretch
  /** Differs when the same name stands for other values than before, e.g. after a repair; absent = it never does. */
  edition?: string
}

/** What a map shows: the base pixel (fractions count) in its middle, and screen pixels (CSS) a base pixel. */
export interface MapView {
  row: number
  col: number
  zoom: number
}

export interface MapSize {
  width: number
  height: number
}

/** What a map tells its page. */
export interface MapExports {
  /** What is shown, also while the view is null: all of it. */
  shown: MapView
  size: MapSize
  focus: () => void
}

/** A place on the base grid; whole numbers are upper left corners of pixels. */
export interface MapPlace {
  row: number
  col: number
}

const ZOOM = { least: 1 / 64, most: 64 }

export function screenToBase({ row, col, zoom }: MapView, { width, height }: MapSize, x: number, y: number): MapPlace {
  return { row: row + (y - height / 2) / zoom, col: col + (x - width / 2) / zoom }
}

export function baseToScreen({ row, col, zoom }: MapView, { width, height }: MapSize, place: MapPlace): { x: number; y: number } {
  return { x: width / 2 + (place.col - col) * zoom, y: height / 2 + (place.row - row) * zoom }
}

/** The view that shows all of rows x cols base pixels with a small margin. */
export function fitView(rows: number, cols: number, { width, height }: MapSize): MapView {
  return { row: rows / 2, col: cols / 2, zoom: clampZoom(0.96 * Math.min(width / cols, height / rows)) }
}

/** Zoomed by `factor`, the ground under (x, y) staying where it is. */
export function zoomAbout(view: MapView, size: MapSize, x: number, y: number, factor: number): MapView {
  const { row, col } = screenToBase(view, size, x, y)
  const zoom = clampZoom(view.zoom * factor)
  return { row: row - (y - size.height / 2) / zoom, col: col - (x - size.width / 2) / zoom, zoom }
}

/** Kept where some of the raster is still in sight. */
export function keepInSight({ row, col, zoom }: MapView, rows: number, cols: number): MapView {
  return { row: Math.min(rows, Math.max(0, row)), col: Math.min(cols, Math.max(0, col)), zoom }
}

function clampZoom(zoom: number): number {
  return Math.min(ZOOM.most, Math.max(ZOOM.least, zoom))
}
