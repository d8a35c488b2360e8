import type { SceneView } from '../../preload/contract'
import { encodePng } from '../shared/encode-png'
import { fetchPiece } from '../shared/map/fetch-piece'
import { sourceOf } from '../shared/map/layer-picture'
import { baseToScreen, type MapLayer, type MapSize, type MapView } from '../shared/map/map-layer'
import { detailPiece, overviewPiece } from '../shared/map/needed-piece'
import { polygonPath } from '../shared/map/polygon-path'
import { paint } from '../shared/map/stretch'
import type { Pin } from '../viewer/display-store'
import { drawFurniture, furnitureHeights, MARGIN, type Furniture } from './picture-furniture'
import type { Region } from './region'

/** Pixels of the picture for each of the page: enough for print. */
const DENSITY = 3
/** Page pixels that scale bar and legend need side by side. */
const LEAST_WIDTH = 420

/** What is to be seen of a map, in pixels of the page. */
export interface PictureContent {
  facts: NonNullable<SceneView['facts']>
  layer: MapLayer
  view: MapView
  size: MapSize
  regions: Region[]
  pins: Pin[]
  furniture: (crop: Crop) => Furniture
}

/** The part of the screen that the raster fills. */
export interface Crop {
  x: number
  y: number
  width: number
  height: number
}

/**
 * A map for a report, as PNG: what `view` shows of a layer with regions and kept places, a title above, scale bar, north and
 * legend below; dark on white in either theme, three pixels for each of the page. Rejects as `PixelClient.ask`.
 */
export async function viewPicture({ facts, layer, view, size, regions, pins, furniture }: PictureContent, signal: AbortSignal): Promise<Uint8Array> {
  const crop = cropOf(facts, view, size)
  const tile = await layerTile(layer, view, size, signal)
  const width = Math.max(LEAST_WIDTH, crop.width)
  const around = furniture(crop)
  const { above, below } = furnitureHeights(around)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round((width + 2 * MARGIN) * DENSITY)
  canvas.height = Math.round((above + crop.height + below) * DENSITY)
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  context.scale(DENSITY, DENSITY)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  drawFurniture(context, around, width, crop.height)
  context.save()
  context.translate(MARGIN + (width - crop.width) / 2, above)
  context.beginPath()
  context.rect(0, 0, crop.width, crop.height)
  context.clip()
  context.translate(-crop.x, -crop.y)
  context.imageSmoothingEnabled = view.zoom * layer.pixelSize < 1
  const corner = baseToScreen(view, size, { row: layer.origin.row + tile.window.row * layer.pixelSize, col: layer.origin.col + tile.window.col * layer.pixelSize })
  context.drawImage(tile.canvas, corner.x, corner.y, tile.window.cols * layer.pixelSize * view.zoom, tile.window.rows * layer.pixelSize * view.zoom)
  drawMarks(context, view, size, regions, pins)
  context.restore()
  return encodePng(canvas)
}

function cropOf({ rows, cols }: { rows: number; cols: number }, view: MapView, size: MapSize): Crop {
  const [from, to] = [baseToScreen(view, size, { row: 0, col: 0 }), baseToScreen(view, size, { row: rows, col: cols })]
  const [x, y] = [Math.max(0, from.x), Math.max(0, from.y)]
  return { x, y, width: Math.max(1, Math.min(size.width, to.x) - x), height: Math.max(1, Math.min(size.height, to.y) - y) }
}

/** The pixels that the view needs, in colours. */
async function layerTile(layer: MapLayer, view: MapView, size: MapSize, signal: AbortSignal) {
  const { block, piece } = await fetchPiece(sourceOf(layer), detailPiece(layer, view, size, DENSITY, 0) ?? overviewPiece(layer), signal)
  const canvas = document.createElement('canvas')
  canvas.width = block.cols
  canvas.height = block.rows
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  const image = context.createImageData(block.cols, block.rows)
  paint(block.data, layer.bands.length, layer.stretch, image.data)
  context.putImageData(image, 0, 0)
  return { canvas, window: piece.window }
}

function drawMarks(context: CanvasRenderingContext2D, view: MapView, size: MapSize, regions: readonly Region[], pins: readonly Pin[]): void {
  const twice = (path: Path2D, color: string): void => {
    for (const [style, width] of [['rgb(0 0 0 / 60%)', 3.5], [color, 1.75]] as const) Object.assign(context, { strokeStyle: style, lineWidth: width, lineJoin: 'round' }).stroke(path)
  }
  Object.assign(context, { font: '600 11px Inter, sans-serif', textBaseline: 'bottom', textAlign: 'left' })
  for (const { name, color, shape } of regions) {
    const { corners } = shape.kind === 'polygon' ? shape : { corners: cornersOf(shape.window) }
    const points = corners.map((corner) => baseToScreen(view, size, corner))
    twice(new Path2D(polygonPath(points)), color)
    const top = points.reduce((best, point) => (point.y < best.y ? point : best))
    Object.assign(context, { strokeStyle: 'rgb(0 0 0 / 75%)', lineWidth: 3, fillStyle: '#fff' }).strokeText(name, top.x, top.y - 3)
    context.fillText(name, top.x, top.y - 3)
  }
  for (const { row, col, color } of pins) {
    const { x, y } = baseToScreen(view, size, { row: row + 0.5, col: col + 0.5 })
    const circle = new Path2D()
    circle.arc(x, y, 4.5, 0, 2 * Math.PI)
    Object.assign(context, { fillStyle: color }).fill(circle)
    twice(circle, '#fff')
  }
}

function cornersOf({ row, col, rows, cols }: { row: number; col: number; rows: number; cols: number }): { row: number; col: number }[] {
  return [{ row, col }, { row, col: col + cols }, { row: row + rows, col: col + cols }, { row: row + rows, col }]
}
