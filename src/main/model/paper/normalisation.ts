import type { Parameters } from '../parameters'
import { withGradient } from '../custom-gradient'
import { layerNorm as normaliseChannels } from '../layer-norm'
import { nativeOperation } from '../native-operation'
import { tf, type Tensor, type Tensor1D, type Tensor4D } from '../tensorflow'

/** Keras' default for batch and layer normalisation alike. */
const EPSILON = 1e-3

const FUSED = { epsilon: EPSILON, data_format: 'NHWC', is_training: true }

/**
 * Batch normalisation with the batch's own statistics over all positions (Ioffe & Szegedy 2015): x [n, h, w, c] ->
 * the same, and `moments` = mean and variance [c], the variance with divisor n h w as in Keras 3. No gradient flows
 * through the moments themselves. Inside a gradient function, keep them if they are to outlive it. A `bias` [c] that
 * belongs to `x` moves the mean and cancels in the output, so it need not be added before.
 */
export function batchNormTraining(p: Parameters, name: string, x: Tensor4D, bias?: Tensor): { output: Tensor4D; moments: [Tensor, Tensor] } {
  const gamma = p[`${name}/gamma`] as Tensor
  const beta = p[`${name}/beta`] as Tensor
  const none = tf.tensor1d([])
  // one kernel for statistics and output, and one for the gradients; what the first leaves for the second is up to the device
  const [normalised, mean, unbiased, ...reserve] = nativeOperation('FusedBatchNormV3', [x, gamma, beta, none, none], 6, FUSED) as [Tensor4D, Tensor, Tensor, Tensor, Tensor, Tensor]
  const output = withGradient<Tensor4D>([x, gamma, beta, ...(bias ? [bias] : [])], (save) => {
    save([x, gamma, ...reserve])
    return {
      value: normalised.clone(),
      gradient: (dy, saved) => [
        ...nativeOperation('FusedBatchNormGradV3', [dy, ...saved], 5, FUSED).slice(0, 3),
        ...(bias ? [tf.zeros(bias.shape)] : []),
      ],
    }
  })
  const positions = x.size / gamma.size
  return { output, moments: [bias ? mean.add(bias) : mean, unbiased.mul((positions - 1) / positions)] }
}

/** Batch normalisation with the stored statistics, for inference; `bias` [c] belongs to `x` and need not be added before. */
export function batchNormInference(p: Parameters, buffers: Parameters, name: string, x: Tensor4D, bias?: Tensor): Tensor4D {
  const mean = buffers[`${name}/mean`] as Tensor1D
  const [variance, beta, gamma] = [buffers[`${name}/variance`], p[`${name}/beta`], p[`${name}/gamma`]] as [Tensor1D, Tensor1D, Tensor1D]
  return tf.batchNorm4d(x, bias ? mean.sub<Tensor1D>(bias) : mean, variance, beta, gamma, EPSILON)
}

/** Layer normalisation over the channels of every position; x [..., c]. */
export function layerNorm(p: Parameters, name: string, x: Tensor4D): Tensor4D {
  return normaliseChannels(p, name, x, EPSILON)
}
