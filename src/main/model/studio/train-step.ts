import { StudioError } from '../../common/errors'
import type { CropBatch } from '../../dataset/training-image'
import type { Adam } from '../adam'
import type { ParameterLayout } from '../parameters'
import { tf, type Tensor, type Tensor4D } from '../tensorflow'
import { GUIDES, studioDetail } from './network'
import type { StudioShape } from './shape'

/** Softens the absolute error near zero, in standard deviations of a component. */
const CHARBONNIER_EPSILON = 0.02

/** Loss of the error of a detail [n, rows, cols, 1] in standard deviations; a scalar tensor that has a gradient. */
export type DetailLoss = (error: Tensor4D) => Tensor

/** The absolute error, softened near zero (Charbonnier, Lai et al. 2017). */
export const charbonnier: DetailLoss = (error) => error.square().add(CHARBONNIER_EPSILON ** 2).sqrt().mean()

/**
 * One update of the weights on a batch. Returns the loss of the detail. Throws 'diverged' when it is not finite; the weights are then as before the step.
 */
export function trainStudioStep(adam: Adam, layout: ParameterLayout, shape: StudioShape, batch: CropBatch, learningRate: number, lossOf: DetailLoss = charbonnier): number {
  const { count, crop, scale } = batch
  const { loss, gradient } = tf.tidy(() => {
    const input = tf.tensor4d(batch.input, [count, crop, crop, 1 + GUIDES])
    const target = tf.tensor4d(batch.target, [count, crop * scale, crop * scale, 1])
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
      return lossOf(studioDetail(layout.named(tensors), shape, input).sub<Tensor4D>(target)).asScalar()
    })(layout.split(adam.weights))
    return { loss: value, gradient: layout.join(grads) }
  })
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
