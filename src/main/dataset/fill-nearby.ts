import type { Image } from '../cube/image'

/** How far, in pixels, a gap is filled from valid pixels. */
export const FILL_REACH = 6

export interface Filled {
  /** Valid values untouched; NaN only where `beyond` is. */
  filled: Image
  /** [rows * cols], 1 where no band was missing. */
  valid: Uint8Array
}

/**
 * Fills missing values band by band with the mean of the valid neighbours within `FILL_REACH` pixels, weighted by
 * 1 / distance^2, and with `beyond` where there are none (0 = the mean of standardised data). The reach is finite so
 * that a tile with a halo fills its gaps as the whole scene would. Cost: (2 reach + 1)^2 operations a missing value.
 */
export function fillNearby(image: Image, beyond: number): Filled {
  const { rows, cols, bands, data } = image
  const filled = data.slice()
  const valid = new Uint8Array(rows * cols).fill(1)
  const sums = new Float64Array(bands)
  const weights = new Float64Array(bands)
  for (let pixel = 0; pixel < rows * cols; pixel++) {
    const at = pixel * bands
    let missing = false
    for (let band = 0; band < bands && !missing; band++) missing = Number.isNaN(data[at + band])
    if (!missing) continue
    valid[pixel] = 0
    sums.fill(0)
    weights.fill(0)
    gather(image, Math.floor(pixel / cols), pixel % cols, sums, weights)
    for (let band = 0; band < bands; band++) {
      if (!Number.isNaN(data[at + band])) continue
      const weight = weights[band] as number
      filled[at + band] = weight > 0 ? (sums[band] as number) / weight : beyond
    }
  }
  return { filled: { rows, cols, bands, data: filled }, valid }
}

function gather({ rows, cols, bands, data }: Image, row: number, col: number, sums: Float64Array, weights: Float64Array): void {
  for (let r = Math.max(0, row - FILL_REACH); r <= Math.min(rows - 1, row + FILL_REACH); r++) {
    for (let c = Math.max(0, col - FILL_REACH); c <= Math.min(cols - 1, col + FILL_REACH); c++) {
      const distance = (r - row) ** 2 + (c - col) ** 2
      if (distance === 0) continue
      const from = (r * cols + c) * bands
      for (let band = 0; band < bands; band++) {
        const value = data[from + band] as number
        if (Number.isNaN(value)) continue
        sums[band] = (sums[band] as number) + value / distance
        weights[band] = (weights[band] as number) + 1 / distance
      }
    }
  }
}
