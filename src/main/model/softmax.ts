import { nativeOperation, runsOnCard } from './native-operation'
import { tf, type Tensor } from './tensorflow'

/** oneDNN's own kernel. A graph gets it by itself; operations that are run one by one get one of a third of its speed. */
function fastSoftmax<T extends Tensor>(logits: T): T {
  return nativeOperation('_MklSoftmax', [logits], 1, { _kernel: 'MklNameChangeOp' })[0] as T
}

let fast: boolean | undefined

function hasFastSoftmax(): boolean {
  if (runsOnCard()) return false
  try {
    tf.tidy(() => fastSoftmax(tf.zeros([1, 2])))
    return true
  } catch {
    // TensorFlow is built without oneDNN for some processors
    return false
  }
}

/** Softmax over the last axis, without a gradient: for use inside `withGradient` and at inference. */
export function softmax<T extends Tensor>(logits: T): T {
  fast ??= hasFastSoftmax()
  return fast ? fastSoftmax(logits) : tf.softmax(logits)
}
