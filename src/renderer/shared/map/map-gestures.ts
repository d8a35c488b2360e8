import { keepInSight, screenToBase, zoomAbout, type MapPlace, type MapSize, type MapView } from './map-layer'

/** The map as gestures see and change it. */
export interface GestureTarget {
  view: () => MapView
  size: () => MapSize
  /** Of the base grid. */
  rows: () => number
  cols: () => number
  cursor: () => MapPlace | null
  /** null = all of it. */
  look: (view: MapView | null) => void
  /** Base pixels, with fractions, perhaps outside the raster; null = the pointer has left. */
  point: (place: MapPlace | null) => void
  pick: (place: MapPlace) => void
  /** An outline is being drawn: clicks are corners of it at once, a double click ends it. */
  drawing: () => boolean
  corner: (place: MapPlace) => void
  close: () => void
}

const PAN_STEP = 64
const ZOOM_STEP = 1.5
/** A pointer that moved less than this was meant as a click. */
const CLICK_PIXELS = 4
/** A click counts once no second one there made it a double click. */
const CLICK_MS = 220
/** Within it, a second click at the place of a corner is half of a double click and no corner of its own. */
const CORNER_MS = 600

interface Click {
  x: number
  y: number
  ms: number
  place: MapPlace
}

const ARROWS: Record<string, [x: number, y: number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/**
 * Wheel zooms about the pointer, dragging moves, two fingers do both, a double click shows all, a click picks a place.
 * Keys: arrows move, + and - zoom, 0 shows all, Shift with arrows moves the cursor by pixels, Enter picks where it is.
 */
export class MapGestures {
  private readonly pointers = new Map<number, { x: number; y: number }>()
  private travelled = 0
  /** The last two, the later one first. */
  private clicks: Click[] = []
  /** The last one waits for what comes after it. */
  private clickTimer: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly target: GestureTarget) {}

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    if (this.pointers.size === 0) this.travelled = 0
    this.pointers.set(event.pointerId, offset(event))
  }

  readonly move = (event: PointerEvent): void => {
    const { target } = this
    const now = offset(event)
    const before = this.pointers.get(event.pointerId)
    if (before !== undefined) {
      const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at)
      this.travelled += Math.hypot(now.x - before.x, now.y - before.y)
      if (this.travelled >= CLICK_PIXELS) this.drag(before, now, others[0])
      this.pointers.set(event.pointerId, now)
    }
    target.point(screenToBase(target.view(), target.size(), now.x, now.y))
  }

  readonly up = (event: PointerEvent): void => {
    const wasDown = this.pointers.delete(event.pointerId)
    if (!wasDown || this.pointers.size > 0 || this.travelled >= CLICK_PIXELS || event.type === 'pointercancel') return
    const { target } = this
    const { x, y } = offset(event)
    const click = { x, y, ms: event.timeStamp, place: screenToBase(target.view(), target.size(), x, y) }
    const [before] = this.clicks
    const waits = this.clickTimer !== null
    this.forgetClick()
    this.clicks = before === undefined ? [click] : [click, before]
    if (target.drawing()) {
      if (!this.isSecond(CORNER_MS)) target.corner(click.place)
      return
    }
    // elsewhere, it is a click of its own and so was the one before
    if (before !== undefined && waits && !this.isSecond()) target.pick(before.place)
    this.clickTimer = setTimeout(() => {
      this.clickTimer = null
      target.pick(click.place)
    }, CLICK_MS)
  }

  readonly leave = (): void => {
    if (this.pointers.size === 0) this.target.point(null)
  }

  readonly doubleClick = (): void => {
    // two quick clicks side by side may be one to the system
    if (!this.isSecond()) return
    this.forgetClick()
    if (this.target.drawing()) this.target.close()
    else this.target.look(null)
  }

  readonly wheel = (event: WheelEvent): void => {
    event.preventDefault()
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1
    // fingers on a touch pad arrive as a wheel with Ctrl, in small steps
    const speed = event.ctrlKey ? 0.01 : 0.002
    const { x, y } = offset(event)
    this.zoom(Math.exp(-event.deltaY * lines * speed), x, y)
  }

  readonly key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const arrow = ARROWS[event.key]
    const cursor = this.target.cursor()
    if (arrow !== undefined && event.shiftKey) this.moveCursor(...arrow)
    else if (arrow !== undefined) this.look(moved(this.target.view(), -arrow[0] * PAN_STEP, -arrow[1] * PAN_STEP))
    else if (event.key === '+' || event.key === '=') this.zoomStep(1)
    else if (event.key === '-' || event.key === '_') this.zoomStep(-1)
    else if (event.key === '0') this.target.look(null)
    else if (event.key === 'Enter' && cursor !== null) this.target.pick(cursor)
    else return
    event.preventDefault()
  }

  /** In (1) or out (-1) about the middle. */
  readonly zoomStep = (direction: 1 | -1): void => {
    const { width, height } = this.target.size()
    this.zoom(ZOOM_STEP ** direction, width / 2, height / 2)
  }

  /** A click that still waits for its second is forgotten. */
  dispose(): void {
    this.forgetClick()
  }

  private drag(before: { x: number; y: number }, now: { x: number; y: number }, other: { x: number; y: number } | undefined): void {
    const view = moved(this.target.view(), now.x - before.x, now.y - before.y)
    if (other === undefined) {
      this.look(view)
      return
    }
    // one of two fingers: half the way moves, the distance between them zooms
    const distance = (at: { x: number; y: number }): number => Math.max(1, Math.hypot(at.x - other.x, at.y - other.y))
    const half = moved(this.target.view(), (now.x - before.x) / 2, (now.y - before.y) / 2)
    this.look(zoomAbout(half, this.target.size(), (now.x + other.x) / 2, (now.y + other.y) / 2, distance(now) / distance(before)))
  }

  private zoom(factor: number, x: number, y: number): void {
    this.look(zoomAbout(this.target.view(), this.target.size(), x, y, factor))
  }

  private moveCursor(x: number, y: number): void {
    const { target } = this
    const { row, col } = target.cursor() ?? target.view()
    const inside = (at: number, length: number): number => Math.min(length - 1, Math.max(0, Math.floor(at)))
    target.point({ row: inside(row + y, target.rows()), col: inside(col + x, target.cols()) })
  }

  private look(view: MapView): void {
    this.target.look(keepInSight(view, this.target.rows(), this.target.cols()))
  }

  /** The last click was at the place of the one before, at most so much later. */
  private isSecond(mostMs = Infinity): boolean {
    const [last, before] = this.clicks
    return last !== undefined && before !== undefined && last.ms - before.ms <= mostMs && Math.hypot(last.x - before.x, last.y - before.y) < CLICK_PIXELS
  }

  private forgetClick(): void {
    if (this.clickTimer !== null) clearTimeout(this.clickTimer)
    this.clickTimer = null
  }
}

/** From the element's upper-left corner, in CSS pixels; not `offsetX`, which counts from whatever lies under the pointer. */
function offset(event: MouseEvent): { x: number; y: number } {
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}

/** The picture moved by (x, y) screen pixels. */
function moved(view: MapView, x: number, y: number): MapView {
  return { ...view, row: view.row - y / view.zoom, col: view.col - x / view.zoom }
}
