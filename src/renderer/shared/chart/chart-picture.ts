import UPlot from 'uplot'
import { encodePng } from '../encode-png'
import { chartColour, chartHooks, chartOptions, type ChartContent } from './chart-drawing'
import { alignSeries } from './chart-series'

/** Pixels of the picture for each of the page, at least: enough for print and slides. */
const DENSITY = 3

/** A PNG of a chart as `shown` (its size and zoom) with a legend, on the panel's colour, drawn anew at three times the size. */
export async function chartPicture(content: ChartContent, shown: UPlot): Promise<Uint8Array> {
  const ratio = Math.max(DENSITY, devicePixelRatio)
  // the library draws in the screen's own pixels
  const scale = ratio / devicePixelRatio
  const columns = alignSeries(content.series, content.logarithmic)
  const options = chartOptions(content, scale)
  const { min, max } = shown.scales.x ?? {}
  const chart = new UPlot({
    ...options,
    scales: { ...options.scales, x: { time: false, ...(min == null || max == null ? {} : { range: [min, max] }) } },
    width: Math.round(shown.width * scale), height: Math.round(shown.height * scale),
    hooks: chartHooks(content, scale),
  }, columns)
  // it draws when the caller is done
  await new Promise((resolve) => { setTimeout(resolve) })
  const canvas = withLegend(chart.ctx.canvas, content, ratio)
  chart.destroy()
  return encodePng(canvas)
}

/** The curves' names go over the chart, in as many lines as they need. */
function withLegend(chart: HTMLCanvasElement, { series }: ChartContent, ratio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const ctx = canvas.getContext('2d') as CanvasRenderingContext2D
  const font = `${12 * ratio}px Inter, sans-serif`
  const line = 20 * ratio
  const margin = 12 * ratio
  ctx.font = font
  let left = margin
  let row = 0
  const entries = series.map(({ label, color, dash }) => {
    const width = 36 * ratio + ctx.measureText(label).width
    if (left > margin && left + width > chart.width) {
      left = margin
      row++
    }
    const entry = { label, color, dash, left, middle: (row + 0.6) * line }
    left += width
    return entry
  })
  const head = (row + 1.2) * line
  canvas.width = chart.width
  canvas.height = chart.height + Math.round(head)
  ctx.fillStyle = chartColour('--panel')
  ctx.fillRect(0, 0, canvas.width, canvas.height)
  ctx.font = font
  ctx.textBaseline = 'middle'
  ctx.lineWidth = 2.5 * ratio
  for (const { label, color, dash = [], left: from, middle } of entries) {
    ctx.strokeStyle = chartColour(color)
    ctx.setLineDash(dash.map((length) => length * ratio))
    ctx.beginPath()
    ctx.moveTo(from, middle)
    ctx.lineTo(from + 14 * ratio, middle)
    ctx.stroke()
    ctx.fillStyle = chartColour('--text')
    ctx.fillText(label, from + 20 * ratio, middle)
  }
  ctx.drawImage(chart, 0, Math.round(head))
  return canvas
}
