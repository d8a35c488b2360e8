import type { Image } from '../cube/image'
import { degrade, type Kernel } from './degrade'
import { bicubicRoundTrip, hasMissing, upsample } from './resample'

/**
 * Iterative back-projection (Irani & Peleg 1991): SR += bicubic(LR - degrade(SR)). `estimate` is `scale` times `lowRes`,
 * where scale follows from the sizes. Missing pixels stay missing and add no correction.
 */
export function backProject(estimate: Image, lowRes: Image, iterations: number, kernel: Kernel = { kind: 'block' }): Image {
  const scale = estimate.rows / lowRes.rows
  const data = estimate.data.slice()
  const current = { ...estimate, data }
  for (let iteration = 0; iteration < iterations; iteration++) {
    addUpsampled(current, lowRes, degrade(current, scale, kernel), scale, 'bicubic')
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
  const onCoarseGrid = kernel.kind === 'block' && !hasMissing(data)
  for (let iteration = 0; iteration < iterations; iteration++) {
    const reduced = onCoarseGrid ? bicubicRoundTrip(prefiltered, scale) : degrade(upsample(prefiltered, scale, 'bicubic'), scale, kernel)
    for (let i = 0; i < data.length; i++) {
      const correction = (lowRes.data[i] as number) - (reduced.data[i] as number)
      if (!Number.isNaN(correction)) data[i] = (data[i] as number) + correction
    }
  }
  return upsample(prefiltered, scale, 'bicubic')
}

/** Makes the block means of `estimate` equal `lowRes` exactly: SR += nearest(LR - blockMean(SR)). */
export function projectConsistent(estimate: Image, lowRes: Image, scale: number): Image {
  const current = { ...estimate, data: estimate.data.slice() }
  addUpsampled(current, lowRes, degrade(current, scale), scale, 'nearest')
  return current
}

function addUpsampled(current: Image, lowRes: Image, reduced: Image, scale: number, method: 'nearest' | 'bicubic'): void {
  const difference = new Float32Array(lowRes.data.length)
  for (let i = 0; i < difference.length; i++) difference[i] = (lowRes.data[i] as number) - (reduced.data[i] as number)
  const correction = upsample({ ...lowRes, data: difference }, scale, method)
  for (let i = 0; i < current.data.length; i++) {
    const value = correction.data[i] as number
    if (!Number.isNaN(value)) current.data[i] = (current.data[i] as number) + value
  }
}
