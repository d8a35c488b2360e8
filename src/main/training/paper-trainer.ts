import { Random, type RandomState } from '../common/random'
import { Adam, type AdamState } from '../model/adam'
import { paperLayout } from '../model/paper/network'
import type { PaperVectors } from '../model/paper/predict'
import { GROUP_BANDS, type PaperShape } from '../model/paper/shape'
import { trainPaperStep } from '../model/paper/train-step'
import { tf, type Tensor1D } from '../model/tensorflow'
import type { PaperSampler } from './paper-sampler'

/** The published optimiser: Adam with a constant rate, no decay, no clipping, no averaging. */
export const PAPER_RATE = 1e-3
const OPTIMISER = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0, clipNorm: Infinity, averageDecay: 0 }

/** Everything that must be saved for training to go on as if it had not been interrupted. */
export interface PaperState {
  optimizer: AdamState
  buffers: Float32Array
  random: RandomState
}

/** The step loop's state. Same seed and steps give the same weights on a CPU. `dispose` frees the device. */
export class PaperTrainer {
  private readonly adam: Adam
  private readonly random: Random
  private buffers: Tensor1D

  constructor(private readonly shape: PaperShape, private readonly sampler: PaperSampler, private readonly batch: number, state: PaperState) {
    this.adam = new Adam(OPTIMISER, state.optimizer, paperLayout(shape).decayMask())
    this.random = Random.fromState(state.random)
    this.buffers = tf.tensor1d(state.buffers)
  }

  /** One update; returns the loss. Throws 'diverged'; weights are then as before. */
  step(): number {
    const { side } = this.sampler
    const fine = side * this.shape.scale
    const crops = this.sampler.draw(this.random, this.batch)
    const batch = {
      lowRes: tf.tensor4d(crops.lowRes, [crops.count, side, side, GROUP_BANDS]),
      highRes: tf.tensor4d(crops.highRes, [crops.count, fine, fine, GROUP_BANDS]),
    }
    try {
      const { loss, buffers } = trainPaperStep(this.adam, this.shape, this.buffers, batch, PAPER_RATE)
      this.buffers = buffers
      return loss
    } finally {
      tf.dispose([batch.lowRes, batch.highRes])
    }
  }

  /** Weights and moving statistics, copied. */
  vectors(): PaperVectors {
    return { weights: this.adam.weights.dataSync<'float32'>().slice(), buffers: this.buffers.dataSync<'float32'>().slice() }
  }

  state(): PaperState {
    return { optimizer: this.adam.state(), buffers: this.buffers.dataSync<'float32'>().slice(), random: this.random.state }
  }

  dispose(): void {
    this.adam.dispose()
    this.buffers.dispose()
  }
}
