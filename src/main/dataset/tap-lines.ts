import type { Image } from '../cube/image'

/** Lines as weighted sums of other lines, as interpolation makes them along an axis: for each of them the `count` source lines that make it and their weights. */
export interface TapLines {
  count: number
  lines: Int32Array
  weights: Float64Array
}

/** A matrix [rows, cols] that makes `rows` lines out of `cols`, row by row. */
export interface LineMatrix {
  rows: number
  cols: number
  data: Float32Array
}

/** The lines that `taps` makes of `size` as a matrix. */
export function asMatrix({ count, lines, weights }: TapLines, size: number): LineMatrix {
  const rows = lines.length / count
  const data = new Float32Array(rows * size)
  // edge lines may be wanted more than once
  for (const [tap, line] of lines.entries()) {
    const at = Math.floor(tap / count) * size + line
    data[at] = (data[at] as number) + (weights[tap] as number)
  }
  return { rows, cols: size, data }
}

/** The columns that `taps` makes, rows as they are. */
export function alongCols(taps: TapLines, { rows, cols, bands, data }: Image): Image {
  const made = taps.lines.length / taps.count
  const out = new Float32Array(rows * made * bands)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < made; col++) addTaps(out, (row * made + col) * bands, data, row * cols * bands, taps, col, bands)
  }
  return { rows, cols: made, bands, data: out }
}

/** The rows that `taps` makes, columns as they are. */
export function alongRows(taps: TapLines, { cols, bands, data }: Image): Image {
  const made = taps.lines.length / taps.count
  const length = cols * bands
  const out = new Float32Array(made * length)
  for (let row = 0; row < made; row++) addTaps(out, row * length, data, 0, taps, row, length)
  return { rows: made, cols, bands, data: out }
}

/**
 * Adds the weighted lines of `place`, `length` values each and `length` apart from `from` on, to `out` from `to` on: four
 * at a time, for every pass through `out` costs as much as two of them.
 */
function addTaps(out: Float32Array, to: number, data: Float32Array, from: number, { count, lines, weights }: TapLines, place: number, length: number): void {
  const end = (place + 1) * count
  let tap = place * count
  for (; tap + 4 <= end; tap += 4) {
    const a = from + (lines[tap] as number) * length
    const b = from + (lines[tap + 1] as number) * length
    const c = from + (lines[tap + 2] as number) * length
    const d = from + (lines[tap + 3] as number) * length
    const p = weights[tap] as number
    const q = weights[tap + 1] as number
    const r = weights[tap + 2] as number
    const s = weights[tap + 3] as number
    for (let i = 0; i < length; i++) {
      out[to + i] = (out[to + i] as number) + p * (data[a + i] as number) + q * (data[b + i] as number) + r * (data[c + i] as number) + s * (data[d + i] as number)
    }
  }
  for (; tap < end; tap++) {
    const a = from + (lines[tap] as number) * length
    const p = weights[tap] as number
    for (let i = 0; i < length; i++) out[to + i] = (out[to + i] as number) + p * (data[a + i] as number)
  }
}
