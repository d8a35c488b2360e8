import { StudioError } from '../common/errors'
import { throwIfAborted } from '../common/job-context'
import { allBands, readWindow, type CubeReader } from '../cube/cube-reader'
import { intersectWindows, wholeWindow, type PixelWindow } from '../cube/pixel-window'
import { polygonSpans, type PolygonCorner, type Span } from '../cube/polygon-spans'

/** Values read at a time: 32 MB. */
const VALUES_AT_ONCE = 8e6
/** Values of one region in all: a quarter of a second a hundred million. */
const MOST_VALUES = 2e9

export interface RegionSpectrum {
  mean: Float32Array
  deviation: Float32Array
  pixels: number
}

/**
 * Mean and standard deviation (of the population) of the stored values of each band over a window, cut at the scene's edge:
 * Float32 [bands], NaN for a band without valid pixels. With `corners` only over the pixels of the window whose centres lie
 * in that polygon (see `polygonSpans`); there may be none. `pixels` = those valid in at least one band. Sums in float64 about
 * the first valid value. Errors: 'invalid-argument' (window outside), 'too-large', 'cancelled', those of reading.
 */
export async function regionSpectrum(reader: CubeReader, window: PixelWindow, corners: readonly PolygonCorner[] | null, signal?: AbortSignal): Promise<RegionSpectrum> {
  const inside = intersectWindows(window, wholeWindow(reader.header))
  const { bands } = reader.header
  if (inside === null) throw new StudioError('invalid-argument', 'The region lies outside the scene.', { remedy: 'Draw it on the picture.' })
  if (inside.rows * inside.cols * bands > MOST_VALUES) {
    throw new StudioError('too-large', `A region of ${inside.rows} x ${inside.cols} pixels with ${bands} bands is too large.`, { remedy: 'Draw a smaller one.' })
  }
  const sums = new BandSums(bands)
  const step = Math.max(1, Math.floor(VALUES_AT_ONCE / (inside.cols * bands)))
  for (let row = inside.row; row < inside.row + inside.rows; row += step) {
    throwIfAborted(signal)
    const rows = Math.min(step, inside.row + inside.rows - row)
    const spans = Array.from({ length: rows }, (_, index) => spansInside(corners, inside, row + index))
    const part = boundsOf(spans, row)
    if (part === null) continue
    const values = await readWindow(reader, part, allBands(reader.header), signal)
    spans.forEach((ofRow, index) => {
      for (const [from, to] of ofRow) {
        const start = (row + index - part.row) * part.cols
        sums.add(values, (start + from - part.col) * bands, (start + to - part.col) * bands)
      }
    })
  }
  return sums.result()
}

/** The columns of a row that count. */
function spansInside(corners: readonly PolygonCorner[] | null, { col, cols }: PixelWindow, row: number): Span[] {
  if (corners === null) return [[col, col + cols]]
  return polygonSpans(corners, row).flatMap(([from, to]): Span[] => {
    const cut: Span = [Math.max(col, from), Math.min(col + cols, to)]
    return cut[1] > cut[0] ? [cut] : []
  })
}

/** The smallest window with all spans, of which the first are those of `row`; null when there are none. */
function boundsOf(spans: readonly Span[][], row: number): PixelWindow | null {
  const first = spans.findIndex(({ length }) => length > 0)
  if (first < 0) return null
  let [last, left, right] = [first, Infinity, -Infinity]
  spans.forEach((ofRow, index) => {
    for (const [from, to] of ofRow) [last, left, right] = [index, Math.min(left, from), Math.max(right, to)]
  })
  return { row: row + first, col: left, rows: last - first + 1, cols: right - left }
}

/** Sums over pixels, of each band for itself. */
class BandSums {
  private readonly shift: Float64Array
  private readonly sums: Float64Array
  private readonly squares: Float64Array
  private readonly counts: Float64Array
  private pixels = 0

  constructor(private readonly bands: number) {
    this.shift = new Float64Array(bands)
    this.sums = new Float64Array(bands)
    this.squares = new Float64Array(bands)
    this.counts = new Float64Array(bands)
  }

  /** The pixels between two places of an array [pixels, bands]. */
  add(values: Float32Array, from: number, to: number): void {
    const { bands, shift, sums, squares, counts } = this
    for (let start = from; start < to; start += bands) {
      let valid = false
      for (let band = 0; band < bands; band++) {
        const value = values[start + band] as number
        if (Number.isNaN(value)) continue
        valid = true
        if (counts[band] === 0) shift[band] = value
        const difference = value - (shift[band] as number)
        sums[band] = (sums[band] as number) + difference
        squares[band] = (squares[band] as number) + difference * difference
        counts[band] = (counts[band] as number) + 1
      }
      if (valid) this.pixels++
    }
  }

  result(): RegionSpectrum {
    const { shift, sums, squares, counts, pixels } = this
    const mean = Float32Array.from(sums, (sum, band) => (shift[band] as number) + sum / (counts[band] as number))
    const deviation = Float32Array.from(sums, (sum, band) => {
      const count = counts[band] as number
      return Math.sqrt(Math.max(0, (squares[band] as number) / count - (sum / count) ** 2))
    })
    return { mean, deviation, pixels }
  }
}
