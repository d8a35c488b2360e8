import type { Image } from '../cube/image'
import type { PrincipalComponents } from '../dataset/principal-components'

/**
 * What tells of the errors of a result without truth, one value for each low-resolution pixel: mean squares over the bands
 * and over the fine pixels inside, as shares of the scene's mean variance (so that scenes can be compared).
 */
export interface ErrorSigns {
  /** Spread of the network's turned copies; zero where there was one copy only. */
  spread: Float32Array
  /** Detail: how far the fine pixels are from the pixel that they divide. */
  detail: Float32Array
}

/**
 * The signs of a result: `sharp` [rows * scale, cols * scale, K] and the variance of each of its values (null = unknown),
 * beside the low-resolution pixels `lowRes` [rows, cols, K], all in standard deviations of the components.
 */
export function errorSigns(sharp: Image, variance: Float32Array | null, lowRes: Image, principal: PrincipalComponents): ErrorSigns {
  const { rows, cols, bands: count } = lowRes
  const scale = sharp.rows / rows
  // components are orthonormal: squares over the bands are the squares over the components
  const shares = Float64Array.from({ length: count }, (_, k) => (principal.deviations[k] as number) ** 2 / (principal.totalVariance * scale * scale))
  const signs: ErrorSigns = { spread: new Float32Array(rows * cols), detail: new Float32Array(rows * cols) }
  for (let row = 0; row < sharp.rows; row++) {
    const line = Math.floor(row / scale) * cols
    for (let col = 0; col < sharp.cols; col++) {
      const pixel = line + Math.floor(col / scale)
      const from = (row * sharp.cols + col) * count
      let [spread, detail] = [0, 0]
      for (let k = 0; k < count; k++) {
        const share = shares[k] as number
        const added = (sharp.data[from + k] as number) - (lowRes.data[pixel * count + k] as number)
        detail += share * added * added
        if (variance !== null) spread += share * (variance[from + k] as number)
      }
      signs.spread[pixel] = (signs.spread[pixel] as number) + spread
      signs.detail[pixel] = (signs.detail[pixel] as number) + detail
    }
  }
  return signs
}
