import { bandsOf, definedMean, type BandRange, type PairSums } from './pair-sums'

/** Root mean squared error of all values together, in units of `peak` (dimensionless). NaN without a valid value. */
export function scaledRmse(sums: PairSums, range: BandRange, peak: number): number {
  const { squares, count } = sums.pooledError(range)
  return Math.sqrt(squares / count) / peak
}

/** Mean of the bands' root mean squared errors, in units of the reference's maximum in the range (the paper's convention). */
export function groupRmse(sums: PairSums, range: BandRange): number {
  return definedMean(bandsOf(range).map((band) => Math.sqrt(sums.meanSquaredError(band)))) / sums.referenceRange(range).largest
}
