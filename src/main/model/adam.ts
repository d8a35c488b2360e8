import { StudioError } from '../common/errors'
import { tf, type Tensor, type Tensor1D } from './tensorflow'

export interface AdamOptions {
  beta1: number
  beta2: number
  epsilon: number
  /** Decoupled weight decay per unit of learning rate, on kernels only (AdamW, Loshchilov & Hutter 2019). */
  weightDecay: number
  /** The gradient is scaled down to this global norm when it is longer; Infinity = never. */
  clipNorm: number
  /** Exponential moving average of the weights, with a warm-up of (1 + t) / (10 + t). */
  averageDecay: number
}

/** Everything that must be saved for training to go on as if it had not been interrupted; vectors are [size]. */
export interface AdamState {
  step: number
  weights: Float32Array
  average: Float32Array
  momentum: Float32Array
  velocity: Float32Array
}

/**
 * AdamW with gradient clipping and an average of the weights, on one flat vector. Holds four vectors on the device;
 * `dispose` frees them.
 */
export class Adam {
  private step: number
  private tensors: { weights: Tensor1D; average: Tensor1D; momentum: Tensor1D; velocity: Tensor1D }
  private readonly decayMask: Tensor1D

  constructor(private readonly options: AdamOptions, state: AdamState, decayMask: Float32Array) {
    const { length } = state.weights
    for (const vector of [state.average, state.momentum, state.velocity, decayMask]) {
      if (vector.length !== length) {
        throw new StudioError('mismatch', `The optimizer state holds ${vector.length} values for ${length} weights.`, {
          remedy: 'The checkpoint belongs to another network: start a new run.',
        })
      }
    }
    this.step = state.step
    this.decayMask = tf.tensor1d(decayMask)
    this.tensors = {
      weights: tf.tensor1d(state.weights),
      average: tf.tensor1d(state.average),
      momentum: tf.tensor1d(state.momentum),
      velocity: tf.tensor1d(state.velocity),
    }
  }

  static start(weights: Float32Array): AdamState {
    return {
      step: 0,
      weights,
      average: weights.slice(),
      momentum: new Float32Array(weights.length),
      velocity: new Float32Array(weights.length),
    }
  }

  get weights(): Tensor1D {
    return this.tensors.weights
  }

  get average(): Tensor1D {
    return this.tensors.average
  }

  /** One update with the gradient of the loss at `weights`, [size]. */
  update(gradient: Tensor1D, learningRate: number): void {
    const { beta1, beta2, epsilon, weightDecay, clipNorm, averageDecay } = this.options
    const t = ++this.step
    const old = this.tensors
    this.tensors = tf.tidy(() => {
      let g: Tensor = gradient
      if (clipNorm !== Infinity) {
        const norm = g.square().sum().sqrt()
        g = g.mul(tf.scalar(clipNorm).div(norm.maximum(clipNorm)))
      }
      const momentum = old.momentum.mul(beta1).add(g.mul(1 - beta1))
      const velocity = old.velocity.mul(beta2).add(g.square().mul(1 - beta2))
      const size = learningRate * Math.sqrt(1 - beta2 ** t) / (1 - beta1 ** t)
      let weights = old.weights.sub(momentum.mul(size).div(velocity.sqrt().add(epsilon * Math.sqrt(1 - beta2 ** t))))
      if (weightDecay > 0) weights = weights.sub(old.weights.mul(this.decayMask).mul(learningRate * weightDecay))
      const keep = Math.min(averageDecay, (1 + t) / (10 + t))
      const average = old.average.mul(keep).add(weights.mul(1 - keep))
      return { weights, average, momentum, velocity } as typeof old
    })
    tf.dispose(old)
  }

  state(): AdamState {
    const read = (tensor: Tensor1D): Float32Array => tensor.dataSync<'float32'>().slice()
    return {
      step: this.step,
      weights: read(this.tensors.weights),
      average: read(this.tensors.average),
      momentum: read(this.tensors.momentum),
      velocity: read(this.tensors.velocity),
    }
  }

  dispose(): void {
    tf.dispose(this.tensors)
    this.decayMask.dispose()
  }
}
