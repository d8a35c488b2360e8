import { bandsOf, PairSums } from '../../metrics/pair-sums'
import { meanBandPsnr } from '../../metrics/psnr'
import { EXACT_DB, type ConsistencyLimits } from './consistency-limits'
import type { Consistency } from './receipt'
import { AT_LOWER_END, AT_UPPER_END, type ReducedPiece } from './reduced-piece'

/** Gathers, piece by piece, how the reduced result differs from the input. */
export class ConsistencySums {
  /** Input pixels that are valid in at least one band, in both. */
  pixels = 0
  private readonly sums: PairSums
  private maxDifference = 0
  private clamped = 0
  private validityErrors = 0

  constructor(private readonly bands: number, private readonly scale: number, private readonly peak: number, private readonly limits: ConsistencyLimits) {
    this.sums = new PairSums(bands)
  }

  /**
   * Adds a piece beside the same pixels of the input, [rows, cols, bands], NaN = no data. A value that is off because
   * finer ones were clamped to the type's range becomes NaN in the piece.
   */
  add(input: Float32Array, { reduced, ends, missing }: ReducedPiece): void {
    const { bands, scale } = this
    const allowed = this.limits.allowedDifference ?? Infinity
    for (let start = 0; start < input.length; start += bands) {
      let compared = false
      for (let i = start; i < start + bands; i++) {
        const isMissing = Number.isNaN(input[i])
        // exact: a fine pixel is missing where, and only where, the input's pixel is
        this.validityErrors += isMissing ? scale * scale - (missing[i] as number) : (missing[i] as number)
        const difference = (reduced[i] as number) - (input[i] as number)
        if (Number.isNaN(difference)) continue
        compared = true
        // clamping at the lower end makes a mean too large, at the upper end too small: any other difference is a fault
        const excuse = difference > 0 ? AT_LOWER_END : AT_UPPER_END
        if (Math.abs(difference) > allowed && ((ends[i] as number) & excuse) !== 0) {
          this.clamped++
          reduced[i] = NaN
        } else if (Math.abs(difference) > this.maxDifference) {
          this.maxDifference = Math.abs(difference)
        }
      }
      if (compared) this.pixels++
    }
    this.sums.add(input, reduced)
  }

  get result(): Consistency {
    const { sums, bands, peak, limits, maxDifference, clamped, validityErrors } = this
    const every = bandsOf({ first: 0, end: bands })
    const psnr = storable(meanBandPsnr(sums, every, peak))
    const close = psnr === null || psnr >= limits.threshold
    const passed = validityErrors === 0 && (limits.allowedDifference === null ? close : maxDifference <= limits.allowedDifference)
    return {
      psnr, bandPsnr: every.map((band) => storable(meanBandPsnr(sums, [band], peak))),
      maxDifference, allowedDifference: limits.allowedDifference, threshold: limits.threshold, clamped, validityErrors, passed,
    }
  }
}

function storable(psnr: number): number | null {
  return Number.isNaN(psnr) ? null : Math.min(psnr, EXACT_DB)
}
