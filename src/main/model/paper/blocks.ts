import { convolution, convolveSame } from '../convolution'
import { withGradient } from '../custom-gradient'
import { leakyRelu } from '../leaky-relu'
import type { ParameterList, Parameters } from '../parameters'
import { tf, type Tensor, type Tensor4D } from '../tensorflow'
import { composedUpsampling, composingPays } from './composed-upsampling'
import { describeGlobalAttention, globalAttention } from './global-attention'
import { layerNorm } from './normalisation'
import type { PaperShape } from './shape'
import { describeTransposedConvolution, transposedConvolution, transposedConvolve } from './transposed-convolution'

/** Batch normalisation under the given name, by the batch's statistics or the stored ones, of `x` to which `bias` is to be added. */
export type Normalise = (name: string, x: Tensor4D, bias: Tensor) => Tensor4D

export function describeFeatureBlock(list: ParameterList, name: string, maps: number, filters: number): void {
  list.convolution(`${name}/conv`, 3, maps, filters, 'glorot-uniform').normalisation(`${name}/batch-norm`, filters)
  describeGlobalAttention(list, `${name}/attention`, filters)
  list.normalisation(`${name}/layer-norm`, filters)
  list.dense(`${name}/squeeze`, filters, filters / 2, 'he-normal').dense(`${name}/excite`, filters / 2, filters, 'he-normal')
  list.convolution(`${name}/skip`, 1, maps, filters, 'glorot-uniform')
}

/** Features with both attentions beside a 1x1 convolution of the input: x [n, h, w, maps] -> [n, h, w, 2 filters]. */
export function featureBlock(p: Parameters, name: string, x: Tensor4D, variant: PaperShape['variant'], normalise: Normalise): Tensor4D {
  const convolved = convolveSame(x, p[`${name}/conv/kernel`] as Tensor4D)
  const features = leakyRelu(normalise(`${name}/batch-norm`, convolved, p[`${name}/conv/bias`] as Tensor))
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
  const average = logits(positionMean(x))
  const other = variant === 'notebook' ? average : logits(x.max([1, 2]))
  return average.add(other).sigmoid().reshape([n, 1, 1, channels])
}

/** Mean over all positions: x [n, h, w, c] -> [n, c]. */
function positionMean(x: Tensor4D): Tensor {
  const [n, rows, cols, channels] = x.shape
  return withGradient([x], () => ({
    value: x.mean<Tensor>([1, 2]),
    gradient: (dy) => [tf.broadcastTo(dy.div(rows * cols).reshape([n, 1, 1, channels]), x.shape)],
  }))
}

export function describeUpsampleBlock(list: ParameterList, name: string, maps: number, filters: number): void {
  describeTransposedConvolution(list, `${name}/main`, maps, filters)
  list.normalisation(`${name}/batch-norm`, filters)
  describeTransposedConvolution(list, `${name}/skip`, maps, filters)
}

/** The normalised one of a block's two transposed convolutions: x [n, h, w, maps] -> [n, 2h, 2w, filters]. */
function upsampledMain(p: Parameters, name: string, x: Tensor4D, normalise: Normalise): Tensor4D {
  const upsampled = transposedConvolve(x, p[`${name}/main/kernel`] as Tensor4D)
  return leakyRelu(normalise(`${name}/batch-norm`, upsampled, p[`${name}/main/bias`] as Tensor))
}

/** Two transposed convolutions side by side, the first normalised: x [n, h, w, maps] -> [n, 2h, 2w, 2 filters]. */
export function upsampleBlock(p: Parameters, name: string, x: Tensor4D, normalise: Normalise): Tensor4D {
  return tf.concat([upsampledMain(p, name, x, normalise), transposedConvolution(p, `${name}/skip`, x)], 3)
}

/** The last upsampling block and the 3x3 convolution `output` after it: x [n, h, w, maps] -> [n, 2h, 2w, bands]. */
export function upsampledOutput(p: Parameters, name: string, x: Tensor4D, normalise: Normalise): Tensor4D {
  const kernel = p['output/kernel'] as Tensor4D
  const up = p[`${name}/skip/kernel`] as Tensor4D
  const [, , filters, maps] = up.shape
  if (!composingPays(maps, filters, kernel.shape[3])) return convolution(p, 'output', upsampleBlock(p, name, x, normalise))
  const [afterMain, afterSkip] = tf.split(kernel, 2, 2) as [Tensor4D, Tensor4D]
  // no activation stands between the block's second half and the convolution: they are one linear map
  const skip = composedUpsampling({ up, bias: p[`${name}/skip/bias`] as Tensor, last: afterSkip }, x)
  return tf.addN([convolveSame(upsampledMain(p, name, x, normalise), afterMain), skip]).add(p['output/bias'] as Tensor)
}
