import { StudioError } from '../common/errors'
import type { Image } from '../cube/image'
import { fillMissing } from './fill-missing'
import { fourier2d } from './fourier'

/** Displacement of one picture against another, in pixels, positive downwards and to the right. */
export interface BandShift {
  rows: number
  cols: number
  /** Weighted mean cosine of what the phases deviate from that displacement: 1 = the same picture, near 0 = unrelated. */
  confidence: number
}

/** Longest side that is looked at (the middle of larger pictures): enough for a few hundredths of a pixel. */
const LONGEST_SIDE = 256

/** Cycles a pixel. Chosen on seven real scenes of six sensors: these leave the least shift where there should be none. */
const HIGHEST_FREQUENCY = 0.45
const LOWEST_FREQUENCY = 0.12

const NEWTON_STEPS = 12

/**
 * How far the content of `b` lies from that of `a`: b(r, c) = a(r - rows, c - cols), pictures [rows, cols, 1] of equal
 * size. Phase correlation (Kuglin & Hines 1975) after a Hann window; the peak is refined by maximising the sum of
 * cosines over the middle frequencies (as the phase-plane fit of Stone et al. 2001, without unwrapping), first for the
 * whole pixels, then on the overlap for the rest. Missing pixels are filled smoothly first. Indifferent to gain, offset
 * and slow changes of contrast. Confidence is 0, and the displacement too, where a picture is constant.
 * Errors: 'invalid-argument' for unequal sizes or sides below 16. Cost: 50 ms for 256 x 256.
 */
export function measureBandShift(a: Image, b: Image): BandShift {
  if (a.rows !== b.rows || a.cols !== b.cols || a.bands !== 1 || b.bands !== 1 || Math.min(a.rows, a.cols) < 16) {
    throw new StudioError('invalid-argument', `The shift between ${a.rows} x ${a.cols} x ${a.bands} and ${b.rows} x ${b.cols} x ${b.bands} pixels can't be measured.`, {
      remedy: 'Compare two single bands of the same size, at least 16 pixels a side.',
    })
  }
  const first = fillMissing(a).filled
  const second = fillMissing(b).filled
  const coarse = correlate(first, second, 0, 0)
  const down = Math.round(coarse.rows)
  const right = Math.round(coarse.cols)
  const overlaps = Math.min(a.rows - Math.abs(down), a.cols - Math.abs(right)) >= 16
  if ((down === 0 && right === 0) || !overlaps) return coarse
  const rest = correlate(first, second, down, right)
  return { rows: down + rest.rows, cols: right + rest.cols, confidence: rest.confidence }
}

/** Shift that remains after `b` was moved back by whole pixels (down, right); only the overlap is looked at. */
function correlate(a: Image, b: Image, down: number, right: number): BandShift {
  const rows = Math.min(LONGEST_SIDE, a.rows - Math.abs(down))
  const cols = Math.min(LONGEST_SIDE, a.cols - Math.abs(right))
  const top = Math.floor((a.rows - Math.abs(down) - rows) / 2)
  const left = Math.floor((a.cols - Math.abs(right) - cols) / 2)
  const high = 2 ** Math.ceil(Math.log2(rows))
  const wide = 2 ** Math.ceil(Math.log2(cols))
  // Two real pictures in one complex transform: a is the real part, b the imaginary one.
  const real = windowed(a, top + Math.max(0, -down), left + Math.max(0, -right), rows, cols, high, wide)
  const imaginary = windowed(b, top + Math.max(0, down), left + Math.max(0, right), rows, cols, high, wide)
  if (real === null || imaginary === null) return { rows: 0, cols: 0, confidence: 0 }
  fourier2d(real, imaginary, high, wide)
  const terms = phaseTerms(real, imaginary, high, wide)
  return refine(terms, peakPixel(terms, high, wide))
}

/** Part of a picture, mean removed, under a Hann window, scaled to unit energy, padded with zeros; null when constant. */
function windowed(image: Image, top: number, left: number, rows: number, cols: number, high: number, wide: number): Float64Array | null {
  const hann = (size: number): Float64Array => Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / size))
  const [vertical, horizontal] = [hann(rows), hann(cols)]
  let [sum, weights] = [0, 0]
  const each = (visit: (value: number, weight: number, row: number, col: number) => void): void => {
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++) {
        visit(image.data[(top + row) * image.cols + left + col] as number, (vertical[row] as number) * (horizontal[col] as number), row, col)
      }
    }
  }
  each((value, weight) => { sum += value * weight; weights += weight })
  const mean = sum / weights
  let energy = 0
  each((value, weight) => { energy += ((value - mean) * weight) ** 2 })
  // Rounding of a constant picture must not pass for texture.
  if (!(energy > 1e-10 * mean * mean * weights)) return null
  const factor = 1 / Math.sqrt(energy)
  const out = new Float64Array(high * wide)
  each((value, weight, row, col) => { out[row * wide + col] = (value - mean) * weight * factor })
  return out
}

