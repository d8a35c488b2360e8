import { Random } from '../common/random'
import type { Image } from '../cube/image'
import { degrade } from '../dataset/degrade'
import { addBlockNoise } from './block-noise'

/*
 * What is learnt one scale coarser is used at the scene's own: there a scene is softer, for its sensor blurs over more than a
 * pixel, and noisier, for nothing has averaged its noise. Weights that were fine-tuned on the degraded scene as it is lost 0.2
 * to 0.7 dB at the scale of use on scenes whose finer truth is known (docs/accuracy.md, "Scale shift").
 */

/** Pictures of one scene to learn from: Gaussian blur in pixels, noise of a low-resolution pixel in standard deviations. */
const VARIANTS: readonly { blur: number; noise: number }[] = [{ blur: 0.45, noise: 0.02 }, { blur: 0.7, noise: 0.1 }]

/** Blur of the second look at the held-out block, in pixels. */
const SOFTENED = 0.6

/** The truths that stand for components [rows, cols, count] (standardised) at the scene's own scale; the same for the same seed. */
export function shiftedTruths(components: Image, scale: number, seed: number): Image[] {
  const random = Random.fromSeed(seed)
  return VARIANTS.map(({ blur, noise }) => {
    const truth = blur > 0 ? blurred(components, blur) : { ...components, data: components.data.slice() }
    addBlockNoise(truth, scale, noise, random)
    return truth
  })
}

/** An image as soft as scenes are at their own scale. */
export function softened(image: Image): Image {
  return blurred(image, SOFTENED)
}

function blurred(image: Image, sigma: number): Image {
  return degrade(image, 1, { kind: 'gaussian', sigma })
}

/**
 * Half of what was learnt: the mean of the weights before and after (Wortsman et al. 2022). It keeps most of the gain on
 * held-out ground and loses less at the scale of use. Without weights before, those after.
 */
export function halfway(before: Float32Array | null, after: Float32Array): Float32Array {
  return before === null ? after : after.map((value, i) => 0.5 * (value + (before[i] as number)))
}
