/** One curve. `x` ascending; `y` NaN = a gap. Colours are CSS colours or names of custom properties such as '--accent'. */
export interface ChartSeries {
  label: string
  x: ArrayLike<number>
  y: ArrayLike<number>
  color: string
  width?: number
  dash?: number[]
  /** Mark each value: for few of them. */
  points?: boolean
}

/** A horizontal line to compare with. */
export interface ReferenceLine {
  label: string
  value: number
  color: string
}

/** A place on the x axis with a name, e.g. an absorption. */
export interface VerticalMark {
  at: number
  label: string
}

/** The part of the x axis that a chart shows. */
export interface ChartRange {
  min: number
  max: number
}

/** What a chart offers beside its picture. */
export interface ChartExports {
  /** The chart as shown, with its legend. */
  toPng: () => Promise<Uint8Array>
  /** All values, UTF-8. */
  toCsv: () => Uint8Array
}

/** A chart as the file `name` that the user may save it as. Errors: when its picture can't be encoded. */
export async function chartFile({ toPng, toCsv }: ChartExports, kind: 'png' | 'csv', name: string): Promise<{ suggestedName: string; content: Uint8Array }> {
  return { suggestedName: `${name}.${kind}`, content: kind === 'png' ? await toPng() : toCsv() }
}

/** A stretch of the x axis that is shaded, e.g. unusable bands. */
export interface ShadedRange {
  from: number
  to: number
}

/** x and one y column a series for the chart library: null = gap, undefined = the series has nothing at this x. */
export type AlignedColumns = [x: number[], ...y: (number | null | undefined)[][]]

/**
 * Puts series of different x side by side. Non-finite values, and those that a logarithmic axis can't show, become gaps.
 * Cost: the sum of the lengths times the number of series.
 */
export function alignSeries(series: readonly Pick<ChartSeries, 'x' | 'y'>[], logarithmic: boolean): AlignedColumns {
  const first = series[0]
  const shared = first !== undefined && series.every(({ x }) => sameValues(x, first.x))
  const x = shared ? Array.from(first.x) : [...new Set(series.flatMap((one) => Array.from(one.x)))].sort((p, q) => p - q)
  const place = shared ? null : new Map(x.map((value, index) => [value, index]))
  const columns = series.map((one) => {
    const column = new Array<number | null | undefined>(x.length).fill(undefined)
    for (let i = 0; i < one.x.length; i++) {
      const value = one.y[i] as number
      const shown = Number.isFinite(value) && (!logarithmic || value > 0)
      column[place === null ? i : (place.get(one.x[i] as number) as number)] = shown ? value : null
    }
    return column
  })
  return [x, ...columns]
}

function sameValues(p: ArrayLike<number>, q: ArrayLike<number>): boolean {
  if (p === q) return true
  if (p.length !== q.length) return false
  for (let i = 0; i < p.length; i++) if (p[i] !== q[i]) return false
  return true
}

/** Limits of the y axis over all values and lines, with a margin; [0, 1] when there is nothing. */
export function valueRange(columns: AlignedColumns, lines: readonly ReferenceLine[], logarithmic: boolean, from = -Infinity, to = Infinity): [number, number] {
  let low = Infinity
  let high = -Infinity
  const take = (value: number): void => {
    if (!Number.isFinite(value) || (logarithmic && value <= 0)) return
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const [x, ...ys] = columns
  for (const column of ys) {
    for (let i = 0; i < x.length; i++) {
      const at = x[i] as number
      const value = column[i]
      if (value != null && at >= from && at <= to) take(value)
    }
  }
  for (const { value } of lines) take(value)
  if (low > high) return logarithmic ? [0.1, 1] : [0, 1]
  // the chart library counts ticks up from the lower limit and never ends from one between two of them
  if (logarithmic) return [oneDigit(low / 1.1, Math.floor), oneDigit(high * 1.1, Math.ceil)]
  const margin = high === low ? Math.max(Math.abs(high) * 0.05, 1e-9) : (high - low) * 0.08
  return [low - margin, high + margin]
}

/** `value` rounded to one significant digit. */
function oneDigit(value: number, round: (value: number) => number): number {
  const power = Math.floor(Math.log10(value))
  return Number(`${round(value / 10 ** power)}e${power}`)
}

/** Comma-separated values: the x axis, then a column a series; empty where a series has no value. */
export function seriesToCsv(xLabel: string, series: readonly ChartSeries[]): string {
  const [x, ...columns] = alignSeries(series, false)
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = [[xLabel, ...series.map(({ label }) => label)].map(quoted).join(',')]
  x.forEach((at, index) => { lines.push([at, ...columns.map((column) => column[index] ?? '')].join(',')) })
  return lines.join('\n') + '\n'
}

/**
 * Exponential moving average that starts at the first value, as in learning curves; `weight` 0 = none, below 1. NaN stay
 * gaps and do not disturb what follows.
 */
export function smooth(values: ArrayLike<number>, weight: number): Float64Array {
  const smoothed = new Float64Array(values.length)
  let average = 0
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isFinite(value)) {
      smoothed[i] = NaN
      continue
    }
    average = average * weight + value * (1 - weight)
    total = total * weight + (1 - weight)
    smoothed[i] = average / total
  }
  return smoothed
}
