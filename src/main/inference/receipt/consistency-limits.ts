import { SAMPLE_TYPES, type SampleType } from '../../cube/sample-type'
import type { Kernel } from '../../dataset/degrade'
import { peakOf, type ValueExtent } from '../../dataset/scene-range'

/** How far a method agrees with its input by itself: block means made equal, back-projected, or only learnt or interpolated. */
export type Agreement = 'exact' | 'back-projected' | 'free'

/**
 * What single precision makes of exact block means, as a share of the largest value. Measured on float32 results of six
 * scenes of five sensors at 2x, 3x, 4x and 8x: at most 2e-7; ten times as much leaves room for larger scenes.
 */
const FLOAT_SHARE = 2e-6

/**
 * PSNR that a result must reach where nothing forces it to agree, dB. Measured on the same scenes: back-projection leaves
 * 70 to 90 dB for block means and 38 to 52 for a Gaussian of half the scale; bicubic alone 36 to 48 and 27 to 39. For the
 * Gaussian that was all six scenes (DLR HySU, Jasper Ridge, EnMAP, HyMap, Pavia, MUUFL Gulfport) at 2x and 3x; on eight
 * scenes at 4x and 8x it leaves 45 to 60 dB, bicubic alone 33 to 52 (docs/accuracy-receipt.md). A
 * picture that is shifted or broken here and there may still reach these, so alignment is measured apart.
 */
const LEAST_DB: Record<Exclude<Agreement, 'exact'>, Record<Kernel['kind'], number>> = {
  'back-projected': { block: 60, gaussian: 33 },
  free: { block: 25, gaussian: 23 },
}

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
  agreement: Agreement
  kernel: Kernel
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
export function consistencyLimits({ agreement, kernel, sampleType, hasNodata, extent }: ConsistencyCase): ConsistencyLimits {
  const peak = peakOf(extent)
  const largest = Math.max(Math.abs(extent.smallest), Math.abs(extent.largest))
  const precision = Number.isFinite(largest) ? FLOAT_SHARE * largest : 0
  const rounding = SAMPLE_TYPES[sampleType].integer ? ROUNDING + (hasNodata ? BESIDE_NODATA : 0) : 0
  const allowed = precision + rounding
  if (agreement === 'exact') return { allowedDifference: allowed, threshold: decibels(peak, allowed) }
  return { allowedDifference: null, threshold: decibels(peak, peak * 10 ** (-LEAST_DB[agreement][kernel.kind] / 20) + allowed) }
}

/** PSNR where every value is off by `error`. */
function decibels(peak: number, error: number): number {
  return error > 0 ? 20 * Math.log10(peak / error) : EXACT_DB
}

/** What stands for the infinite PSNR of equal values. */
export const EXACT_DB = 200
