import { convolution } from '../convolution'
import { layerNorm } from '../layer-norm'
import { leakyRelu } from '../leaky-relu'
import { ParameterLayout, ParameterList, type Parameters } from '../parameters'
import { tf, type Tensor, type Tensor4D } from '../tensorflow'
import { describeWindowAttention, windowAttention } from '../window-attention'
import type { StudioShape } from './shape'

/** Principal components that accompany the one to be sharpened, to show it where the edges are. */
export const GUIDES = 3

const NORM_EPSILON = 1e-5

/**
 * The parameters of the `studio` network. It sharpens one spectral component image at a time and is shared by all
 * components, so that it serves a scene with any number of bands.
 */
export function studioLayout(shape: StudioShape): ParameterLayout {
  const { channels, blocks, heads, window, scale } = shape
  const list = new ParameterList().convolution('head', 3, 1 + GUIDES, channels)
  for (let block = 0; block < blocks; block++) {
    const name = `block${block}`
    list.convolution(`${name}/first`, 3, channels, channels).convolution(`${name}/second`, 3, channels, channels, 'glorot-uniform')
    if (!isDual(shape, block)) continue
    if (shape.multiHead) {
      list.normalisation(`${name}/norm`, channels)
      describeWindowAttention(list, `${name}/attention`, { channels, heads, window })
    }
    if (shape.channelGate) list.dense(`${name}/squeeze`, channels, channels / 4, 'he-normal').dense(`${name}/excite`, channels / 4, channels, 'zeros')
  }
  list.convolution('tail', 3, channels, channels).convolution('detail', 3, channels, scale * scale, 'zeros')
  return new ParameterLayout(list.specs)
}

function isDual({ dualEvery }: StudioShape, block: number): boolean {
  return block % dualEvery === dualEvery - 1
}

/**
 * Channel gate of the dual attention (average and maximum through one shared bottleneck, Woo et al. 2018), pooled over
 * each attention window rather than the whole image: the result at a pixel then does not depend on the tile it is in.
 */
function channelGate(p: Parameters, name: string, x: Tensor4D, window: number): Tensor4D {
  const [n, rows, cols, channels] = x.shape
  const mean = tf.avgPool(x, window, window, 'valid')
  const peak = tf.maxPool(x, window, window, 'valid')
  const squeeze = (t: Tensor4D): Tensor => tf.add(tf.matMul(t.reshape([-1, channels]), p[`${name}/squeeze/kernel`] as Tensor), p[`${name}/squeeze/bias`] as Tensor).relu()
  // the excitation is linear, so the two branches may be added before it
  const excited = tf.matMul(squeeze(mean).add(squeeze(peak)), p[`${name}/excite/kernel`] as Tensor).add((p[`${name}/excite/bias`] as Tensor).mul(2))
  const gate = excited.sigmoid().mul(2).reshape([n * (rows / window), 1, cols / window, 1, channels])
  return x.reshape([n * (rows / window), window, cols / window, window, channels]).mul(gate).reshape([n, rows, cols, channels])
}

/** One residual block; its intermediate tensors are freed at once, which at inference is most of the memory. */
function dualBlock(p: Parameters, { channels, heads, window, multiHead, channelGate: gated }: StudioShape, name: string, dual: boolean, x: Tensor4D): Tensor4D {
  return tf.tidy(() => {
    let y: Tensor4D = tf.tidy(() => convolution(p, `${name}/second`, leakyRelu(convolution(p, `${name}/first`, x))))
    // augmented convolution (Bello et al. 2019): convolution and attention side by side
    if (dual && multiHead) y = tf.add(y, windowAttention(p, `${name}/attention`, layerNorm(p, `${name}/norm`, x, NORM_EPSILON), { channels, heads, window }))
    if (dual && gated) y = channelGate(p, name, y, window)
    return tf.add(x, y)
  })
}

/**
 * The detail that is to be added to the upsampled component.
 * `input` [n, rows, cols, 1 + GUIDES]: the low-resolution component, standardised, then the guides; rows and cols are
 * multiples of `windowSide(shape)`. Returns [n, rows * scale, cols * scale, 1] in the component's standard deviations.
 * The detail of every low-resolution pixel averages to zero exactly, so that a result whose base agrees with the input
 * under block averaging still does.
 */
export function studioDetail(p: Parameters, shape: StudioShape, input: Tensor4D): Tensor4D {
  const { blocks, scale } = shape
  const head = convolution(p, 'head', input)
  let x = head
  for (let block = 0; block < blocks; block++) {
    const name = `block${block}`
    x = dualBlock(p, shape, name, isDual(shape, block), x)
  }
  const tail = leakyRelu(tf.add<Tensor4D>(convolution(p, 'tail', x), head))
  const detail = convolution(p, 'detail', tail)
  return subPixel(tf.sub(detail, detail.mean(-1, true)), scale)
}

/** [n, rows, cols, scale^2] -> [n, rows * scale, cols * scale, 1] (Shi et al. 2016); tfjs has no gradient for depthToSpace. */
export function subPixel(x: Tensor4D, scale: number): Tensor4D {
  const [n, rows, cols] = x.shape
  return x
    .reshape([n * rows, cols, scale, scale])
    .transpose([0, 2, 1, 3])
    .reshape([n, rows * scale, cols * scale, 1])
}
