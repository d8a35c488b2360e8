/** How local statistics are taken: by weights along one axis of a square window, and with or without Bessel's correction. */
export interface SsimWindow {
  weights: readonly number[]
  /** Factor on variances and covariance. */
  correction: number
}

/** Wang et al. 2004: Gaussian of sigma 1.5, 11 x 11. */
export function gaussianWindow(): SsimWindow {
  const raw = Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * 1.5 ** 2)))
  const sum = raw.reduce((total, weight) => total + weight, 0)
  return { weights: raw.map((weight) => weight / sum), correction: 1 }
}

/** The paper's convention: uniform 7 x 7 with sample (co)variance. */
export function uniformWindow(): SsimWindow {
  return { weights: new Array<number>(7).fill(1 / 7), correction: 49 / 48 }
}

/** Signals that are averaged over a window: x, y, x^2, y^2, xy, and how many values are missing. */
const SIGNALS = 6

/**
 * Structural similarity (Wang, Bovik, Sheikh & Simoncelli 2004; K1 0.01, K2 0.03), band by band, fed row by row so that a
 * cube of any size passes. Only windows that lie inside the picture and touch no missing value count. `ranges` is the
 * dynamic range L of each band; where L is 0 (a constant reference) a window counts 1 if it is reproduced, else 0.
 * Memory: 6 x window side x cols x bands float64. Cost: 12 x window side operations a value.
 */
export class SsimSum {
  private readonly sums: Float64Array
  private readonly counts: Float64Array
  /** Averages along cols of the last rows: [window rows, SIGNALS, width * bands]. */
  private readonly ring: Float64Array[][]
  private readonly width: number
  private rows = 0

  constructor(private readonly cols: number, private readonly bands: number, private readonly ranges: ArrayLike<number>, private readonly window: SsimWindow) {
    this.width = Math.max(0, cols - window.weights.length + 1)
    this.sums = new Float64Array(bands)
    this.counts = new Float64Array(bands)
    this.ring = window.weights.map(() => Array.from({ length: SIGNALS }, () => new Float64Array(this.width * bands)))
  }

  /** Adds the next rows [rows, cols, bands] of the two cubes. */
  add(reference: Float32Array, estimate: Float32Array): void {
    const line = this.cols * this.bands
    const side = this.window.weights.length
    for (let start = 0; start + line <= reference.length; start += line) {
      this.averageAlongCols(reference.subarray(start, start + line), estimate.subarray(start, start + line), this.ring[this.rows % side] as Float64Array[])
      this.rows++
      if (this.rows >= side) this.addWindows()
    }
  }

  /** Mean over the windows of each band, NaN for bands without any. */
  get perBand(): number[] {
    return Array.from(this.sums, (sum, band) => sum / (this.counts[band] as number))
  }

  private averageAlongCols(reference: Float32Array, estimate: Float32Array, into: Float64Array[]): void {
    const [x, y, xx, yy, xy, missing] = into as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
    const { bands } = this
    for (const signal of into) signal.fill(0)
    this.window.weights.forEach((weight, tap) => {
      for (let i = 0, from = tap * bands; i < x.length; i++, from++) {
        const p = reference[from] as number
        const q = estimate[from] as number
        if (Number.isNaN(p) || Number.isNaN(q)) {
          missing[i] = 1
          continue
        }
        x[i] = (x[i] as number) + weight * p
        y[i] = (y[i] as number) + weight * q
        xx[i] = (xx[i] as number) + weight * p * p
        yy[i] = (yy[i] as number) + weight * q * q
        xy[i] = (xy[i] as number) + weight * p * q
      }
    })
  }

  private addWindows(): void {
    const { weights, correction } = this.window
    const side = weights.length
    const lines = weights.map((_, tap) => this.ring[(this.rows + tap) % side] as Float64Array[])
    const at = (signal: number, i: number): number => {
      let sum = 0
      for (let tap = 0; tap < side; tap++) {
        const line = (lines[tap] as Float64Array[])[signal] as Float64Array
        sum += (weights[tap] as number) * (line[i] as number)
      }
      return sum
    }
    for (let i = 0; i < this.width * this.bands; i++) {
      if (at(5, i) > 0) continue
      const band = i % this.bands
      const x = at(0, i)
      const y = at(1, i)
      const varianceX = correction * (at(2, i) - x * x)
      const varianceY = correction * (at(3, i) - y * y)
      const covariance = correction * (at(4, i) - x * y)
      this.sums[band] = (this.sums[band] as number) + similarity(x, y, varianceX, varianceY, covariance, this.ranges[band] as number)
      this.counts[band] = (this.counts[band] as number) + 1
    }
  }
}

function similarity(x: number, y: number, varianceX: number, varianceY: number, covariance: number, range: number): number {
  if (!(range > 0)) return x === y && Math.abs(varianceY) <= 1e-12 * y * y ? 1 : 0
  const c1 = (0.01 * range) ** 2
  const c2 = (0.03 * range) ** 2
  return ((2 * x * y + c1) * (2 * covariance + c2)) / ((x * x + y * y + c1) * (varianceX + varianceY + c2))
}
