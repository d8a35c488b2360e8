import type { Image } from '../cube/image'

/** PSNR in dB, mean over bands; spectral angle in degrees, mean over pixels. */
export interface BlockScore {
  psnr: number
  samDegrees: number
}

/** As metrics/psnr in the standard convention, without windows or reports: cheap enough for every validation. */
export function meanBandPsnr(reference: Image, estimate: Image, peak: number): number {
  const { bands } = reference
  const squares = new Float64Array(bands)
  const counts = new Float64Array(bands)
  for (let i = 0; i < reference.data.length; i++) {
    const error = (reference.data[i] as number) - (estimate.data[i] as number)
    if (Number.isNaN(error)) continue
    squares[i % bands] = (squares[i % bands] as number) + error * error
    counts[i % bands] = (counts[i % bands] as number) + 1
  }
  let sum = 0
  let used = 0
  for (let band = 0; band < bands; band++) {
    if ((counts[band] as number) === 0 || (squares[band] as number) === 0) continue
    sum += 10 * Math.log10((peak * peak * (counts[band] as number)) / (squares[band] as number))
    used++
  }
  return used === 0 ? 0 : sum / used
}

/** Mean angle between the spectra, over pixels where both are known and longer than 1e-10. */
export function meanAngleDegrees(reference: Image, estimate: Image): number {
  const { bands } = reference
  let sum = 0
  let used = 0
  for (let start = 0; start < reference.data.length; start += bands) {
    let pq = 0, pp = 0, qq = 0
    for (let i = start; i < start + bands; i++) {
      const p = reference.data[i] as number
      const q = estimate.data[i] as number
      pq += p * q
      pp += p * p
      qq += q * q
    }
    const lengths = Math.sqrt(pp) * Math.sqrt(qq)
    if (!(lengths > 1e-20)) continue
    sum += Math.acos(Math.min(1, Math.max(-1, pq / lengths)))
    used++
  }
  return used === 0 ? 0 : ((sum / used) * 180) / Math.PI
}
