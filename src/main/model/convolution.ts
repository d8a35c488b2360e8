import type { Parameters } from './parameters'
import { tf, type Tensor, type Tensor4D } from './tensorflow'

/**
 * Convolution with an odd square kernel, stride 1, zero padding: x [n, rows, cols, in], kernel [k, k, in, out].
 * The gradient for x is computed as a forward convolution with the kernel turned by 180 degrees and its channels swapped:
 * the same numbers as TensorFlow's own input gradient at about twice its speed on CPUs.
 */
const convolveSame = tf.customGrad((x, kernel, save) => {
  const input = x as Tensor4D
  const filter = kernel as Tensor4D
  ;(save as (tensors: Tensor[]) => void)([input, filter])
  return {
    value: tf.conv2d(input, filter, 1, 'same'),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [savedInput, savedFilter] = saved as [Tensor4D, Tensor4D]
      const turned = savedFilter.reverse([0, 1]).transpose([0, 1, 3, 2]) as Tensor4D
      const inputs: Record<string, Tensor> = { x: savedInput, dy }
      const kernelGradient = tf.engine().runKernel(tf.Conv2DBackpropFilter, inputs, {
        strides: [1, 1], pad: 'same', dataFormat: 'NHWC', filterShape: savedFilter.shape,
      }) as Tensor
      return [tf.conv2d(dy as Tensor4D, turned, 1, 'same'), kernelGradient]
    },
  }
})

/** The layer `name` of `ParameterList.convolution`: [n, rows, cols, in] -> [n, rows, cols, out], linear. */
export function convolution(p: Parameters, name: string, x: Tensor4D): Tensor4D {
  return tf.add(convolveSame(x, p[`${name}/kernel`] as Tensor), p[`${name}/bias`] as Tensor)
}
