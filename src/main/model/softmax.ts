import { withGradient } from './custom-gradient'
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

/** Softmax over the last axis. */
export function softmax<T extends Tensor>(logits: T): T {
  fast ??= hasFastSoftmax()
  return withGradient<T>([logits], (save) => {
    const value = fast === true ? fastSoftmax(logits) : tf.softmax(logits)
    save([value])
    return { value, gradient: (dy, saved) => [softmaxGradient(dy, saved[0] as Tensor)] }
  })
}

function softmaxGradient(dy: Tensor, y: Tensor): Tensor {
  const weighted = dy.mul(y)
  return weighted.sub(y.mul(weighted.sum(-1, true)))
}
