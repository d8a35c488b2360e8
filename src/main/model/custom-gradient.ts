import { tf, type Tensor } from './tensorflow'

interface Differentiable<T extends Tensor> {
  value: T
  /** Gradients with respect to the inputs, in their order, from that with respect to `value` and the saved tensors. */
  gradient: (dy: T, saved: readonly Tensor[]) => Tensor[]
}

/**
 * Runs `forward` as one operation with a gradient of its own. What `gradient` needs must go through `save`: tensors of
 * the forward pass are freed when it ends.
 */
export function withGradient<T extends Tensor>(inputs: readonly Tensor[], forward: (save: (tensors: Tensor[]) => void) => Differentiable<T>): T {
  return tf.customGrad<T>((...args) => {
    const { value, gradient } = forward(args[args.length - 1] as (tensors: Tensor[]) => void)
    return { value, gradFunc: gradient }
  })(...inputs)
}
