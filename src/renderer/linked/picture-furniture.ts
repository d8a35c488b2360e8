import type { ScaleBar } from '../shared/map/scale-bar'

/** What stands around the map of a picture. */
export interface Furniture {
  title: string
  /** Which bands. */
  subtitle: string
  scaleBar: ScaleBar
  /** Degrees clockwise from the top; null where it is not known. */
  north: number | null
  legend: { kind: 'ramp'; table: Uint8Array; gamma: number; low: string; high: string } | { kind: 'channels'; names: string[] } | null
  /** Reference system, extent: lines below. */
  footer: string[]
}

/** Page pixels. */
export const MARGIN = 16
const TITLE_HEIGHT = 40
const LINE_HEIGHT = 18
const LEGEND_HEIGHT = 64
const INK = '#17212b'
const MUTED = '#566472'
const FONT = 'Inter, sans-serif'
const RAMP_WIDTH = 140
const CHANNELS = ['#e5484d', '#30a46c', '#3e7bfa']

/** Page pixels above and below the map. */
export function furnitureHeights({ subtitle, footer }: Furniture): { above: number; below: number } {
  return { above: TITLE_HEIGHT + (subtitle === '' ? 0 : LINE_HEIGHT), below: LEGEND_HEIGHT + LINE_HEIGHT * footer.length + (footer.length > 0 ? MARGIN / 2 : 0) }
}

/** Draws it above and below a map of `height` at the margin, within `width`. */
export function drawFurniture(context: CanvasRenderingContext2D, furniture: Furniture, width: number, height: number): void {
  const write = (text: string, x: number, y: number, font: string, color: string, align: CanvasTextAlign = 'left', most = width): void => {
    Object.assign(context, { font: `${font} ${FONT}`, fillStyle: color, textAlign: align, textBaseline: 'middle' })
    context.fillText(fitted(context, text, most), x, y)
  }
  write(furniture.title, MARGIN, 24, '600 15px', INK)
  write(furniture.subtitle, MARGIN, 44, '12px', MUTED)
  const bottom = furnitureHeights(furniture).above + height
  const middle = bottom + 28
  let left = MARGIN
  if (furniture.north !== null) {
    drawNorth(context, left + 9, middle, furniture.north)
    left += 32
  }
  drawScaleBar(context, left, middle + 8, furniture.scaleBar)
  write(furniture.scaleBar.label, left + furniture.scaleBar.width / 2, middle - 5, '600 11px', INK, 'center')
  drawLegend(context, furniture.legend, MARGIN + width, middle, write)
  furniture.footer.forEach((line, index) => { write(line, MARGIN, bottom + LEGEND_HEIGHT + LINE_HEIGHT * (index + 0.5), '11px', MUTED) })
}

type Write = (text: string, x: number, y: number, font: string, color: string, align?: CanvasTextAlign) => void

function drawLegend(context: CanvasRenderingContext2D, legend: Furniture['legend'], right: number, middle: number, write: Write): void {
  if (legend?.kind === 'ramp') {
    const from = right - RAMP_WIDTH
    for (let x = 0; x < RAMP_WIDTH; x++) {
      const at = 4 * Math.round(255 * (x / (RAMP_WIDTH - 1)) ** (1 / legend.gamma))
      context.fillStyle = `rgb(${legend.table.slice(at, at + 3).join(' ')})`
      // wider than a step, so that no gap shows between two
      context.fillRect(from + x, middle - 11, Math.min(1.5, RAMP_WIDTH - x), 11)
    }
    write(legend.low, from, middle + 9, '11px', INK)
    write(legend.high, right, middle + 9, '11px', INK, 'right')
  } else if (legend?.kind === 'channels') {
    legend.names.forEach((name, index) => {
      const y = middle - 14 + 15 * index
      context.fillStyle = CHANNELS[index] ?? INK
      context.fillRect(right - RAMP_WIDTH, y - 4, 8, 8)
      write(name, right - RAMP_WIDTH + 14, y, '11px', INK)
    })
  }
}

function drawScaleBar(context: CanvasRenderingContext2D, x: number, y: number, { width }: ScaleBar): void {
  Object.assign(context, { strokeStyle: INK, lineWidth: 2 })
  context.beginPath()
  for (const [to, down] of [[x + 1, y - 5], [x + 1, y], [x + width - 1, y], [x + width - 1, y - 5]] as const) context.lineTo(to, down)
  context.stroke()
}

function drawNorth(context: CanvasRenderingContext2D, x: number, y: number, degrees: number): void {
  context.save()
  context.translate(x, y)
  context.rotate((degrees * Math.PI) / 180)
  for (const [side, color] of [[7, INK], [-7, MUTED]] as const) {
    context.fillStyle = color
    context.fill(new Path2D(`M0 -15L${side} 6L0 2Z`))
  }
  Object.assign(context, { font: `600 10px ${FONT}`, fillStyle: INK, textAlign: 'center', textBaseline: 'middle' })
  context.translate(0, 13)
  context.rotate((-degrees * Math.PI) / 180)
  context.fillText('N', 0, 0)
  context.restore()
}

/** `text`, shortened by … where it is wider than `most`. */
function fitted(context: CanvasRenderingContext2D, text: string, most: number): string {
  if (context.measureText(text).width <= most) return text
  let length = text.length
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > most) length--
  return `${text.slice(0, length)}…`
}
