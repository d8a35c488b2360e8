import { definedMean, type BandRange, type PairSums } from './pair-sums'

/**
 * Peak signal-to-noise ratio in dB (Huynh-Thu & Ghanbari 2008 on its scope): 10 log10(peak^2 / MSE) of each band, mean
 * over the bands. Bands that are reproduced exactly would make the mean infinite and are left out; Infinity when all are
 * exact, NaN when no band has a valid value.
 */
export function meanBandPsnr(sums: PairSums, bands: readonly number[], peak: number): number {
  const errors = bands.map((band) => sums.meanSquaredError(band)).filter((error) => !Number.isNaN(error))
  if (errors.length === 0) return NaN
  const inexact = errors.filter((error) => error > 0)
  return inexact.length === 0 ? Infinity : definedMean(inexact.map((error) => decibels(peak, error)))
}

/** PSNR in dB of all values of a range of bands together, peak = the reference's maximum there (the paper's convention). */
export function groupPsnr(sums: PairSums, range: BandRange): number {
  const { squares, count } = sums.pooledError(range)
  return count === 0 ? NaN : decibels(sums.referenceRange(range).largest, squares / count)
}

/** Infinity for an error of 0. */
function decibels(peak: number, meanSquaredError: number): number {
  return 10 * Math.log10((peak * peak) / meanSquaredError)
}
