import { withGradient } from './custom-gradient'
import { nativeOperation } from './native-operation'
import type { Tensor } from './tensorflow'

/** Sum of the squares of all elements: a scalar, with no copy of `x` in between. */
export function sumOfSquares(x: Tensor): Tensor {
  return withGradient([x], (save) => {
    save([x])
    const [half] = nativeOperation('L2Loss', [x], 1) as [Tensor]
    return { value: half.mul(2), gradient: (dy, saved) => [(saved[0] as Tensor).mul(dy.mul(2))] }
  })
}
