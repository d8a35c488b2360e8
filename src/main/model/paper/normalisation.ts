import type { Parameters } from '../parameters'
import { tf, type Tensor, type Tensor4D } from '../tensorflow'
import { withGradient } from '../custom-gradient'

/** Keras' default for batch and layer normalisation alike. */
const EPSILON = 1e-3

/**
 * Batch normalisation with the batch's own statistics over all positions (Ioffe & Szegedy 2015): x [n, h, w, c] ->
 * the same, and `moments` = mean and variance [c], the variance with divisor n h w as in Keras 3. No gradient flows
 * through the moments themselves. Inside a gradient function, keep them if they are to outlive it.
 */
export function batchNormTraining(p: Parameters, name: string, x: Tensor4D): { output: Tensor4D; moments: [Tensor, Tensor] } {
  const gamma = p[`${name}/gamma`] as Tensor
  const beta = p[`${name}/beta`] as Tensor
  const { mean, variance } = tf.moments(x, [0, 1, 2])
  const output = withGradient<Tensor4D>([x, gamma, beta], (save) => {
    const inverse = variance.add(EPSILON).rsqrt()
    save([x, mean, inverse, gamma])
    return {
      value: tf.batchNorm(x, mean, variance, beta, gamma, EPSILON) as Tensor4D,
      gradient: (dy, saved) => batchNormGradient(dy, saved as [Tensor, Tensor, Tensor, Tensor]),
    }
  })
  return { output, moments: [mean, variance] }
}

function batchNormGradient(dy: Tensor, [x, mean, inverse, gamma]: [Tensor, Tensor, Tensor, Tensor]): Tensor[] {
  const positions = x.size / gamma.size
  const normalised = x.sub(mean).mul(inverse)
  const dBeta = dy.sum([0, 1, 2])
  const dGamma = dy.mul(normalised).sum([0, 1, 2])
  const dx = dy.sub(normalised.mul(dGamma.div(positions))).sub(dBeta.div(positions)).mul(inverse.mul(gamma))
  return [dx, dGamma, dBeta]
}

/** Batch normalisation with the stored statistics, for inference: a scale and a shift for every channel. */
export function batchNormInference(p: Parameters, buffers: Parameters, name: string, x: Tensor4D): Tensor4D {
  const scale = tf.mul(p[`${name}/gamma`] as Tensor, tf.rsqrt(tf.add(buffers[`${name}/variance`] as Tensor, EPSILON)))
  return x.mul(scale).add(tf.sub(p[`${name}/beta`] as Tensor, tf.mul(buffers[`${name}/mean`] as Tensor, scale)))
}

/** Layer normalisation over the channels of every position (Ba et al. 2016); x [..., c]. */
export function layerNorm(p: Parameters, name: string, x: Tensor4D): Tensor4D {
  const centred = x.sub(x.mean(-1, true))
  const variance = centred.square().mean(-1, true)
  return centred.mul(variance.add(EPSILON).rsqrt()).mul(p[`${name}/gamma`] as Tensor).add(p[`${name}/beta`] as Tensor)
}
