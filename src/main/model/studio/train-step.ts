import { StudioError } from '../../common/errors'
import type { CropBatch } from '../../dataset/training-image'
import type { Adam } from '../adam'
import { compiledFor, type TensorFunction } from '../graph/compiled'
import { tf, type Tensor, type Tensor1D, type Tensor4D } from '../tensorflow'
import { GUIDES, studioDetail, studioLayout } from './network'
import type { StudioShape } from './shape'

/** Softens the absolute error near zero, in standard deviations of a component. */
const CHARBONNIER_EPSILON = 0.02

/** Loss of the error of a detail [n, rows, cols, 1] in standard deviations; a scalar tensor that has a gradient. */
export type DetailLoss = (error: Tensor4D) => Tensor

/** The absolute error, softened near zero (Charbonnier, Lai et al. 2017). */
export const charbonnier: DetailLoss = (error) => error.square().add(CHARBONNIER_EPSILON ** 2).sqrt().mean()

/** From weights, input and target of a batch: the loss and its gradient [size]. */
function gradientStep(shape: StudioShape, lossOf: DetailLoss): TensorFunction {
  const layout = studioLayout(shape)
  return ([weights, input, target]) => {
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) =>
      lossOf(studioDetail(layout.named(tensors), shape, input as Tensor4D).sub<Tensor4D>(target as Tensor4D)).asScalar(),
    )(layout.split(weights as Tensor1D))
    return [value, layout.join(grads)]
  }
}

const compiledStep = compiledFor((shape: StudioShape) => gradientStep(shape, charbonnier))

/**
 * One update of the weights on a batch. Returns the loss of the detail. Throws 'diverged' when it is not finite; the weights are then as before the step.
 */
export function trainStudioStep(adam: Adam, shape: StudioShape, batch: CropBatch, learningRate: number, lossOf = charbonnier): number {
  const { count, crop, scale } = batch
  const step = lossOf === charbonnier ? compiledStep(shape) : gradientStep(shape, lossOf)
  const [loss, gradient] = tf.tidy(() => step([
    adam.weights,
    tf.tensor4d(batch.input, [count, crop, crop, 1 + GUIDES]),
    tf.tensor4d(batch.target, [count, crop * scale, crop * scale, 1]),
  ])) as [Tensor, Tensor1D]
  const value = loss.dataSync()[0] as number
  try {
    if (!Number.isFinite(value)) {
      throw new StudioError('diverged', `Training became unstable: the loss is ${value}.`, { remedy: 'The best weights so far are kept; try again with another seed.' })
    }
    adam.update(gradient, learningRate)
  } finally {
    tf.dispose([loss, gradient])
  }
  return value
}
