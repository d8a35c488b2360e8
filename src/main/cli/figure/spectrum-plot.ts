import type { SKRSContext2D } from '@napi-rs/canvas'
import { niceTicks } from './nice-ticks'
import { font, INK, type Box } from './style'

export interface SpectrumLine {
  label: string
  colour: string
  width: number
  dash: number[]
  /** One value a band; NaN leaves a gap. */
  values: readonly number[]
}

/** A band this many times farther from its neighbour than usual lies beyond a gap in the sensor's range. */
const GAP_STEPS = 6

/** Draws lines over wavelength (or band number) into `box`, which includes axes, labels and legend. */
export function drawSpectra(
  context: SKRSContext2D, box: Box, lines: readonly SpectrumLine[], wavelengthNm: readonly number[] | null,
  shownBands: readonly { band: number; colour: string }[],
): void {
  const plot: Box = { x: box.x + 76, y: box.y + 34, width: box.width - 92, height: box.height - 96 }
  const positions = wavelengthNm ?? Array.from({ length: lines[0]?.values.length ?? 0 }, (_, band) => band + 1)
  // detectors overlap: neighbours on the axis need not be neighbours in the file
  const order = positions.map((_, band) => band).sort((p, q) => (positions[p] as number) - (positions[q] as number))
  const finite = lines.flatMap(({ values }) => values.filter(Number.isFinite))
  const [low, high] = padded(finite)
  const left = positions[order[0] ?? 0] ?? 0
  const right = positions[order[order.length - 1] ?? 0] ?? 1
  const toX = (position: number): number => plot.x + (right > left ? (position - left) / (right - left) : 0.5) * plot.width
  const toY = (value: number): number => plot.y + plot.height - (value - low) / (high - low) * plot.height

  drawAxes(context, plot, niceTicks(left, right, 10), niceTicks(low, high, 5), toX, toY)
  context.font = font(16)
  context.fillStyle = INK.text
  context.textAlign = 'center'
  context.fillText(wavelengthNm === null ? 'Band' : 'Wavelength [nm]', plot.x + plot.width / 2, plot.y + plot.height + 52)
  context.save()
  context.translate(box.x + 14, plot.y + plot.height / 2)
  context.rotate(-Math.PI / 2)
  context.fillText('Value', 0, 0)
  context.restore()

  for (const { band, colour } of shownBands) {
    const x = toX(positions[band] ?? left)
    context.fillStyle = colour
    context.beginPath()
    context.moveTo(x, plot.y + plot.height - 1)
    context.lineTo(x - 5, plot.y + plot.height - 11)
    context.lineTo(x + 5, plot.y + plot.height - 11)
    context.fill()
  }
  const steps = order.slice(1).map((band, i) => (positions[band] as number) - (positions[order[i] as number] as number)).sort((p, q) => p - q)
  const longest = GAP_STEPS * (steps[Math.floor(steps.length / 2)] ?? 0)
  for (const line of lines) drawLine(context, line, order, positions, longest, toX, toY)
  drawLegend(context, plot, lines)
}

function padded(values: readonly number[]): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return [0, 1]
  const margin = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1
  return [low - margin, high + margin]
}

function drawAxes(
  context: SKRSContext2D, plot: Box, xTicks: readonly number[], yTicks: readonly number[],
  toX: (position: number) => number, toY: (value: number) => number,
): void {
  context.font = font(14)
  context.lineWidth = 1
  context.textAlign = 'right'
  for (const tick of yTicks) {
    const y = Math.round(toY(tick)) + 0.5
    strokePath(context, INK.grid, [[plot.x, y], [plot.x + plot.width, y]])
    context.fillStyle = INK.soft
    context.fillText(String(tick).replace('-', '\u2212'), plot.x - 10, y + 5)
  }
  context.textAlign = 'center'
  for (const tick of xTicks) {
    const x = Math.round(toX(tick)) + 0.5
    strokePath(context, INK.axis, [[x, plot.y + plot.height], [x, plot.y + plot.height + 6]])
    context.fillStyle = INK.soft
    context.fillText(String(tick), x, plot.y + plot.height + 24)
  }
  const bottom = Math.round(plot.y + plot.height) + 0.5
  const left = Math.round(plot.x) + 0.5
  strokePath(context, INK.axis, [[left, plot.y], [left, bottom], [plot.x + plot.width, bottom]])
}

function strokePath(context: SKRSContext2D, colour: string, points: readonly [number, number][]): void {
  context.strokeStyle = colour
  context.beginPath()
  points.forEach(([x, y], i) => {
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.stroke()
}

function drawLine(
  context: SKRSContext2D, line: SpectrumLine, order: readonly number[], positions: readonly number[], longest: number,
  toX: (position: number) => number, toY: (value: number) => number,
): void {
  context.save()
  context.strokeStyle = line.colour
  context.lineWidth = line.width
  context.lineJoin = 'round'
  context.setLineDash(line.dash)
  context.beginPath()
  let previous: number | null = null
  for (const band of order) {
    const value = line.values[band] ?? NaN
    const position = positions[band] as number
    if (!Number.isFinite(value)) {
      previous = null
      continue
    }
    if (previous === null || position - previous > longest) context.moveTo(toX(position), toY(value))
    else context.lineTo(toX(position), toY(value))
    previous = position
  }
  context.stroke()
  context.restore()
}

function drawLegend(context: SKRSContext2D, plot: Box, lines: readonly SpectrumLine[]): void {
  context.font = font(15)
  context.textAlign = 'left'
  let x = plot.x
  const y = plot.y - 18
  for (const { label, colour, width, dash } of lines) {
    context.save()
    context.lineWidth = width
    context.setLineDash(dash)
    strokePath(context, colour, [[x, y - 5], [x + 34, y - 5]])
    context.restore()
    context.fillStyle = INK.text
    context.fillText(label, x + 42, y)
    x += 42 + context.measureText(label).width + 28
  }
}
