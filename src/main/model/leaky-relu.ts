import { withGradient } from './custom-gradient'
import { nativeOperation } from './native-operation'
import { tf, type Tensor } from './tensorflow'

/** Slope of every leaky rectifier of both networks. */
const SLOPE = 0.1

/** max(x, 0.1 x), with TensorFlow's own gradient in place of the three operations of TensorFlow.js. */
export function leakyRelu<T extends Tensor>(x: T): T {
  return withGradient<T>([x], (save) => {
    const value = tf.leakyRelu<T>(x, SLOPE)
    // the value has the sign of `x`, which then is needed by nothing else and may be fused with what computes it
    save([value])
    return { value, gradient: (dy, saved) => nativeOperation('LeakyReluGrad', [dy, saved[0] as Tensor], 1, { alpha: SLOPE }) }
  })
}
