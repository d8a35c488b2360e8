import { withGradient } from './custom-gradient'
import type { Parameters } from './parameters'
import { tf, type Tensor, type Tensor4D } from './tensorflow'

/**
 * Convolution with an odd square kernel, stride 1, zero padding: x [n, rows, cols, in], kernel [k, k, in, out].
 * The gradient for x is computed as a forward convolution with the kernel turned by 180 degrees and its channels swapped:
 * the same numbers as TensorFlow's own input gradient at about twice its speed on CPUs.
 */
export function convolveSame(x: Tensor4D, kernel: Tensor4D): Tensor4D {
  return withGradient<Tensor4D>([x, kernel], (save) => {
    save([x, kernel])
    return {
      value: tf.conv2d(x, kernel, 1, 'same'),
      gradient: (dy, saved) => {
        const [input, filter] = saved as [Tensor4D, Tensor4D]
        const turned: Tensor4D = filter.reverse([0, 1]).transpose([0, 1, 3, 2])
        const inputs: Record<string, Tensor> = { x: input, dy }
        const kernelGradient: Tensor = tf.engine().runKernel(tf.Conv2DBackpropFilter, inputs, {
          strides: [1, 1], pad: 'same', dataFormat: 'NHWC', filterShape: filter.shape,
        })
        return [tf.conv2d(dy, turned, 1, 'same'), kernelGradient]
      },
    }
  })
}

/** The layer `name` of `ParameterList.convolution`: [n, rows, cols, in] -> [n, rows, cols, out], linear. */
export function convolution(p: Parameters, name: string, x: Tensor4D): Tensor4D {
  return tf.add(convolveSame(x, p[`${name}/kernel`] as Tensor4D), p[`${name}/bias`] as Tensor)
}
