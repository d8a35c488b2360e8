import { pixels } from '../pixels/pixel-client'
import { baseToScreen, type MapLayer, type MapSize, type MapView } from './map-layer'
import { covers, detailPiece, overviewPiece, type Piece } from './needed-piece'
import { paint } from './stretch'

interface Held {
  piece: Piece
  values: Float32Array
  /** Bands and edition that the values are of. */
  source: string
  canvas: HTMLCanvasElement
}

const DETAIL_DELAY_MS = 60

/** One layer as it is drawn: a small picture of the whole, and a fine one of what is in sight. Not reactive. */
export class LayerPicture {
  private overview: Held | null = null
  private detail: Held | null = null
  private asking: AbortController | null = null
  private asked: Piece | null = null
  private timer: ReturnType<typeof setTimeout> | null = null

  /** `changed` is called when there is more to draw, `failed` when the pixels can't be had. */
  constructor(private layer: MapLayer, private readonly changed: () => void, private readonly failed: (error: unknown) => void) {
    void this.fetchOverview()
  }

  /** Takes other bands, another stretch or another edition of the same raster. */
  update(layer: MapLayer): void {
    const sameSource = sourceOf(layer) === sourceOf(this.layer)
    const sameStretch = layer.stretch === this.layer.stretch
    this.layer = layer
    if (sameSource && sameStretch) return
    if (sameSource) {
      for (const held of [this.overview, this.detail]) if (held !== null) repaint(held, layer)
    } else {
      this.withdraw()
      void this.fetchOverview()
    }
    this.changed()
  }

  draw(context: CanvasRenderingContext2D, view: MapView, size: MapSize): void {
    for (const held of [this.overview, this.detail]) {
      if (held === null) continue
      const { layer } = this
      const { window } = held.piece
      const corner = baseToScreen(view, size, { row: layer.origin.row + window.row * layer.pixelSize, col: layer.origin.col + window.col * layer.pixelSize })
      const [width, height] = [window.cols * layer.pixelSize * view.zoom, window.rows * layer.pixelSize * view.zoom]
      // where the fine piece has no data, the overview would show through
      context.clearRect(corner.x, corner.y, width, height)
      context.imageSmoothingEnabled = view.zoom * layer.pixelSize < 1
      context.drawImage(held.canvas, corner.x, corner.y, width, height)
    }
  }

  /** Asks for what the view lacks, once it rests for a moment. */
  want(view: MapView, size: MapSize, ratio: number): void {
    const wanted = detailPiece(this.layer, view, size, ratio)
    const known = this.asked ?? this.detail?.piece ?? null
    const sameSource = this.asked !== null || this.detail?.source === sourceOf(this.layer)
    if (wanted === null || (known !== null && sameSource && covers(known, wanted, this.layer, view, size))) return
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.timer = null
      void this.fetchDetail(wanted)
    }, DETAIL_DELAY_MS)
  }

  dispose(): void {
    this.withdraw()
  }

  private withdraw(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.asking?.abort()
    this.asking = null
    this.asked = null
  }

  private async fetchOverview(): Promise<void> {
    const asking = new AbortController()
    this.asking = asking
    const held = await this.fetch(overviewPiece(this.layer), asking.signal)
    if (held === null) return
    this.overview = held
    // the fine piece of other bands would lie over it
    if (this.detail?.source !== held.source) this.detail = null
    this.changed()
  }

  private async fetchDetail(piece: Piece): Promise<void> {
    if (this.asked !== null) this.asking?.abort()
    const asking = new AbortController()
    this.asking = asking
    this.asked = piece
    const held = await this.fetch(piece, asking.signal)
    if (this.asking === asking) this.asked = null
    if (held === null) return
    this.detail = held
    this.changed()
  }

  private async fetch(piece: Piece, signal: AbortSignal): Promise<Held | null> {
    const { name, bands } = this.layer
    const source = sourceOf(this.layer)
    try {
      const { rows, cols, data } = await pixels.ask('picture', { layer: name, bands, ...piece }, signal)
      const canvas = document.createElement('canvas')
      canvas.width = cols
      canvas.height = rows
      const held = { piece, values: data, source, canvas }
      if (source === sourceOf(this.layer)) repaint(held, this.layer)
      return signal.aborted ? null : held
    } catch (error) {
      if (!signal.aborted) this.failed(error)
      return null
    }
  }
}

function sourceOf({ bands, edition = '' }: MapLayer): string {
  return `${bands.join()} ${edition}`
}

function repaint(held: Held, layer: MapLayer): void {
  const { bands, stretch } = layer
  const context = held.canvas.getContext('2d')
  if (context === null || held.source !== sourceOf(layer)) return
  const image = context.createImageData(held.canvas.width, held.canvas.height)
  paint(held.values, bands.length, stretch, image.data)
  context.putImageData(image, 0, 0)
}
