import { describe, expect, it } from 'vitest'
import { convolveSame } from '../../src/main/model/convolution'
import { channelGate, describeFeatureBlock, describeUpsampleBlock, featureBlock, upsampleBlock } from '../../src/main/model/paper/blocks'
import { composedUpsampling, composingPays } from '../../src/main/model/paper/composed-upsampling'
import { attend, describeGlobalAttention, globalAttention } from '../../src/main/model/paper/global-attention'
import { batchNormInference, batchNormTraining, layerNorm } from '../../src/main/model/paper/normalisation'
import { describeTransposedConvolution, transposedConvolution } from '../../src/main/model/paper/transposed-convolution'
import { updateBuffers } from '../../src/main/model/paper/train-step'
import { softmax } from '../../src/main/model/softmax'
import { ParameterList, type Parameters } from '../../src/main/model/parameters'
import { tf, type Tensor1D, type Tensor3D, type Tensor4D } from '../../src/main/model/tensorflow'
import { expectClose, filledParameters, filledTensor, reference } from './reference'

const { layers } = reference

function parametersOf(describe: (list: ParameterList) => void): Parameters {
  const list = new ParameterList()
  describe(list)
  return filledParameters(list.specs)
}

const x = filledTensor<Tensor4D>('layer/input', 2, 3, 4, 32)
const batchNorm = parametersOf((list) => list.normalisation('batch-norm', 32))
const statistics = { 'batch-norm/mean': filledTensor('batch-norm/mean', 32), 'batch-norm/variance': filledTensor('batch-norm/variance', 32) }

describe('layers of the published network agree with Keras 3', () => {
  it('multi-head self-attention over all positions', () => {
    const p = parametersOf((list) => describeGlobalAttention(list, 'attention', 32))
    expectClose(globalAttention(p, 'attention', x), layers.attention)
  })

  it('layer normalisation', () => {
    expectClose(layerNorm(parametersOf((list) => list.normalisation('layer-norm', 32)), 'layer-norm', x), layers.layerNorm)
  })

  it('batch normalisation with stored statistics', () => {
    expectClose(batchNormInference(batchNorm, statistics, 'batch-norm', x), layers.batchNormInference)
  })

  it('batch normalisation in training, and what it leaves of the statistics', () => {
    const { output, moments } = batchNormTraining(batchNorm, 'batch-norm', x)
    expectClose(output, layers.batchNormTraining)
    const stored = tf.concat([statistics['batch-norm/mean'], statistics['batch-norm/variance']]) as Tensor1D
    expectClose(updateBuffers(stored, moments), layers.batchNormMoved)
  })

  it('channel gate, shared between average and maximum', () => {
    const p = parametersOf((list) => list.dense('gate/squeeze', 32, 16, 'zeros').dense('gate/excite', 16, 32, 'zeros'))
    expectClose(x.mul(channelGate(p, 'gate', x, 'text')), layers.channelGate)
    const average = x.mean([1, 2], true)
    const flat = average.add<Tensor4D>(tf.zerosLike(x))
    // of an input that is constant over the positions both poolings are equal
    expectClose(channelGate(p, 'gate', x, 'notebook'), [...channelGate(p, 'gate', flat, 'text').dataSync()])
  })

  it('transposed convolution', () => {
    const p = parametersOf((list) => describeTransposedConvolution(list, 'transposed', 6, 4))
    expectClose(transposedConvolution(p, 'transposed', filledTensor('small/input', 2, 3, 5, 6)), layers.transposed)
  })

  it('feature block', () => {
    const p = parametersOf((list) => describeFeatureBlock(list, 'block64', 12, 64))
    const buffers = { 'block64/batch-norm/mean': filledTensor('block64/batch-norm/mean', 64), 'block64/batch-norm/variance': filledTensor('block64/batch-norm/variance', 64) }
    const output = featureBlock(p, 'block64', filledTensor('block/input', 2, 3, 4, 12), 'text', (name, t, bias) => batchNormInference(p, buffers, name, t, bias))
    expect(output.shape).toEqual([2, 3, 4, 128])
    expectClose(output, reference.block64, { every: 3 })
  })

  it('upsampling block', () => {
    const p = parametersOf((list) => describeUpsampleBlock(list, 'up16', 10, 16))
    const buffers = { 'up16/batch-norm/mean': filledTensor('up16/batch-norm/mean', 16), 'up16/batch-norm/variance': filledTensor('up16/batch-norm/variance', 16) }
    const output = upsampleBlock(p, 'up16', filledTensor('up/input', 2, 3, 4, 10), (name, t, bias) => batchNormInference(p, buffers, name, t, bias))
    expect(output.shape).toEqual([2, 6, 8, 32])
    expectClose(output, reference.up16, { every: 7 })
  })
})

describe('a transposed convolution and the 3x3 convolution after it', () => {
  it.each([[1, 1], [2, 5], [4, 3]])('are one linear map of %i x %i pixels, to the edges', (rows, cols) => {
    const x = filledTensor<Tensor4D>('small/input', 2, rows, cols, 6)
    const up = filledTensor<Tensor4D>('up/kernel', 4, 4, 7, 6)
    const bias = filledTensor('up/bias', 7)
    const last = filledTensor<Tensor4D>('last/kernel', 3, 3, 7, 5)
    const apart = convolveSame(transposedConvolution({ 'up/kernel': up, 'up/bias': bias }, 'up', x), last)
    expectClose(composedUpsampling({ up, bias, last }, x), [...apart.dataSync()], { relative: 1e-6 })
  })

  it('are made one where that costs less: at 2x and 4x, not in the thin last block at 8x', () => {
    expect([[256, 256], [512, 128], [256, 16]].map(([maps, filters]) => composingPays(maps as number, filters as number, 32))).toEqual([true, true, false])
  })
})

it('softmax is that of TensorFlow.js, for scores of any size', () => {
  for (const scale of [1, 1e4]) {
    const logits = filledTensor('scores/input', 3, 7, 11).mul(scale)
    expectClose(softmax(logits), [...tf.softmax(logits).dataSync()], { relative: 1e-6 })
  }
})

describe('attention in pieces', () => {
  const make = (name: string): Tensor3D => filledTensor<Tensor3D>(`${name}/input`, 5, 11, 4).mul(2)
  const inputs = [make('q'), make('k'), make('v')] as const

  // 1: a row at a time; 30: rows of one; 130: one whole, 250: two; the last: everything at once
  it.each([1, 30, 130, 250])('gives the same values and gradients %i scores at a time', (maxScores) => {
    const run = (limit: number): Float32Array[] => tf.tidy(() => {
      const value = attend(...inputs, limit)
      const gradients = tf.grads((q, k, v) => attend(q as Tensor3D, k as Tensor3D, v as Tensor3D, limit).square().sum())([...inputs])
      return [value, ...gradients].map((tensor) => tensor.dataSync<'float32'>())
    })
    const whole = run(1e6)
    run(maxScores).forEach((values, index) => expectClose(tf.tensor1d(values), [...(whole[index] as Float32Array)], { relative: 1e-5 }))
  })
})
