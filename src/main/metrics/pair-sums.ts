/** Bands [first, end) over which an index is taken. */
export interface BandRange {
  first: number
  end: number
}

/**
 * Everything about two cubes that PSNR, RMSE, ERGAS and cross-correlation need, as sums band by band, so that a cube
 * of any size can be fed in strips. Values that are NaN in either cube are left out. Sums are taken of the differences
 * from the band's first value, in float64, so that a large offset costs no accuracy.
 */
export class PairSums {
  readonly counts: Float64Array
  readonly squaredErrors: Float64Array
  /** Largest and smallest reference value of each band that was counted; -Infinity and Infinity without any. */
  readonly largest: Float64Array
  readonly smallest: Float64Array
  private readonly origin: Float64Array
  private readonly reference: Float64Array
  private readonly estimate: Float64Array
  private readonly referenceSquares: Float64Array
  private readonly estimateSquares: Float64Array
  private readonly products: Float64Array

  constructor(readonly bands: number) {
    const zeros = (): Float64Array => new Float64Array(bands)
    this.counts = zeros()
    this.squaredErrors = zeros()
    this.largest = zeros().fill(-Infinity)
    this.smallest = zeros().fill(Infinity)
    this.origin = zeros()
    this.reference = zeros()
    this.estimate = zeros()
    this.referenceSquares = zeros()
    this.estimateSquares = zeros()
    this.products = zeros()
  }

  /** Adds pixels [pixels, bands] of the two cubes. */
  add(reference: Float32Array, estimate: Float32Array): void {
    const { bands } = this
    for (let i = 0, band = 0; i < reference.length; i++, band = band + 1 === bands ? 0 : band + 1) {
      const p = reference[i] as number
      const q = estimate[i] as number
      if (Number.isNaN(p) || Number.isNaN(q)) continue
      if (this.counts[band] === 0) this.origin[band] = p
      const origin = this.origin[band] as number
      const x = p - origin
      const y = q - origin
      this.counts[band] = (this.counts[band] as number) + 1
      this.squaredErrors[band] = (this.squaredErrors[band] as number) + (p - q) * (p - q)
      this.reference[band] = (this.reference[band] as number) + x
      this.estimate[band] = (this.estimate[band] as number) + y
      this.referenceSquares[band] = (this.referenceSquares[band] as number) + x * x
      this.estimateSquares[band] = (this.estimateSquares[band] as number) + y * y
      this.products[band] = (this.products[band] as number) + x * y
      if (p > (this.largest[band] as number)) this.largest[band] = p
      if (p < (this.smallest[band] as number)) this.smallest[band] = p
    }
  }

  /** Mean squared error of a band; NaN when it has no valid value. */
  meanSquaredError(band: number): number {
    return (this.squaredErrors[band] as number) / (this.counts[band] as number)
  }

  /** Mean of the reference in a band; NaN when it has no valid value. */
  referenceMean(band: number): number {
    return (this.origin[band] as number) + (this.reference[band] as number) / (this.counts[band] as number)
  }

  /** Sum of squared errors and number of values over a range of bands. */
  pooledError({ first, end }: BandRange): { squares: number; count: number } {
    let [squares, count] = [0, 0]
    for (let band = first; band < end; band++) {
      squares += this.squaredErrors[band] as number
      count += this.counts[band] as number
    }
    return { squares, count }
  }

  /** Largest and smallest reference value over a range of bands. */
  referenceRange({ first, end }: BandRange): { smallest: number; largest: number } {
    return { smallest: Math.min(...this.smallest.subarray(first, end)), largest: Math.max(...this.largest.subarray(first, end)) }
  }

  /** Central second moments (sums, not means) over all values of a range of bands together. */
  moments({ first, end }: BandRange): { reference: number; estimate: number; product: number } {
    let count = 0
    let [meanX, meanY] = [0, 0]
    let [xx, yy, xy] = [0, 0, 0]
    for (let band = first; band < end; band++) {
      const n = this.counts[band] as number
      if (n === 0) continue
      const [x, y, origin] = [this.reference[band] as number, this.estimate[band] as number, this.origin[band] as number]
      // Chan, Golub & LeVeque 1983: moments of a union from those of its parts.
      const dx = origin + x / n - meanX
      const dy = origin + y / n - meanY
      const share = (count * n) / (count + n)
      xx += Math.max(0, (this.referenceSquares[band] as number) - (x * x) / n) + dx * dx * share
      yy += Math.max(0, (this.estimateSquares[band] as number) - (y * y) / n) + dy * dy * share
      xy += (this.products[band] as number) - (x * y) / n + dx * dy * share
      count += n
      meanX += (dx * n) / count
      meanY += (dy * n) / count
    }
    return { reference: xx, estimate: yy, product: xy }
  }
}

/** Mean of the values that are not NaN; NaN when there is none. */
export function definedMean(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value))
  return defined.length === 0 ? NaN : defined.reduce((sum, value) => sum + value, 0) / defined.length
}

/** The bands of a range, one by one. */
export function bandsOf({ first, end }: BandRange): number[] {
  return Array.from({ length: end - first }, (_, i) => first + i)
}

/**
 * The bands of a range to judge a picture by: those whose reference varies; all when none does. An empty band (absorption
 * bands often are) has no detail, but a small error there would be a high PSNR, and lift the mean of a method that
 * does not reproduce it above that of one that does.
 */
export function varyingBands(sums: PairSums, range: BandRange): number[] {
  const bands = bandsOf(range)
  const varying = bands.filter((band) => (sums.largest[band] as number) > (sums.smallest[band] as number))
  return varying.length === 0 ? bands : varying
}
