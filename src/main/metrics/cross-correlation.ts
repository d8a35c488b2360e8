import { bandsOf, definedMean, type BandRange, type PairSums } from './pair-sums'

/**
 * Pearson's correlation of each band, mean over the bands (as in Loncan et al. 2015). A band that is constant in either
 * cube has none and is left out; NaN when none remains.
 */
export function meanBandCorrelation(sums: PairSums, range: BandRange): number {
  return definedMean(bandsOf(range).map((band) => pooledCorrelation(sums, { first: band, end: band + 1 })))
}

/** One Pearson correlation over all values of a range of bands (the paper's convention); NaN for constant values. */
export function pooledCorrelation(sums: PairSums, range: BandRange): number {
  const { reference, estimate, product } = sums.moments(range)
  return reference > 0 && estimate > 0 ? product / Math.sqrt(reference * estimate) : NaN
}
