import { withGradient } from './custom-gradient'
import { nativeOperation } from './native-operation'
import { tf, type Tensor } from './tensorflow'

/** Slope of every leaky rectifier of both networks. */
const SLOPE = 0.1

/** max(x, 0.1 x), with TensorFlow's own gradient in place of the three operations of TensorFlow.js. */
export function leakyRelu<T extends Tensor>(x: T): T {
  return withGradient<T>([x], (save) => {
    save([x])
    return { value: tf.leakyRelu(x, SLOPE), gradient: (dy, saved) => nativeOperation('LeakyReluGrad', [dy, saved[0] as Tensor], 1, { alpha: SLOPE }) }
  })
}
