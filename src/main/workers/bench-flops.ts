type Shape = readonly number[]

/** An operation as TensorFlow.js reports it when it profiles. */
export interface KernelRun {
  name: string
  inputShapes: readonly (Shape | null)[]
  outputShapes: readonly (Shape | null)[]
}

const size = (shape: Shape): number => shape.reduce((product, side) => product * side, 1)

/**
 * Floating-point operations of convolutions, their gradients and matrix products, a multiplication and an addition
 * counted as two; 0 for all else, which moves memory rather than computes. Kernels are [height, width, in, out].
 */
export function kernelFlops({ name, inputShapes, outputShapes }: KernelRun): number {
  const [first, second] = inputShapes
  const [output] = outputShapes
  if (!first || !second || !output) return 0
  switch (name) {
    case 'Conv2D':
    case 'FusedConv2D':
      return 2 * size(output) * size(second.slice(0, 3))
    // the gradient at the output comes first; every value of it meets a whole kernel
    case 'Conv2DBackpropInput':
      return 2 * size(first) * size(second.slice(0, 3))
    case 'Conv2DBackpropFilter':
      return 2 * size(second) * size(output.slice(0, 3))
    case 'BatchMatMul':
    case '_FusedMatMul': {
      const matrix = (shape: Shape): number => size(shape.slice(-2))
      // (mk)(kn)(mn) = (mkn)^2, whichever of the factors is transposed
      return 2 * size(output.slice(0, -2)) * Math.sqrt(matrix(first) * matrix(second) * matrix(output))
    }
    default:
      return 0
  }
}
