import { describe, expect, it } from 'vitest'
import { leakyRelu } from '../../src/main/model/leaky-relu'
import { meanSquaredError, spatialGradientError, spectralGradientError } from '../../src/main/model/losses'
import { channelGate, featureBlock, upsampleBlock, describeFeatureBlock, describeUpsampleBlock } from '../../src/main/model/paper/blocks'
import { composedUpsampling } from '../../src/main/model/paper/composed-upsampling'
import { attend } from '../../src/main/model/paper/global-attention'
import { batchNormTraining, layerNorm } from '../../src/main/model/paper/normalisation'
import { transposedConvolution } from '../../src/main/model/paper/transposed-convolution'
import { ParameterList, type Parameters } from '../../src/main/model/parameters'
import { softmax } from '../../src/main/model/softmax'
import { studioDetail, studioLayout, subPixel } from '../../src/main/model/studio/network'
import type { StudioShape } from '../../src/main/model/studio/shape'
import { tf, type Tensor, type Tensor3D, type Tensor4D } from '../../src/main/model/tensorflow'
import { describeWindowAttention, windowAttention } from '../../src/main/model/window-attention'
import { gradientError } from './gradient-check'
import { filledParameters, filledTensor } from './reference'

const TOLERANCE = 4e-3

/** Checks the gradient with respect to `x` and to every parameter described. */
function expectGradients(describeLayer: (list: ParameterList) => void, x: Tensor4D, layer: (p: Parameters, x: Tensor4D) => Tensor): void {
  const list = new ParameterList()
  describeLayer(list)
  const filled = filledParameters(list.specs)
  const names = list.specs.map(({ name }) => name)
  const error = gradientError(
    (input, ...tensors) => layer(Object.fromEntries(names.map((name, index) => [name, tensors[index] as Tensor])), input as Tensor4D),
    [x, ...names.map((name) => filled[name] as Tensor)],
  )
  expect(error).toBeLessThan(TOLERANCE)
}

const image = (...shape: [number, number, number, number]): Tensor4D => filledTensor<Tensor4D>('gradient/input', ...shape)

describe('gradients agree with finite differences', () => {
  it('the check itself notices a wrong gradient: bilinear resizing with half-pixel centres', () => {
    expect(gradientError((x) => tf.image.resizeBilinear(x as Tensor4D, [6, 6], false, true), [image(1, 3, 3, 2)])).toBeGreaterThan(0.05)
  })

  it('transposed convolution', () => {
    expectGradients(
      (list) => list.add('t/kernel', [4, 4, 3, 2], 'zeros', true).add('t/bias', [3], 'zeros', false),
      image(1, 3, 4, 2), (p, x) => transposedConvolution(p, 't', x),
    )
  })

  it('two upsampling convolutions as one, in the kernels of both too', () => {
    const make = (name: string, ...shape: number[]): Tensor => filledTensor(`${name}/input`, ...shape)
    const error = gradientError(
      (x, up, bias, last) => composedUpsampling({ up: up as Tensor4D, bias: bias, last: last as Tensor4D }, x as Tensor4D),
      [image(1, 2, 3, 3), make('up', 4, 4, 5, 3), make('bias', 5), make('last', 3, 3, 5, 2)],
    )
    expect(error).toBeLessThan(TOLERANCE)
  })

  it('softmax', () => {
    expect(gradientError((x) => softmax(x), [image(2, 3, 3, 5).mul(2)])).toBeLessThan(TOLERANCE)
  })

  it('leaky rectifier', () => {
    expect(gradientError((x) => leakyRelu(x), [image(2, 3, 3, 4)])).toBeLessThan(TOLERANCE)
  })

  it('attention over all positions, whole and in pieces', () => {
    const make = (name: string): Tensor3D => filledTensor<Tensor3D>(`${name}/input`, 3, 7, 4).mul(1.5)
    for (const maxScores of [1000, 20]) {
      expect(gradientError((q, k, v) => attend(q as Tensor3D, k as Tensor3D, v as Tensor3D, maxScores), [make('q'), make('k'), make('v')])).toBeLessThan(TOLERANCE)
    }
  })

  it('batch normalisation in training', () => {
    expectGradients((list) => list.normalisation('n', 3), image(2, 3, 4, 3), (p, x) => batchNormTraining(p, 'n', x).output)
  })

  it('layer normalisation', () => {
    expectGradients((list) => list.normalisation('n', 6), image(1, 3, 4, 6), (p, x) => layerNorm(p, 'n', x))
  })

  it('channel gate with its maximum', () => {
    expectGradients(
      (list) => list.dense('g/squeeze', 6, 3, 'zeros').dense('g/excite', 3, 6, 'zeros'),
      image(2, 3, 3, 6), (p, x) => x.mul(channelGate(p, 'g', x, 'text')),
    )
  })

  it('feature and upsampling blocks', () => {
    const normalise = (p: Parameters) => (name: string, t: Tensor4D, bias: Tensor): Tensor4D => batchNormTraining(p, name, t, bias).output
    expectGradients((list) => describeFeatureBlock(list, 'b', 3, 8), image(1, 3, 3, 3), (p, x) => featureBlock(p, 'b', x, 'text', normalise(p)))
    expectGradients((list) => describeUpsampleBlock(list, 'u', 3, 4), image(1, 3, 3, 3), (p, x) => upsampleBlock(p, 'u', x, normalise(p)))
  })

  it('window attention', () => {
    const shape = { channels: 4, heads: 2, window: 2 }
    expectGradients((list) => describeWindowAttention(list, 'w', shape), image(1, 4, 6, 4), (p, x) => windowAttention(p, 'w', x, shape))
  })

  it('sub-pixel shuffling, window pooling and losses', () => {
    expect(gradientError((x) => subPixel(x as Tensor4D, 3), [image(2, 2, 3, 9)])).toBeLessThan(TOLERANCE)
    expect(gradientError((x) => tf.maxPool(x as Tensor4D, 3, 3, 'valid'), [image(1, 6, 6, 2)])).toBeLessThan(TOLERANCE)
    expect(gradientError((x) => tf.avgPool(x as Tensor4D, 3, 3, 'valid'), [image(1, 6, 6, 2)])).toBeLessThan(TOLERANCE)
    const r = filledTensor<Tensor4D>('other/input', 1, 3, 4, 5)
    for (const loss of [meanSquaredError, spatialGradientError, spectralGradientError]) {
      expect(gradientError((e) => loss(e as Tensor4D, r), [image(1, 3, 4, 5)])).toBeLessThan(TOLERANCE)
    }
  })

  it('the studio network', () => {
    const shape: StudioShape = { preset: 'studio', scale: 2, channels: 8, blocks: 1, dualEvery: 1, multiHead: true, channelGate: true, heads: 2, window: 3 }
    expectGradients((list) => list.specs.push(...studioLayout(shape).specs), image(1, 3, 6, 4), (p, x) => studioDetail(p, shape, x))
  })
})
