import type { Image } from '../cube/image'
import { scaleWindow, wholeWindow, type PixelWindow } from '../cube/pixel-window'

export type ResampleMethod = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos3'

interface Kernel1 {
  radius: number
  weight: (distance: number) => number
}

const KERNELS: Record<ResampleMethod, Kernel1> = {
  nearest: { radius: 0.5, weight: () => 1 },
  bilinear: { radius: 1, weight: (d) => Math.max(0, 1 - Math.abs(d)) },
  // Keys 1981, a = -0.5
  bicubic: {
    radius: 2,
    weight: (d) => {
      const x = Math.abs(d)
      if (x <= 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1
      return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0
    },
  },
  lanczos3: {
    radius: 3,
    weight: (d) => {
      const x = Math.PI * Math.abs(d)
      if (x === 0) return 1
      return Math.abs(d) < 3 ? (3 * Math.sin(x) * Math.sin(x / 3)) / (x * x) : 0
    },
  },
}

/** Weights of the source pixels around each output phase; `first` is relative to floor(output / scale). */
interface Taps {
  first: number
  weights: number[]
}

function phaseTaps(scale: number, { radius, weight }: Kernel1): Taps[] {
  return Array.from({ length: scale }, (_, phase) => {
    const centre = (phase + 0.5) / scale - 0.5
    const first = Math.ceil(centre - radius)
    const raw: number[] = []
    for (let at = first; at < centre + radius; at++) raw.push(weight(at - centre))
    const sum = raw.reduce((total, value) => total + value, 0)
    return { first, weights: raw.map((value) => value / sum) }
  })
}

/**
 * `image` enlarged by an integer `scale`, pixel centres aligned, edge pixels repeated. Missing values are left out of the
 * weighted mean; a result is NaN exactly where its nearest source pixel is. Cost: 2 x 4 operations a value for bicubic.
 * Only `part` (output pixels) is computed; absent = all.
 */
export function upsample(image: Image, scale: number, method: ResampleMethod, part: PixelWindow = scaleWindow(wholeWindow(image), scale)): Image {
  const taps = phaseTaps(scale, KERNELS[method])
  const { cols, bands } = image
  const enlarge = (source: Image): Image => alongRows(alongCols(source, scale, taps, part), scale, taps, part)
  if (!hasMissing(image.data)) return enlarge(image)
  const enlarged = enlarge(zeroed(image))
  const weights = enlarge(validity(image))
  for (let row = 0; row < part.rows; row++) {
    for (let col = 0; col < part.cols; col++) {
      const nearest = (Math.floor((part.row + row) / scale) * cols + Math.floor((part.col + col) / scale)) * bands
      const at = (row * part.cols + col) * bands
      for (let band = 0; band < bands; band++) {
        const weight = weights.data[at + band] as number
        enlarged.data[at + band] = Number.isNaN(image.data[nearest + band]) ? NaN
          : weight > 0.25 ? (enlarged.data[at + band] as number) / weight : (image.data[nearest + band] as number)
      }
    }
  }
  return enlarged
}

/**
 * Block means of the bicubic enlargement, computed on the coarse grid: the same as `degrade(upsample(image, scale,
 * 'bicubic'), scale)` at a fraction of its cost. `image` has no missing values.
 */
export function bicubicRoundTrip(image: Image, scale: number): Image {
  const combined = roundTripTaps(scale)
  return alongRows(alongCols(image, 1, combined, wholeWindow(image)), 1, combined, wholeWindow(image))
}

function roundTripTaps(scale: number): Taps[] {
  const taps = phaseTaps(scale, KERNELS.bicubic)
  const first = Math.min(...taps.map((phase) => phase.first))
  const end = Math.max(...taps.map((phase) => phase.first + phase.weights.length))
  const weights = new Array<number>(end - first).fill(0)
  for (const phase of taps) phase.weights.forEach((weight, i) => (weights[phase.first - first + i] = (weights[phase.first - first + i] as number) + weight / scale))
  return [{ first, weights }]
}

/** A matrix [rows, cols] that makes `rows` lines out of `cols`, row by row. */
export interface LineMatrix {
  rows: number
  cols: number
  data: Float32Array
}

/** Bicubic enlargement of `size` lines as a matrix: lines `first` to `first + length` of the enlarged ones. As `upsample` on one axis. */
export function bicubicMatrix(size: number, scale: number, first: number, length: number): LineMatrix {
  return asMatrix(tapLines(first, length, size, scale, phaseTaps(scale, KERNELS.bicubic)), size)
}

/** `bicubicRoundTrip` of `size` lines on one axis as a matrix [size, size]. */
export function roundTripMatrix(size: number, scale: number): LineMatrix {
  return asMatrix(tapLines(0, size, size, 1, roundTripTaps(scale)), size)
}

function asMatrix({ count, lines, weights }: TapLines, size: number): LineMatrix {
  const rows = lines.length / count
  const data = new Float32Array(rows * size)
  // edge lines may be wanted more than once
  for (const [tap, line] of lines.entries()) {
    const at = Math.floor(tap / count) * size + line
    data[at] = (data[at] as number) + (weights[tap] as number)
  }
  return { rows, cols: size, data }
}

/** Whether any value is NaN. */
export function hasMissing(data: Float32Array): boolean {
  for (const value of data) if (Number.isNaN(value)) return true
  return false
}

function zeroed(image: Image): Image {
  return { ...image, data: image.data.map((value) => (Number.isNaN(value) ? 0 : value)) }
}

function validity(image: Image): Image {
  return { ...image, data: image.data.map((value) => (Number.isNaN(value) ? 0 : 1)) }
}

/** Columns `part.col` on of the enlarged image, rows as they are. */
function alongCols({ rows, cols, bands, data }: Image, scale: number, taps: readonly Taps[], part: Pick<PixelWindow, 'col' | 'cols'>): Image {
  const out = new Float32Array(rows * part.cols * bands)
  const lines = tapLines(part.col, part.cols, cols, scale, taps)
  for (let row = 0; row < rows; row++) {
    for (let fine = 0; fine < part.cols; fine++) addTaps(out, (row * part.cols + fine) * bands, data, row * cols * bands, lines, fine, bands)
  }
  return { rows, cols: part.cols, bands, data: out }
}

/** Rows `part.row` on of the enlarged image, columns as they are. */
function alongRows({ rows, cols, bands, data }: Image, scale: number, taps: readonly Taps[], part: Pick<PixelWindow, 'row' | 'rows'>): Image {
  const length = cols * bands
  const out = new Float32Array(part.rows * length)
  const lines = tapLines(part.row, part.rows, rows, scale, taps)
  for (let fine = 0; fine < part.rows; fine++) addTaps(out, fine * length, data, 0, lines, fine, length)
  return { rows: part.rows, cols, bands, data: out }
}

/** For each of a row of output places the `count` source lines that make it and their weights. */
interface TapLines {
  count: number
  lines: Int32Array
  weights: Float64Array
}

/** Places `first` to `first + length` of the enlargement of `size` lines; lines beyond the edge are those at it. */
function tapLines(first: number, length: number, size: number, scale: number, taps: readonly Taps[]): TapLines {
  const count = Math.max(...taps.map(({ weights }) => weights.length))
  const lines = new Int32Array(length * count)
  const weights = new Float64Array(length * count)
  for (let place = 0; place < length; place++) {
    const phase = taps[(first + place) % scale] as Taps
    for (let tap = 0; tap < count; tap++) {
      lines[place * count + tap] = Math.min(size - 1, Math.max(0, Math.floor((first + place) / scale) + phase.first + tap))
      weights[place * count + tap] = phase.weights[tap] ?? 0
    }
  }
  return { count, lines, weights }
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
