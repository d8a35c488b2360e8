/**
 * Contrast that coarse pixels keep of a wave of half a cycle a pixel (modulation transfer function at the Nyquist frequency):
 * that of their mean, 2/π, times that of the Gaussian before it (`sigma` in fine pixels, `scale` of them to a coarse one; null = none).
 */
export function mtfAtNyquist(sigma: number | null, scale: number): number {
  const spread = (Math.PI * (sigma ?? 0)) / scale
  return (2 / Math.PI) * Math.exp(-(spread * spread) / 2)
}