/** One frequency: (row, col) in cycles a pixel, the phase by which b lags a, and its weight. */
interface PhaseTerm {
  row: number
  col: number
  phase: number
  weight: number
}

/** Where position is best read off two bands: the contrast of surfaces differs at low, noise at high frequencies. */
function frequencyWeight(frequency: number): number {
  const low = 1 - Math.exp(-(frequency ** 2) / (2 * LOWEST_FREQUENCY ** 2))
  return low * Math.cos((Math.PI / 2) * (frequency / HIGHEST_FREQUENCY)) ** 2
}

/**
 * Half the plane of frequencies, with the phases of the cross spectrum. As in a Wiener filter the weight falls where
 * the product of the amplitudes sinks to the level of the discarded high frequencies.
 */
function phaseTerms(real: Float64Array, imaginary: Float64Array, high: number, wide: number): PhaseTerm[] {
  const terms: PhaseTerm[] = []
  const floor: number[] = []
  for (let u = 0; u < high; u++) {
    const row = (u < high / 2 ? u : u - high) / high
    for (let v = 0; v <= wide / 2; v++) {
      const col = v / wide
      if (v === 0 && row <= 0) continue
      const i = u * wide + v
      const j = ((high - u) % high) * wide + ((wide - v) % wide)
      // Spectra of the two real pictures from the transform of their complex sum.
      const ar = ((real[i] as number) + (real[j] as number)) / 2
      const ai = ((imaginary[i] as number) - (imaginary[j] as number)) / 2
      const br = ((imaginary[i] as number) + (imaginary[j] as number)) / 2
      const bi = ((real[j] as number) - (real[i] as number)) / 2
      const size = Math.hypot(ar, ai) * Math.hypot(br, bi)
      const frequency = Math.hypot(row, col)
      if (frequency > HIGHEST_FREQUENCY) {
        floor.push(size)
        continue
      }
      if (size === 0) continue
      terms.push({ row, col, phase: Math.atan2(bi * ar - br * ai, br * ar + bi * ai), weight: size })
    }
  }
  const noise = floor.sort((p, q) => p - q)[Math.floor(floor.length / 2)] ?? 0
  for (const term of terms) term.weight *= frequencyWeight(Math.hypot(term.row, term.col)) / (term.weight + noise)
  return terms
}

function peakPixel(terms: readonly PhaseTerm[], high: number, wide: number): { rows: number; cols: number } {
  const real = new Float64Array(high * wide)
  const imaginary = new Float64Array(high * wide)
  for (const { row, col, phase, weight } of terms) {
    const i = ((Math.round(row * high) + high) % high) * wide + Math.round(col * wide)
    // The conjugate, so that the forward transform serves as the inverse one.
    real[i] = weight * Math.cos(phase)
    imaginary[i] = -weight * Math.sin(phase)
  }
  fourier2d(real, imaginary, high, wide)
  let best = 0
  for (let i = 1; i < real.length; i++) if ((real[i] as number) > (real[best] as number)) best = i
  const row = Math.floor(best / wide)
  const col = best % wide
  return { rows: row < high / 2 ? row : row - high, cols: col < wide / 2 ? col : col - wide }
}

/** Newton's method on score(d) = sum of weight * cos(phase + 2 pi frequency . d), from the whole pixel on. */
function refine(terms: readonly PhaseTerm[], start: { rows: number; cols: number }): BandShift {
  let { rows, cols } = start
  let score = 0
  let total = 0
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let [gradientRow, gradientCol, rowRow, rowCol, colCol] = [0, 0, 0, 0, 0]
    score = 0
    total = 0
    for (const term of terms) {
      const u = 2 * Math.PI * term.row
      const v = 2 * Math.PI * term.col
      const angle = term.phase + u * rows + v * cols
      const along = term.weight * Math.cos(angle)
      const across = term.weight * Math.sin(angle)
      score += along
      total += term.weight
      gradientRow -= across * u
      gradientCol -= across * v
      rowRow += along * u * u
      rowCol += along * u * v
      colCol += along * v * v
    }
    const determinant = rowRow * colCol - rowCol * rowCol
    if (!(determinant > 0) || !(rowRow > 0)) break
    const moveRows = clamp((colCol * gradientRow - rowCol * gradientCol) / determinant, -0.5, 0.5)
    const moveCols = clamp((rowRow * gradientCol - rowCol * gradientRow) / determinant, -0.5, 0.5)
    rows = clamp(rows + moveRows, start.rows - 1, start.rows + 1)
    cols = clamp(cols + moveCols, start.cols - 1, start.cols + 1)
    if (Math.hypot(moveRows, moveCols) < 1e-4) break
  }
  return { rows, cols, confidence: total > 0 ? Math.max(0, score / total) : 0 }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
