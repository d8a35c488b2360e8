import type { SpectrumAxis } from '../viewer/spectrum-axis'

/**
 * A spectrum of a layer (stored values of its bands, which are `sceneBands` of the scene) in physical units along the scene's
 * axis; NaN where a band is bad, not held, or has no data. To a difference and to a spread the offset does not apply; a
 * spread is never negative.
 */
export function alongScene(stored: ArrayLike<number>, sceneBands: readonly number[], { order, bad, gain, offset }: SpectrumAxis, meaning: 'value' | 'difference' | 'spread' = 'value'): Float64Array {
  const place = new Map(sceneBands.map((band, index) => [band, index]))
  return Float64Array.from(order, (band) => {
    const index = place.get(band)
    if (index === undefined || bad[band] === true) return NaN
    const scaled = (stored[index] as number) * (gain?.[band] ?? 1)
    switch (meaning) {
      case 'value': return scaled + (offset?.[band] ?? 0)
      case 'difference': return scaled
      case 'spread': return Math.abs(scaled)
    }
  })
}
