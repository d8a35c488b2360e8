import type { BandStatistics } from '../../preload/pixel-contract'
import type { Limits } from '../shared/map/stretch'

type Counted = Pick<BandStatistics, 'min' | 'max' | 'percentiles' | 'histogram'>

/** The stretch of values that a histogram shows: nearly all of them, with room to pull limits outwards, and the limits themselves. */
export function histogramDomain({ min, max, percentiles }: Pick<Counted, 'min' | 'max' | 'percentiles'>, { low, high }: Limits): Limits {
  const [p1 = min, p99 = max] = [percentiles[1], percentiles[99]]
  const room = 0.3 * (p99 - p1)
  const [from, to] = [Math.min(low, Math.max(min, p1 - room)), Math.max(high, Math.min(max, p99 + room))]
  return to > from ? { low: from, high: to } : { low: from - 0.5, high: from + 0.5 }
}

/**
 * Outline of a histogram over `domain` as an SVG path that is closed along the bottom, width x height. Heights are square
 * roots of counts, so that rare values show; where bins are finer than a unit of width, neighbours are put together.
 */
export function histogramPath({ min, max, histogram }: Pick<Counted, 'min' | 'max' | 'histogram'>, domain: Limits, width: number, height: number): string {
  const bin = (max - min) / histogram.length
  const scale = width / (domain.high - domain.low)
  if (!(bin > 0)) return ''
  const columns = new Float64Array(Math.max(1, Math.min(width, Math.ceil((domain.high - domain.low) / bin))))
  const perValue = columns.length / (domain.high - domain.low)
  histogram.forEach((count, index) => {
    const from = (min + index * bin - domain.low) * perValue
    spread(count, from, from + bin * perValue, columns)
  })
  smoothInPlace(columns)
  const most = columns.reduce((p, q) => Math.max(p, q), 0)
  if (most === 0) return ''
  const step = width / columns.length
  const [left, right] = [Math.max(0, (min - domain.low) * scale), Math.min(width, (max - domain.low) * scale)]
  const points = Array.from(columns, (count, index) => `L${round(index * step)} ${round(height - height * Math.sqrt(count / most))}H${round((index + 1) * step)}`)
  return `M${round(left)} ${height}${points.join('')}L${round(right)} ${height}Z`
}

/** A limit moved to `value`, staying on its side of the other one, with no more digits than the histogram can show. */
export function movedLimits(limits: Limits, side: keyof Limits, value: number, domain: Limits): Limits {
  const least = (domain.high - domain.low) / 1000
  const inside = Math.min(domain.high, Math.max(domain.low, value))
  const moved = side === 'low' ? Math.min(inside, limits.high - least) : Math.max(inside, limits.low + least)
  return { ...limits, [side]: Number(moved.toPrecision(5)) }
}

/** Adds a count to the columns from `from` to `to` (fractions count), to each by its share. */
function spread(count: number, from: number, to: number, columns: Float64Array): void {
  for (let column = Math.max(0, Math.floor(from)); column < Math.min(columns.length, to); column++) {
    const share = (Math.min(column + 1, to) - Math.max(column, from)) / (to - from)
    columns[column] = (columns[column] as number) + count * share
  }
}

/** Bins of whole numbers hold two or three of them in turn, which would look like a comb. */
function smoothInPlace(columns: Float64Array): void {
  let before = columns[0] ?? 0
  columns.forEach((count, index) => {
    columns[index] = (before + 2 * count + (columns[index + 1] ?? count)) / 4
    before = count
  })
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
