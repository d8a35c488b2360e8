import { expect, it } from 'vitest'
import { kernelFlops } from '../../src/main/workers/bench-flops'
import { tf, type Tensor4D } from '../../src/main/model/tensorflow'

it('counts convolutions, their gradients and matrix products as they are run', async () => {
  const x = tf.ones<Tensor4D['rankType']>([2, 6, 5, 3])
  const kernel = tf.ones<Tensor4D['rankType']>([3, 3, 3, 7])
  const flopsOf = async (work: () => unknown): Promise<number> => {
    const { kernels } = await tf.profile(() => {
      tf.tidy(() => { work() })
      return []
    })
    return kernels.reduce((sum, kernelRun) => sum + kernelFlops(kernelRun), 0)
  }
  const convolution = 2 * (2 * 6 * 5 * 7) * (3 * 3 * 3)
  expect(await flopsOf(() => tf.conv2d(x, kernel, 1, 'same'))).toBe(convolution)
  // forward, gradient at the input, gradient at the kernel: the same products three times
  expect(await flopsOf(() => tf.grads((a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, 1, 'same').sum())([x, kernel]))).toBe(3 * convolution)
  const [a, b] = [tf.ones([4, 5, 6]), tf.ones([4, 7, 6])]
  expect(await flopsOf(() => tf.matMul(a, b, false, true))).toBe(2 * 4 * 5 * 6 * 7)
  expect(await flopsOf(() => tf.add(a, a))).toBe(0)
  tf.dispose([x, kernel, a, b])
})
