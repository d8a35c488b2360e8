import type { Image } from '../cube/image'
import { PairSums, varyingBands } from '../metrics/pair-sums'
import { meanBandPsnr } from '../metrics/psnr'
import { SpectralAngleSum } from '../metrics/sam'

/** PSNR in dB, mean over bands that vary; spectral angle in degrees, mean over pixels. */
export interface BlockScore {
  psnr: number
  samDegrees: number
}

/** Two of the six indices, standard convention: cheap enough for every validation. */
export function scoreBlock(reference: Image, estimate: Image, peak: number): BlockScore {
  const range = { first: 0, end: reference.bands }
  const sums = new PairSums(reference.bands)
  const angle = new SpectralAngleSum(reference.bands, range)
  sums.add(reference.data, estimate.data)
  angle.add(reference.data, estimate.data)
  return { psnr: meanBandPsnr(sums, varyingBands(sums, range), peak), samDegrees: angle.degrees }
}
