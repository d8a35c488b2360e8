import type { MapRectangle } from './map-layer'

/** Where a map looks: the base-grid place in its middle, and CSS pixels a base pixel. */
export interface MapView {
  row: number
  col: number
  zoom: number
}

/** Of the map's element, in CSS pixels. */
export interface MapSize {
  width: number
  height: number
}

/** A place on the base grid, with fractions. */
export interface MapPlace {
  row: number
  col: number
}

const FIT_MARGIN = 12
/** CSS pixels of the finest pixel when zoomed in as far as it goes. */
const LARGEST_PIXEL = 64

/** All of `extent` in the middle, with a small margin. */
export function fitView(extent: MapRectangle, { width, height }: MapSize): MapView {
  const zoom = Math.min(Math.max(1, width - 2 * FIT_MARGIN) / extent.cols, Math.max(1, height - 2 * FIT_MARGIN) / extent.rows)
  return { row: extent.row + extent.rows / 2, col: extent.col + extent.cols / 2, zoom }
}

/** The nearest view that the map allows: between a third of the fitted size and `LARGEST_PIXEL`, its middle within the extent. */
export function clampView(view: MapView, extent: MapRectangle, size: MapSize, finestScale: number): MapView {
  const most = LARGEST_PIXEL * finestScale
  const least = Math.min(most, fitView(extent, size).zoom / 3)
  return {
    row: clamp(view.row, extent.row, extent.row + extent.rows),
    col: clamp(view.col, extent.col, extent.col + extent.cols),
    zoom: clamp(view.zoom, least, most),
  }
}

/** At another zoom; what lies under the point (x, y) of the element stays there. */
export function zoomAbout(view: MapView, size: MapSize, x: number, y: number, zoom: number): MapView {
  const at = placeAt(view, size, x, y)
  return { row: at.row - (y - size.height / 2) / zoom, col: at.col - (x - size.width / 2) / zoom, zoom }
}

/** The picture moves by (x, y) CSS pixels. */
export function panBy(view: MapView, x: number, y: number): MapView {
  return { ...view, row: view.row - y / view.zoom, col: view.col - x / view.zoom }
}

/** Of a point of the element. */
export function placeAt(view: MapView, { width, height }: MapSize, x: number, y: number): MapPlace {
  return { row: view.row + (y - height / 2) / view.zoom, col: view.col + (x - width / 2) / view.zoom }
}

/** CSS pixels from the element's upper-left corner. */
export function pointOf(view: MapView, { width, height }: MapSize, { row, col }: MapPlace): { x: number; y: number } {
  return { x: width / 2 + (col - view.col) * view.zoom, y: height / 2 + (row - view.row) * view.zoom }
}

/** What of the base grid the element shows. */
export function shownRectangle(view: MapView, { width, height }: MapSize): MapRectangle {
  const rows = height / view.zoom
  const cols = width / view.zoom
  return { row: view.row - rows / 2, col: view.col - cols / 2, rows, cols }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
