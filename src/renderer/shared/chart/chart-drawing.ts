import type UPlot from 'uplot'
import { formatTick } from '../format'
import { valueRange, type AlignedColumns, type ChartSeries, type ReferenceLine, type ShadedRange, type VerticalMark } from './chart-series'

/** What a chart draws; as the properties of its component. */
export interface ChartContent {
  series: ChartSeries[]
  xLabel: string
  yLabel: string
  lines: ReferenceLine[]
  shaded: ShadedRange[]
  marks: VerticalMark[]
  logarithmic: boolean
}

/** Distances of ticks along x: no 2.5, as steps and bands are counted. */
const X_DISTANCES = Array.from({ length: 12 }, (_, power) => [1, 2, 5].map((digit) => Number(`${digit}e${power - 3}`))).flat()

/** A CSS colour; names such as '--accent' are looked up in the theme. */
export function chartColour(name: string): string {
  return name.startsWith('--') ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888' : name
}

/** Axes, scales and curves for the chart library. Type and lines are `scale` times as large as on the screen. */
export function chartOptions(content: ChartContent, scale: number): Pick<UPlot.Options, 'legend' | 'padding' | 'scales' | 'axes' | 'series'> {
  const font = `${11 * scale}px Inter, sans-serif`
  const axis = {
    stroke: chartColour('--muted'), grid: { stroke: chartColour('--line'), width: scale }, ticks: { show: false }, font, labelFont: font,
    labelSize: 18 * scale, gap: 5 * scale, space: 50 * scale,
    values: (_self: UPlot, ticks: (number | null)[]) => ticks.map((value) => (value === null ? '' : formatTick(value))),
  }
  return {
    legend: { show: false },
    // half of a last tick's label
    padding: [10 * scale, 18 * scale, 0, 0],
    scales: {
      x: { time: false },
      y: { distr: content.logarithmic ? 3 : 1, range: (self) => valueRange(self.data as AlignedColumns, content.lines, content.logarithmic, self.scales.x?.min ?? undefined, self.scales.x?.max ?? undefined) },
    },
    axes: [
      { ...axis, label: content.xLabel, incrs: X_DISTANCES, size: 26 * scale },
      { ...axis, label: content.yLabel, space: 30 * scale, size: (_self, ticks) => scale * (14 + 6.2 * Math.max(3, ...(ticks as string[] | null ?? []).map((text) => text.length))) },
    ],
    series: [{}, ...content.series.map(({ color, width = 1.5, dash, points = false }) => ({
      stroke: chartColour(color), width: width * scale, points: { show: points, size: 5 * scale }, ...(dash === undefined ? {} : { dash: dash.map((length) => length * scale) }),
    }))],
  }
}

/** Draws what the chart library doesn't: shaded stretches below the curves, marks and lines over them. */
export function chartHooks(content: ChartContent, scale: number): UPlot.Hooks.Arrays {
  return {
    drawClear: [(self) => { drawShaded(self, content.shaded) }],
    draw: [(self) => { drawMarks(self, content.marks, scale * devicePixelRatio) }, (self) => { drawLines(self, content.lines, scale * devicePixelRatio) }],
  }
}

function drawShaded(self: UPlot, shaded: readonly ShadedRange[]): void {
  const { ctx, bbox } = self
  ctx.save()
  ctx.fillStyle = chartColour('--sunken')
  for (const { from, to } of shaded) {
    const left = Math.max(bbox.left, self.valToPos(from, 'x', true))
    const right = Math.min(bbox.left + bbox.width, self.valToPos(to, 'x', true))
    if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height)
  }
  ctx.restore()
}

function drawMarks(self: UPlot, marks: readonly VerticalMark[], ratio: number): void {
  const { ctx, bbox } = self
  ctx.save()
  ctx.font = `${10 * ratio}px Inter, sans-serif`
  ctx.textAlign = 'center'
  ctx.lineWidth = ratio
  ctx.setLineDash([2 * ratio, 3 * ratio])
  ctx.strokeStyle = ctx.fillStyle = chartColour('--muted')
  let free = -Infinity
  for (const { at, label } of marks) {
    const left = self.valToPos(at, 'x', true)
    if (left < bbox.left || left > bbox.left + bbox.width) continue
    const half = ctx.measureText(label).width / 2
    // a name that would lie over the one before is left out
    const isNamed = left - half > free
    ctx.beginPath()
    ctx.moveTo(left, bbox.top + (isNamed ? 13 * ratio : 0))
    ctx.lineTo(left, bbox.top + bbox.height)
    ctx.stroke()
    if (!isNamed) continue
    ctx.fillText(label, Math.min(left, bbox.left + bbox.width - half), bbox.top + 10 * ratio)
    free = left + half + 4 * ratio
  }
  ctx.restore()
}

function drawLines(self: UPlot, lines: readonly ReferenceLine[], ratio: number): void {
  const { ctx, bbox } = self
  ctx.save()
  ctx.font = `${11 * ratio}px Inter, sans-serif`
  ctx.textAlign = 'right'
  ctx.textBaseline = 'alphabetic'
  ctx.lineJoin = 'round'
  let free = -Infinity
  for (const { label, value, color } of [...lines].sort((p, q) => q.value - p.value)) {
    const at = self.valToPos(value, 'y', true)
    if (at < bbox.top - 1 || at > bbox.top + bbox.height + 1) continue
    ctx.strokeStyle = ctx.fillStyle = chartColour(color)
    ctx.setLineDash([5 * ratio, 4 * ratio])
    ctx.lineWidth = ratio
    ctx.beginPath()
    ctx.moveTo(bbox.left, at)
    ctx.lineTo(bbox.left + bbox.width, at)
    ctx.stroke()
    // curves are to lie above the lines: labels go below them, none over another, and stay readable where a curve runs through all the same
    free = Math.min(Math.max(at, free) + 13 * ratio, bbox.top + bbox.height - 3 * ratio)
    const right = bbox.left + bbox.width - 6 * ratio
    ctx.setLineDash([])
    ctx.lineWidth = 4 * ratio
    ctx.strokeStyle = chartColour('--panel')
    ctx.strokeText(label, right, free)
    ctx.fillText(label, right, free)
  }
  ctx.restore()
}
