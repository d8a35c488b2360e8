import type { PixelBlock } from '../../../preload/pixel-contract'
import { jointExtent, layerExtent, type BandStretch, type MapLayer } from './map-layer'
import { pointOf, shownRectangle, type MapSize, type MapView } from './map-view'
import { paintPixels } from './paint-pixels'
import { pictureStretch } from './stretch'
import { coarsestLevel, levelFor, tilesIn, tileWindow, type TilePlace } from './tile-grid'
import type { TileRequest, TileStore } from './tile-store'

/** All that a picture of the map depends on, besides the tiles. */
export interface MapPicture {
  layers: readonly MapLayer[]
  view: MapView
  size: MapSize
  /** Device pixels a CSS pixel. */
  ratio: number
  /** Share of the width left of which only the first layer shows, and right of which only the second; null = all everywhere. */
  split: number | null
}

/** Colouring longer than this in one frame would be felt; the rest waits for the next. */
const COLOURING_MS = 8
/** How far around what is shown tiles are fetched ahead, in tiles. */
const MARGIN = 0.5

/** The tiles that a picture needs: coarse ones first, so that something shows at once, then those in sight, then around. */
export function tilesOf({ layers, view, size, ratio }: MapPicture): { inSight: TileRequest[]; around: TileRequest[] } {
  const shown = shownRectangle(view, size)
  const coarse: TileRequest[] = []
  const fine: TileRequest[] = []
  const around: TileRequest[] = []
  for (const layer of layers) {
    const level = levelFor((view.zoom * ratio) / layer.scale, layer)
    const request = (place: TilePlace): TileRequest => ({ layer, place })
    coarse.push(request({ level: coarsestLevel(layer), row: 0, col: 0 }))
    fine.push(...tilesIn(shown, layer, level).map(request))
    around.push(...tilesIn(shown, layer, level, MARGIN).map(request))
  }
  return { inSight: [...coarse, ...fine], around }
}

/** Draws layers from the tiles that are there, the finest of each place; coloured tiles are kept as long as their values. */
export class MapPainter {
  private readonly coloured = new WeakMap<PixelBlock, { key: string; picture: OffscreenCanvas }>()
  private readonly usual = new WeakMap<PixelBlock, BandStretch[]>()
  private deadline = 0

  constructor(private readonly store: TileStore) {}

  /** False when some tiles still wait for their colours: draw again in the next frame. */
  draw(context: CanvasRenderingContext2D, picture: MapPicture, checker: CanvasPattern | null): boolean {
    const { layers, size, ratio, split } = picture
    this.deadline = performance.now() + COLOURING_MS
    const width = Math.round(size.width * ratio)
    const height = Math.round(size.height * ratio)
    context.clearRect(0, 0, width, height)
    let complete = true
    layers.forEach((layer, index) => {
      context.save()
      if (split !== null) {
        const at = Math.round(split * width)
        context.beginPath()
        context.rect(index === 0 ? 0 : at, 0, index === 0 ? at : width - at, height)
        context.clip()
      }
      complete = this.drawLayer(context, picture, layer) && complete
      context.restore()
    })
    this.drawChecker(context, picture, checker)
    return complete
  }

  private drawLayer(context: CanvasRenderingContext2D, picture: MapPicture, layer: MapLayer): boolean {
    const { view, size, ratio } = picture
    const stretch = this.stretchOf(layer)
    if (stretch === null) return true
    const shown = shownRectangle(view, size)
    const level = levelFor((view.zoom * ratio) / layer.scale, layer)
    const covered = tilesIn(shown, layer, level).every((place) => this.store.get({ layer, place }) !== null)
    const coarser = [coarsestLevel(layer), level + 2, level + 1].filter((one) => one > level && one <= coarsestLevel(layer))
    let complete = true
    for (const one of covered ? [level] : [...new Set(coarser), level]) {
      for (const place of tilesIn(shown, layer, one)) {
        const tile = this.store.get({ layer, place })
        if (tile === null) continue
        const colours = this.colours(tile, stretch)
        complete = colours.fresh && complete
        if (colours.picture !== null) drawTile(context, picture, layer, place, colours.picture)
      }
    }
    return complete
  }

  private stretchOf(layer: MapLayer): BandStretch[] | null {
    if (layer.stretch !== null) return layer.stretch
    const tile = this.store.get({ layer, place: { level: coarsestLevel(layer), row: 0, col: 0 } })
    if (tile === null) return null
    const known = this.usual.get(tile) ?? pictureStretch(tile, layer.bands.length)
    this.usual.set(tile, known)
    return known
  }

  /** The tile in colours; with those of before, or none, when the frame's time is used up. */
  private colours(tile: PixelBlock, stretch: readonly BandStretch[]): { picture: OffscreenCanvas | null; fresh: boolean } {
    const key = stretch.map(({ low, high, gamma }) => `${low},${high},${gamma}`).join('|')
    const known = this.coloured.get(tile)
    if (known?.key === key) return { picture: known.picture, fresh: true }
    if (performance.now() > this.deadline) return { picture: known?.picture ?? null, fresh: false }
    const picture = known?.picture ?? new OffscreenCanvas(tile.cols, tile.rows)
    picture.getContext('2d')?.putImageData(new ImageData(paintPixels(tile, stretch), tile.cols, tile.rows), 0, 0)
    this.coloured.set(tile, { key, picture })
    return { picture, fresh: true }
  }

  private drawChecker(context: CanvasRenderingContext2D, { layers, view, size, ratio }: MapPicture, checker: CanvasPattern | null): void {
    const extent = jointExtent(layers)
    if (extent === null || checker === null) return
    const { x, y } = pointOf(view, size, extent)
    context.save()
    context.globalCompositeOperation = 'destination-over'
    context.fillStyle = checker
    context.fillRect(Math.round(x * ratio), Math.round(y * ratio), Math.round(extent.cols * view.zoom * ratio), Math.round(extent.rows * view.zoom * ratio))
    context.restore()
  }
}

/** Draws what is in sight of a tile, its edges on device pixels so that neighbours meet without a seam. */
function drawTile(context: CanvasRenderingContext2D, { view, size, ratio }: MapPicture, layer: MapLayer, place: TilePlace, picture: OffscreenCanvas): void {
  const { window } = tileWindow(place, layer)
  const extent = layerExtent(layer)
  const start = pointOf(view, size, { row: extent.row + window.row / layer.scale, col: extent.col + window.col / layer.scale })
  // device pixels of one pixel of the tile's picture
  const across = ((window.cols / picture.width) * view.zoom * ratio) / layer.scale
  const down = ((window.rows / picture.height) * view.zoom * ratio) / layer.scale
  const [left, right] = visiblePart(start.x * ratio, across, picture.width, size.width * ratio)
  const [top, bottom] = visiblePart(start.y * ratio, down, picture.height, size.height * ratio)
  if (right <= left || bottom <= top) return
  const x = Math.round(start.x * ratio + left * across)
  const y = Math.round(start.y * ratio + top * down)
  const width = Math.round(start.x * ratio + right * across) - x
  const height = Math.round(start.y * ratio + bottom * down) - y
  // where this tile has no data, a coarser one below it would show through
  context.clearRect(x, y, width, height)
  context.imageSmoothingEnabled = across < 1
  context.drawImage(picture, left, top, right - left, bottom - top, x, y, width, height)
}

/** First and last pixel (half open) of a line of `count` pixels of width `step` that begins at `start` and is seen in [0, length). */
function visiblePart(start: number, step: number, count: number, length: number): [number, number] {
  return [Math.max(0, Math.floor(-start / step)), Math.min(count, Math.ceil((length - start) / step))]
}
