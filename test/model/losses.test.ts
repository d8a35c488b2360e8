import { expect, it } from 'vitest'
import { kernelPenalty, meanSquaredError, spatialGradientError, spectralGradientError } from '../../src/main/model/losses'
import { tf, type Tensor4D } from '../../src/main/model/tensorflow'
import { filledTensor, reference } from './reference'

const estimate = filledTensor<Tensor4D>('estimate/input', 2, 4, 5, 6)
const truth = filledTensor<Tensor4D>('reference/input', 2, 4, 5, 6)
const value = (tensor: { dataSync: () => ArrayLike<number> }): number => tensor.dataSync()[0] as number

it('terms agree with Keras, TensorFlow and numpy', () => {
  expect(value(meanSquaredError(estimate, truth))).toBeCloseTo(reference.losses.mse, 6)
  expect(value(spatialGradientError(estimate, truth))).toBeCloseTo(reference.losses.spatial, 5)
  expect(value(spectralGradientError(estimate, truth))).toBeCloseTo(reference.losses.spectral, 6)
})

it('gradient terms ignore a constant offset, and the spectral one an offset that is the same in all bands', () => {
  expect(value(spatialGradientError(truth.add(3), truth))).toBeLessThan(1e-10)
  const plane = filledTensor('plane/input', 2, 4, 5, 1)
  expect(value(spectralGradientError(truth.add(plane), truth))).toBeLessThan(1e-10)
  expect(value(spatialGradientError(truth.add(plane), truth))).toBeGreaterThan(0.1)
})

it('the penalty counts kernels only', () => {
  const specs = [{ name: 'a/kernel', shape: [2], init: 'zeros', decays: true }, { name: 'a/bias', shape: [1], init: 'zeros', decays: false }] as const
  expect(value(kernelPenalty(specs.map((spec) => ({ ...spec, shape: [...spec.shape] })), { 'a/kernel': tf.tensor1d([3, 4]), 'a/bias': tf.tensor1d([9]) }))).toBe(25)
})
