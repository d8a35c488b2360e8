import { convolution } from '../convolution'
import type { ParameterList, Parameters } from '../parameters'
import { tf, type Tensor, type Tensor4D } from '../tensorflow'
import { describeGlobalAttention, globalAttention } from './global-attention'
import { layerNorm } from './normalisation'
import type { PaperShape } from './shape'
import { describeTransposedConvolution, transposedConvolution } from './transposed-convolution'

const SLOPE = 0.1

/** Batch normalisation under the given name, by the batch's statistics or the stored ones. */
export type Normalise = (name: string, x: Tensor4D) => Tensor4D

export function describeFeatureBlock(list: ParameterList, name: string, maps: number, filters: number): void {
  list.convolution(`${name}/conv`, 3, maps, filters, 'glorot-uniform').normalisation(`${name}/batch-norm`, filters)
  describeGlobalAttention(list, `${name}/attention`, filters)
  list.normalisation(`${name}/layer-norm`, filters)
  list.dense(`${name}/squeeze`, filters, filters / 2, 'he-normal').dense(`${name}/excite`, filters / 2, filters, 'he-normal')
  list.convolution(`${name}/skip`, 1, maps, filters, 'glorot-uniform')
}

/** Features with both attentions beside a 1x1 convolution of the input: x [n, h, w, maps] -> [n, h, w, 2 filters]. */
export function featureBlock(p: Parameters, name: string, x: Tensor4D, variant: PaperShape['variant'], normalise: Normalise): Tensor4D {
  const features = tf.leakyRelu<Tensor4D>(normalise(`${name}/batch-norm`, convolution(p, `${name}/conv`, x)), SLOPE)
  const attended = layerNorm(p, `${name}/layer-norm`, tf.add(features, globalAttention(p, `${name}/attention`, features)))
  const gated = attended.mul<Tensor4D>(channelGate(p, name, attended, variant))
  return tf.concat([gated, convolution(p, `${name}/skip`, x)], 3)
}

/** Channel attention: average and maximum over all positions through one shared bottleneck; x [n, h, w, c] -> [n, 1, 1, c]. */
export function channelGate(p: Parameters, name: string, x: Tensor4D, variant: PaperShape['variant']): Tensor4D {
  const [n, , , channels] = x.shape
  const logits = (pooled: Tensor): Tensor => {
    const squeezed = tf.add(tf.matMul(pooled.reshape([n, channels]), p[`${name}/squeeze/kernel`] as Tensor), p[`${name}/squeeze/bias`] as Tensor).relu()
    return tf.add(tf.matMul(squeezed, p[`${name}/excite/kernel`] as Tensor), p[`${name}/excite/bias`] as Tensor)
  }
  const average = logits(x.mean([1, 2]))
  const other = variant === 'notebook' ? average : logits(x.max([1, 2]))
  return average.add(other).sigmoid().reshape([n, 1, 1, channels])
}

export function describeUpsampleBlock(list: ParameterList, name: string, maps: number, filters: number): void {
  describeTransposedConvolution(list, `${name}/main`, maps, filters)
  list.normalisation(`${name}/batch-norm`, filters)
  describeTransposedConvolution(list, `${name}/skip`, maps, filters)
}

/** Two transposed convolutions side by side, the first normalised: x [n, h, w, maps] -> [n, 2h, 2w, 2 filters]. */
export function upsampleBlock(p: Parameters, name: string, x: Tensor4D, normalise: Normalise): Tensor4D {
  const main = normalise(`${name}/batch-norm`, transposedConvolution(p, `${name}/main`, x))
  return tf.concat([tf.leakyRelu<Tensor4D>(main, SLOPE), transposedConvolution(p, `${name}/skip`, x)], 3)
}
