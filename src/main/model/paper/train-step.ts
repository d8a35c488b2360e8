import { StudioError } from '../../common/errors'
import type { Adam } from '../adam'
import { compiledFor } from '../graph/compiled'
import { paperLoss } from '../losses'
import { tf, type Tensor, type Tensor1D, type Tensor4D } from '../tensorflow'
import { paperForward, paperLayout } from './network'
import type { PaperShape } from './shape'

/** Keras' default momentum of batch normalisation. */
const MOMENTUM = 0.99

/**
 * Moving means and variances [size] after a batch: momentum * old + (1 - momentum) * moments, the moments in the order
 * of `paperBuffers`. Neither input is freed.
 */
export function updateBuffers(buffers: Tensor1D, moments: readonly Tensor[], momentum = MOMENTUM): Tensor1D {
  return tf.tidy(() => buffers.mul(momentum).add(tf.concat(moments.map((moment) => moment.flatten())).mul(1 - momentum)))
}

/** From weights, low-resolution and high-resolution tiles: the loss, its gradient [size] and the moments of batch normalisation. */
const gradientStep = compiledFor((shape: PaperShape) => {
  const layout = paperLayout(shape)
  return ([weights, lowRes, highRes]) => {
    const kept: Tensor[] = []
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
      const p = layout.named(tensors)
      const { output, moments } = paperForward(p, {}, shape, lowRes as Tensor4D, true)
      // the engine frees whatever the gradient does not need
      kept.push(...moments.map((moment) => tf.keep(moment)))
      return paperLoss(shape.variant, output, highRes as Tensor4D, layout.specs, p).asScalar()
    })(layout.split(weights as Tensor1D))
    return [value, layout.join(grads), ...kept]
  }
})

/** Pairs to learn from: `lowRes` [n, h, w, bands] and `highRes` [n, scale * h, scale * w, bands], in the same scaled unit. */
export interface PaperBatch {
  lowRes: Tensor4D
  highRes: Tensor4D
}

/**
 * One update of the weights on a batch (not freed). Returns the loss at the old weights and the new moving statistics in
 * place of `buffers`, which are freed. Throws 'diverged' when the loss is not finite; weights and buffers are then as
 * before. Memory grows with the batch, not with the square of the positions.
 */
export function trainPaperStep(
  adam: Adam,
  shape: PaperShape,
  buffers: Tensor1D,
  { lowRes, highRes }: PaperBatch,
  learningRate: number,
): { loss: number; buffers: Tensor1D } {
  const [value, gradient, ...moments] = tf.tidy(() => gradientStep(shape)([adam.weights, lowRes, highRes])) as [Tensor, Tensor1D, ...Tensor[]]
  try {
    const loss = value.dataSync()[0] as number
    if (!Number.isFinite(loss)) {
      throw new StudioError('diverged', `Training became unstable: the loss is ${loss}.`, { remedy: 'The best weights so far are kept; try again with another seed.' })
    }
    adam.update(gradient, learningRate)
    const updated = updateBuffers(buffers, moments)
    buffers.dispose()
    return { loss, buffers: updated }
  } finally {
    tf.dispose([value, gradient, moments])
  }
}
