import type { ChartSeries, VerticalMark } from '../shared/chart/chart-series'
import { transformed, type SpectrumForm } from './spectrum-transform'

/** A spectrum in physical units along the scene's axis. */
export interface SceneCurve {
  label: string
  color: string
  dash?: number[]
  width: number
  values: Float64Array
  /** Standard deviation of each value, of a region. */
  spread?: Float64Array
  /** What it is the mean of. */
  region?: { name: string; layer: string; pixels: number }
}

/** The part of an axis between two places, ends included; null = all of it. */
export type AxisRange = [from: number, to: number] | null

/** Where the atmosphere absorbs: nm, and by what. */
const ABSORPTIONS: [nm: number, gas: string][] = [[760, 'O₂'], [940, 'H₂O'], [1130, 'H₂O'], [1400, 'H₂O'], [1900, 'H₂O']]

/** Absorptions that lie within an axis in nm. */
export function absorptionMarks(x: readonly number[]): VerticalMark[] {
  const [first, last] = [x[0] ?? Infinity, x[x.length - 1] ?? -Infinity]
  return ABSORPTIONS.filter(([nm]) => nm >= first && nm <= last).map(([nm, gas]) => ({ at: nm, label: gas }))
}

/** Curves as the chart draws them: cut to the range, then transformed; a region's spread as two thin lines beside its mean. */
export function chartCurves(x: readonly number[], curves: readonly SceneCurve[], form: SpectrumForm, range: AxisRange): ChartSeries[] {
  const [first, end] = rangeIndices(x, range)
  const part = x.slice(first, end)
  return curves.flatMap(({ label, color, dash, width, values, spread }) => {
    const line = (suffix: string, thickness: number, sign: number): ChartSeries => ({
      label: `${label}${suffix}`, color, width: thickness, x: part, ...(dash === undefined ? {} : { dash }),
      y: transformed(form, part, values.subarray(first, end).map((value, i) => value + sign * (spread?.[first + i] ?? 0))),
    })
    // of other forms than values, the spread is none that could be drawn
    if (spread === undefined || form !== 'values') return [line('', width, 0)]
    return [line('', width, 0), line(' − σ', 0.75, -1), line(' + σ', 0.75, 1)]
  })
}

/** First index inside of the range, and the one after the last. */
function rangeIndices(x: readonly number[], range: AxisRange): [number, number] {
  if (range === null) return [0, x.length]
  const first = x.findIndex((at) => at >= range[0])
  const last = x.findIndex((at) => at > range[1])
  return [first < 0 ? x.length : first, last < 0 ? x.length : last]
}
