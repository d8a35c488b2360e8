import { StudioError } from '../../common/errors'
import type { CropBatch } from '../../dataset/training-image'
import type { Adam } from '../adam'
import type { ParameterLayout } from '../parameters'
import { tf, type Tensor, type Tensor4D } from '../tensorflow'
import { GUIDES, studioDetail } from './network'
import type { StudioShape } from './shape'

/** Softens the absolute error near zero, in standard deviations of a component. */
const CHARBONNIER_EPSILON = 0.02

/**
 * One update of the weights on a batch. Returns the loss: the Charbonnier error (Lai et al. 2017) of the detail in
 * standard deviations. Throws 'diverged' when it is not finite; the weights are then as before the step.
 */
export function trainStudioStep(adam: Adam, layout: ParameterLayout, shape: StudioShape, batch: CropBatch, learningRate: number): number {
  const { count, crop, scale } = batch
  const { loss, gradient } = tf.tidy(() => {
    const input = tf.tensor4d(batch.input, [count, crop, crop, 1 + GUIDES])
    const target = tf.tensor4d(batch.target, [count, crop * scale, crop * scale, 1])
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
      const error: Tensor4D = studioDetail(layout.named(tensors), shape, input).sub(target)
      return error.square().add(CHARBONNIER_EPSILON ** 2).sqrt().mean().asScalar()
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
