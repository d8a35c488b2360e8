import type { ParameterSpec, Parameters } from './parameters'
import type { PaperShape } from './paper/shape'
import { sumOfSquares } from './sum-of-squares'
import { tf, type Tensor, type Tensor4D } from './tensorflow'

// Every term takes estimate and reference [n, h, w, c] of one shape and gives a scalar tensor that has a gradient.

/** mean (e - r)^2 */
export function meanSquaredError(estimate: Tensor4D, reference: Tensor4D): Tensor {
  return meanSquare(estimate.sub(reference))
}

/**
 * How far the edges differ: mean (d_rows e - d_rows r)^2 + mean (d_cols e - d_cols r)^2, where d is the difference of
 * neighbours along an axis. Sides of at least two pixels.
 */
export function spatialGradientError(estimate: Tensor4D, reference: Tensor4D): Tensor {
  const error = estimate.sub<Tensor4D>(reference)
  return meanSquare(difference(error, 1)).add(meanSquare(difference(error, 2)))
}

/** How far the slopes of the spectra differ: mean (d_bands e - d_bands r)^2. At least two bands, in spectral order. */
export function spectralGradientError(estimate: Tensor4D, reference: Tensor4D): Tensor {
  return meanSquare(difference(estimate.sub<Tensor4D>(reference), 3))
}

function meanSquare(x: Tensor): Tensor {
  return sumOfSquares(x).div(x.size)
}

function difference(x: Tensor4D, axis: 1 | 2 | 3): Tensor {
  const begin = [0, 0, 0, 0]
  const size = [...x.shape]
  begin[axis] = 1
  size[axis] = (size[axis] as number) - 1
  return x.slice(begin, size).sub(x.slice([0, 0, 0, 0], size))
}

/** Sum of the squares of all kernels (what weight decay applies to); biases and gains are left out. */
export function kernelPenalty(specs: readonly ParameterSpec[], p: Parameters): Tensor {
  return tf.addN(specs.filter(({ decays }) => decays).map(({ name }) => sumOfSquares(p[name] as Tensor)))
}

const PENALTY_WEIGHT = 1e-4

/**
 * The published loss (arXiv 2506.05041): mean squared error + spatial gradient error + spectral gradient error
 * + 1e-4 * kernel penalty. In the authors' notebooks the spectral term is the gradient of a mean with respect to its own
 * input: a constant, so that it vanishes from the loss; the 'notebook' variant therefore leaves it out.
 */
export function paperLoss(variant: PaperShape['variant'], estimate: Tensor4D, reference: Tensor4D, specs: readonly ParameterSpec[], p: Parameters): Tensor {
  const loss = meanSquaredError(estimate, reference)
    .add(spatialGradientError(estimate, reference))
    .add(kernelPenalty(specs, p).mul(PENALTY_WEIGHT))
  return variant === 'notebook' ? loss : loss.add(spectralGradientError(estimate, reference))
}
