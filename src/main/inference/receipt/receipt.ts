import type { ComparedField } from '../../cube/compared-field'

/** How the result, reduced by the declared kernel, agrees with the input. All numbers are finite. */
export interface Consistency {
  /** dB, mean over the bands that are not exact, peak = the input's range; 200 where all are exact, null without valid values. */
  psnr: number | null
  /** The same for each band of the output. */
  bandPsnr: (number | null)[]
  /** Largest difference in stored values. */
  maxDifference: number
  /** Largest difference that the output's type excuses; null where the method is not exact and `threshold` alone decides. */
  allowedDifference: number | null
  /** The threshold for `psnr`, dB. */
  threshold: number
  /** Reduced values that are off because the output's type could not hold finer ones: they are left out of the rest. */
  clamped: number
  /** Output values that are missing where the input's pixel is not, or the other way round. */
  validityErrors: number
  passed: boolean
}

/** Measured shift of the reduced result against the input, in input pixels, positive downwards and to the right. */
export interface Alignment {
  rows: number
  cols: number
  passed: boolean
  threshold: number
}

/** What is known of an upscaled file once it was read again. */
export interface Receipt {
  consistency: Consistency
  /** null when it can't be measured: fewer than 32 pixels a side, or no contrast. */
  alignment: Alignment | null
  fields: ComparedField[]
  /** Of the file with the pixels. */
  sha256: string
  /** Input pixels that were compared: valid in at least one band. */
  pixels: number
}
