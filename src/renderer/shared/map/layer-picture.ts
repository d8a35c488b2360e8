import { fetchPiece, recentPiece } from './fetch-piece'
import { baseToScreen, type MapLayer, type MapSize, type MapView } from './map-layer'
import { covers, detailPiece, helps, overviewPiece, type Piece } from './needed-piece'
import type { FetchedPiece, PieceSource } from './piece-cache'
import { paint } from './stretch'

/** A fetched piece in colours. */
interface Painted extends FetchedPiece {
  source: PieceSource
  canvas: HTMLCanvasElement
}

/** A piece that is being fetched. */
interface Asking {
  piece: Piece
  abort: AbortController
}

/** 'failed': the last question was answered by an error; a retry asks again. */
export type PictureState = 'quiet' | 'busy' | 'failed'

const DETAIL_DELAY_MS = 60

/** One layer as it is drawn: a small picture of the whole, and a fine one of what is in sight. Not reactive. */
export class LayerPicture {
  private overview: Painted | null = null
  private detail: Painted | null = null
  private askingOverview: Asking | null = null
  private askingDetail: Asking | null = null
  private timer: ReturnType<typeof setTimeout> | null = null
  /** What the view needs since the timer runs, and has not. */
  private wanted: Piece | null = null
  private hasFailed = false

  /** `changed` is called when there is more to draw or the state is another, `failed` when the pixels can't be had. */
  constructor(private layer: MapLayer, private readonly changed: () => void, private readonly failed: (error: unknown) => void) {
    void this.fetchOverview()
  }

  get state(): PictureState {
    if (this.hasFailed) return 'failed'
    return this.askingOverview !== null || this.askingDetail !== null ? 'busy' : 'quiet'
  }

  /** Takes other bands, another stretch or another edition of the same raster. */
  update(layer: MapLayer): void {
    const sameSource = isSame(sourceOf(layer), sourceOf(this.layer))
    const sameStretch = layer.stretch === this.layer.stretch
    this.layer = layer
    if (sameSource && sameStretch) return
    if (sameSource) {
      for (const held of [this.overview, this.detail]) if (held !== null && isSame(held.source, sourceOf(layer))) colour(held, layer)
      this.changed()
    } else {
      this.retry()
    }
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

  /** Sees that there is what the view needs: at once when it was fetched lately, else asked for a moment later, also while it moves. */
  want(view: MapView, size: MapSize, ratio: number): void {
    if (this.hasFailed) return
    const wanted = detailPiece(this.layer, view, size, ratio)
    const source = sourceOf(this.layer)
    const serves = (piece: Piece): boolean => wanted !== null && covers(piece, wanted, this.layer, view, size)
    if (wanted === null || (this.detail !== null && isSame(this.detail.source, source) && serves(this.detail.piece))) {
      this.stopTimer()
      return
    }
    if (this.askingDetail !== null && serves(this.askingDetail.piece)) return
    const recent = recentPiece(source, serves)
    if (recent !== null) {
      this.withdrawDetail()
      this.detail = painted(recent, this.layer)
      this.changed()
      return
    }
    this.wanted = wanted
    this.timer ??= setTimeout(() => {
      this.timer = null
      const { wanted: latest, askingDetail: asked } = this
      // a picture that is always withdrawn for the next one would never come while the view moves
      if (latest !== null && (asked === null || !helps(asked.piece, latest))) void this.fetchDetail(latest)
    }, DETAIL_DELAY_MS)
  }

  /** Asks anew for what is shown. */
  retry(): void {
    this.hasFailed = false
    this.dispose()
    void this.fetchOverview()
    this.changed()
  }

  dispose(): void {
    this.withdrawDetail()
    this.askingOverview?.abort.abort()
    this.askingOverview = null
  }

  private withdrawDetail(): void {
    this.stopTimer()
    this.askingDetail?.abort.abort()
    this.askingDetail = null
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private async fetchOverview(): Promise<void> {
    const asking = { piece: overviewPiece(this.layer), abort: new AbortController() }
    this.askingOverview = asking
    const held = await this.fetch(asking)
    if (this.askingOverview !== asking) return
    this.askingOverview = null
    if (held !== null) {
      this.overview = held
      // the fine piece of other bands would lie over it
      if (this.detail !== null && !isSame(this.detail.source, held.source)) this.detail = null
    }
    this.changed()
  }

  private async fetchDetail(piece: Piece): Promise<void> {
    this.withdrawDetail()
    const asking = { piece, abort: new AbortController() }
    this.askingDetail = asking
    this.changed()
    const held = await this.fetch(asking)
    if (this.askingDetail !== asking) return
    this.askingDetail = null
    if (held !== null) this.detail = held
    this.changed()
  }

  private async fetch({ piece, abort: { signal } }: Asking): Promise<Painted | null> {
    try {
      const fetched = await fetchPiece(sourceOf(this.layer), piece, signal)
      return signal.aborted ? null : painted(fetched, this.layer)
    } catch (error) {
      if (signal.aborted) return null
      this.hasFailed = true
      this.failed(error)
      return null
    }
  }
}

/** What the values of a layer depend on. */
export function sourceOf({ name, bands, edition = '' }: Pick<MapLayer, 'name' | 'bands' | 'edition'>): PieceSource {
  return { layer: name, bands, edition }
}

function isSame(p: PieceSource, q: PieceSource): boolean {
  return p.layer === q.layer && p.edition === q.edition && p.bands.length === q.bands.length && p.bands.every((band, index) => band === q.bands[index])
}

function painted(fetched: FetchedPiece, layer: MapLayer): Painted {
  const canvas = document.createElement('canvas')
  canvas.width = fetched.block.cols
  canvas.height = fetched.block.rows
  const held = { ...fetched, source: sourceOf(layer), canvas }
  colour(held, layer)
  return held
}

function colour({ canvas, block }: Painted, { bands, stretch }: MapLayer): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const image = context.createImageData(canvas.width, canvas.height)
  paint(block.data, bands.length, stretch, image.data)
  context.putImageData(image, 0, 0)
}
