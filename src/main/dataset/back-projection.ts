import type { Image } from '../cube/image'
import { degrade, type Kernel } from './degrade'
import { hasMissing, upsample } from './resample'
import { roundTrip } from './round-trip'

/**
 * Iterative back-projection (Irani & Peleg 1991): SR += bicubic(LR - degrade(SR)). `estimate` is `scale` times `lowRes`,
 * where scale follows from the sizes. Missing pixels stay missing and add no correction.
 */
export function backProject(estimate: Image, lowRes: Image, iterations: number, kernel: Kernel = { kind: 'block' }): Image {
  const scale = estimate.rows / lowRes.rows
  const data = estimate.data.slice()
  const current = { ...estimate, data }
  for (let iteration = 0; iteration < iterations; iteration++) {
    const correction = upsample(difference(lowRes, degrade(current, scale, kernel)), scale, 'bicubic')
    for (let i = 0; i < data.length; i++) {
      const value = correction.data[i] as number
      if (!Number.isNaN(value)) data[i] = (data[i] as number) + value
    }
  }
  return current
}

/**
 * Bicubic with `iterations` back-projections, the strongest method without learning. The rounds run on the coarse grid:
 * with U the bicubic enlargement and D the degradation, SR_n = U P_n where P_0 = LR and P_(n+1) = P_n + LR - D U P_n,
 * which is the same as `backProject(upsample(...))` and needs one final enlargement.
 */
export function backProjectedBicubic(lowRes: Image, scale: number, iterations = 5, kernel: Kernel = { kind: 'block' }): Image {
  const data = lowRes.data.slice()
  const prefiltered = { ...lowRes, data }
  const reduce = hasMissing(data) ? (image: Image): Image => degrade(upsample(image, scale, 'bicubic'), scale, kernel) : roundTrip(lowRes, scale, kernel)
  for (let iteration = 0; iteration < iterations; iteration++) {
    const reduced = reduce(prefiltered)
    for (let i = 0; i < data.length; i++) {
      const correction = (lowRes.data[i] as number) - (reduced.data[i] as number)
      if (!Number.isNaN(correction)) data[i] = (data[i] as number) + correction
    }
  }
  return upsample(prefiltered, scale, 'bicubic')
}

/** Makes the block means of `estimate` equal `lowRes` exactly: SR += nearest(LR - blockMean(SR)). Missing pixels add no correction. */
export function projectConsistent(estimate: Image, lowRes: Image, scale: number): Image {
  const current = { ...estimate, data: estimate.data.slice() }
  const { data } = current
  const correction = difference(lowRes, degrade(current, scale)).data
  const { cols, bands } = lowRes
  const line = current.cols * bands
  for (let row = 0; row < current.rows; row++) {
    const from = Math.floor(row / scale) * cols * bands
    for (let col = 0; col < current.cols; col++) {
      const coarse = from + Math.floor(col / scale) * bands
      const fine = row * line + col * bands
      for (let band = 0; band < bands; band++) {
        const value = correction[coarse + band] as number
        if (!Number.isNaN(value)) data[fine + band] = (data[fine + band] as number) + value
      }
    }
  }
  return current
}

function difference(lowRes: Image, reduced: Image): Image {
  return { ...lowRes, data: lowRes.data.map((value, i) => value - (reduced.data[i] as number)) }
}
