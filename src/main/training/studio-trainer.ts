import { Random, type RandomState } from '../common/random'
import type { CropSampler } from '../dataset/training-image'
import { Adam, type AdamState } from '../model/adam'
import type { ParameterLayout } from '../model/parameters'
import { studioLayout } from '../model/studio/network'
import type { StudioShape } from '../model/studio/shape'
import { trainStudioStep } from '../model/studio/train-step'
import { learningRate, type CosineSchedule } from './learning-rate'

export interface StudioTrainerOptions {
  shape: StudioShape
  sampler: CropSampler
  batch: number
  schedule: CosineSchedule
  /** Decay of the moving average of the weights, which is what serves. */
  averageDecay: number
  weightDecay: number
}

/** The step loop's state: network, optimizer, random numbers. Same seed and steps give the same weights on a CPU. */
export class StudioTrainer {
  readonly layout: ParameterLayout
  private readonly adam: Adam
  private readonly random: Random

  constructor(private readonly options: StudioTrainerOptions, state: AdamState, random: RandomState) {
    this.layout = studioLayout(options.shape)
    this.random = Random.fromState(random)
    this.adam = new Adam(
      { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: options.weightDecay, clipNorm: 1, averageDecay: options.averageDecay },
      state,
      this.layout.decayMask(),
    )
  }

  /** One update, numbered `step` (0-based) in the schedule; returns the loss. Throws 'diverged'. */
  step(step: number): number {
    const { sampler, batch, shape, schedule } = this.options
    return trainStudioStep(this.adam, shape, sampler.draw(this.random, batch), learningRate(schedule, step))
  }

  /** The averaged weights [layout.size], copied. */
  averagedWeights(): Float32Array {
    return this.adam.average.dataSync<'float32'>().slice()
  }

  state(): { optimizer: AdamState; random: RandomState } {
    return { optimizer: this.adam.state(), random: this.random.state }
  }

  dispose(): void {
    this.adam.dispose()
  }
}
