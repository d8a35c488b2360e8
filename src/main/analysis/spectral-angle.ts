/** Spectra no longer than this have no direction. */
const SHORTEST = 1e-10
const DEGREES = 180 / Math.PI

/**
 * Angle in degrees (Kruse et al. 1993) between the spectra of `count` bands that begin at `p[atP]` and `q[atQ]`, over the bands
 * that both have; NaN where those are fewer than two, or a spectrum is not longer than 1e-10.
 */
export function spectralAngle(p: ArrayLike<number>, atP: number, q: ArrayLike<number>, atQ: number, count: number): number {
  let [pp, qq, pq, used] = [0, 0, 0, 0]
  for (let band = 0; band < count; band++) {
    const a = p[atP + band] as number
    const b = q[atQ + band] as number
    if (Number.isNaN(a * b)) continue
    used++
    pp += a * a
    qq += b * b
    pq += a * b
  }
  const lengths = Math.sqrt(pp) * Math.sqrt(qq)
  if (used < 2 || !(Math.sqrt(pp) > SHORTEST) || !(Math.sqrt(qq) > SHORTEST)) return NaN
  return Math.acos(Math.min(1, Math.max(-1, pq / lengths))) * DEGREES
}
