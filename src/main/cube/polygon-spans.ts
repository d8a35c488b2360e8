import { z } from 'zod'

/** A place on the pixel grid with fractions; whole numbers are upper left corners of pixels. */
export interface PolygonCorner {
  row: number
  col: number
}

const corner = z.number().min(-(2 ** 31)).max(2 ** 31)
/** A polygon that crossed a process boundary or came from a file; as many corners as one may draw by hand. */
export const polygonSchema = z.array(z.strictObject({ row: corner, col: corner })).min(3).max(1000)

/** Columns [from, to) of one row of pixels. */
export type Span = readonly [from: number, to: number]

/**
 * The pixels of a row whose centres lie inside a polygon, by the even-odd rule: what is enclosed twice is outside. A centre
 * on an edge belongs to the pixels below and right of it, so that polygons side by side share none. Spans ascend, none is
 * empty.
 */
export function polygonSpans(corners: readonly PolygonCorner[], row: number): Span[] {
  const middle = row + 0.5
  const crossings: number[] = []
  corners.forEach((p, index) => {
    const q = corners[(index + 1) % corners.length] as PolygonCorner
    if (p.row > middle !== q.row > middle) crossings.push(p.col + ((middle - p.row) / (q.row - p.row)) * (q.col - p.col))
  })
  crossings.sort((p, q) => p - q)
  const spans: Span[] = []
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [from, to] = [Math.ceil((crossings[i] as number) - 0.5), Math.ceil((crossings[i + 1] as number) - 0.5)]
    if (to > from) spans.push([from, to])
  }
  return spans
}
