import type { BandRange } from './pair-sums'

/** Spectra no longer than this have no direction. */
const SHORTEST = 1e-10

/**
 * Spectral angle (Kruse et al. 1993), summed pixel by pixel so that a cube can be fed in strips. Pixels with NaN in
 * either spectrum, or a spectrum not longer than 1e-10, are left out.
 */
export class SpectralAngleSum {
  private sum = 0
  private count = 0

  /** The angle is that between the spectra of bands [first, end). */
  constructor(private readonly bands: number, private readonly range: BandRange) {}

  /** Adds pixels [pixels, bands] of the two cubes. */
  add(reference: Float32Array, estimate: Float32Array): void {
    const { first, end } = this.range
    for (let start = 0; start < reference.length; start += this.bands) {
      let [pp, qq, pq] = [0, 0, 0]
      for (let i = start + first; i < start + end; i++) {
        const p = reference[i] as number
        const q = estimate[i] as number
        pp += p * p
        qq += q * q
        pq += p * q
      }
      const lengthP = Math.sqrt(pp)
      const lengthQ = Math.sqrt(qq)
      if (Number.isNaN(pq) || !(lengthP > SHORTEST) || !(lengthQ > SHORTEST)) continue
      this.sum += Math.acos(Math.min(1, Math.max(-1, pq / (lengthP * lengthQ))))
      this.count++
    }
  }

  /** Mean angle in degrees; NaN when no pixel counted. */
  get degrees(): number {
    return ((this.sum / this.count) * 180) / Math.PI
  }
}
