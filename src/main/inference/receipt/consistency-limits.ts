import { SAMPLE_TYPES, type SampleType } from '../../cube/sample-type'
import { peakOf, type ValueExtent } from '../../dataset/scene-range'

/**
 * What single precision makes of the exact projection, as a share of the largest value. Measured on float32 results of
 * six scenes at 2x, 3x, 4x and 8x with every method: MEASURED.
 */
const FLOAT_SHARE = 2e-6

/**
 * PSNR that a result must reach where nothing forces it to agree with the input, dB. Measured without the projection:
 * MEASURED.
 */
const INEXACT_DB = 30

/** The rounding of integers: half a step, since the mean of numbers that are half a step off is at most that far off. */
const ROUNDING = 0.5

/** A value that rounds to nodata is moved one step further. */
const BESIDE_NODATA = 1

export interface ConsistencyLimits {
  /** Largest difference in stored values; null = `threshold` alone decides. */
  allowedDifference: number | null
  /** Least PSNR in dB. */
  threshold: number
}

export interface ConsistencyCase {
  /** Block means were made equal to the input before rounding. */
  exact: boolean
  /** Of the file. */
  sampleType: SampleType
  hasNodata: boolean
  /** Of the input. */
  extent: ValueExtent
}

/**
 * How far the reduced result may be from the input. An exact method may differ by what the file's type and single
 * precision cost and no more, in every value; then PSNR can't be below that difference either. Another method must reach
 * a PSNR, lowered by the rounding where the scene has few steps.
 */
export function consistencyLimits({ exact, sampleType, hasNodata, extent }: ConsistencyCase): ConsistencyLimits {
  const peak = peakOf(extent)
  const largest = Math.max(Math.abs(extent.smallest), Math.abs(extent.largest))
  const precision = Number.isFinite(largest) ? FLOAT_SHARE * largest : 0
  const rounding = SAMPLE_TYPES[sampleType].integer ? ROUNDING + (hasNodata ? BESIDE_NODATA : 0) : 0
  const allowed = precision + rounding
  if (exact) return { allowedDifference: allowed, threshold: decibels(peak, allowed) }
  return { allowedDifference: null, threshold: decibels(peak, peak * 10 ** (-INEXACT_DB / 20) + allowed) }
}

/** PSNR where every value is off by `error`. */
function decibels(peak: number, error: number): number {
  return error > 0 ? 20 * Math.log10(peak / error) : EXACT_DB
}

/** What stands for the infinite PSNR of equal values. */
export const EXACT_DB = 200
