import { bandsOf, definedMean, type BandRange, type PairSums } from './pair-sums'

/**
 * Relative dimensionless global error (Wald 2000): 100 / scale * sqrt(mean over bands of (RMSE / mean)^2), the mean being
 * the reference's. Bands whose mean is 0 have no relative error and are left out; NaN when none remains. Values of
 * different scales must not be compared: the factor 1 / scale makes coarser problems look easier.
 */
export function ergas(sums: PairSums, range: BandRange, scale: number): number {
  const relative = bandsOf(range).map((band) => {
    const mean = sums.referenceMean(band)
    return mean === 0 ? NaN : sums.meanSquaredError(band) / (mean * mean)
  })
  return (100 / scale) * Math.sqrt(definedMean(relative))
}
