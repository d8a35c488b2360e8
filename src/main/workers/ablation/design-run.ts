import { Random } from '../../common/random'
import { Adam } from '../../model/adam'
import { paperLoss } from '../../model/losses'
import { batchNormInference, batchNormTraining } from '../../model/paper/normalisation'
import type { PaperModel } from '../../model/paper/predict'
import { GROUP_BANDS } from '../../model/paper/shape'
import { updateBuffers } from '../../model/paper/train-step'
import type { ParameterLayout } from '../../model/parameters'
import { loadParameters } from '../../model/studio/predict'
import { tf, type Tensor, type Tensor1D, type Tensor4D } from '../../model/tensorflow'
import { learningRate } from '../../training/learning-rate'
import type { PaperSampler } from '../../training/paper-sampler'
import { ablatedBuffers, ablatedDetail, ablatedLayout, SCALE, type AblatedShape } from './attention-design'
import { ProcessorClock } from './processor-clock'

const BATCH = 4
/** The published rate at its highest, then down to nothing when the time is up: short runs need it. */
const SCHEDULE = { peak: 1e-3, warmUpSteps: 20, steps: 1000 }
const OPTIMISER = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0, clipNorm: 1, averageDecay: 0 }

/** One design that learns for a given time of the processor, a step at a time, so that several can take turns. */
export class DesignRun {
  readonly layout: ParameterLayout
  readonly clock = new ProcessorClock()
  steps = 0
  private readonly adam: Adam
  private readonly random: Random
  private readonly statistics: ParameterLayout
  private buffers: Tensor1D

  constructor(readonly shape: AblatedShape, private readonly sampler: PaperSampler, private readonly budgetSeconds: number, seed: number) {
    this.layout = ablatedLayout(shape)
    this.statistics = ablatedBuffers(shape)
    const random = Random.fromSeed(seed)
    this.adam = new Adam(OPTIMISER, Adam.start(this.layout.initialise(random)), this.layout.decayMask())
    this.buffers = tf.tensor1d(this.statistics.initialise(random))
    this.random = Random.fromSeed(seed + 1)
  }

  get ended(): boolean {
    return this.clock.seconds >= this.budgetSeconds
  }

  /** One update by the loss of the article. Throws when it is not finite. */
  step(): void {
    this.clock.run(() => { this.update() })
    this.steps++
  }

  private update(): void {
    const { side } = this.sampler
    const crops = this.sampler.draw(this.random, BATCH)
    const kept: Tensor[] = []
    const { value, gradient } = tf.tidy(() => {
      const lowRes = tf.tensor4d(crops.lowRes, [BATCH, side, side, GROUP_BANDS])
      const detail = tf.tensor4d(crops.highRes, [BATCH, side * SCALE, side * SCALE, GROUP_BANDS])
      const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
        const p = this.layout.named(tensors)
        const output = ablatedDetail(p, this.shape, lowRes, (name, x, bias) => {
          const normalised = batchNormTraining(p, name, x, bias)
          // the engine frees whatever the gradient does not need
          kept.push(...normalised.moments.map((moment) => tf.keep(moment)))
          return normalised.output
        })
        return paperLoss('text', output, detail, this.layout.specs, p).asScalar()
      })(this.layout.split(this.adam.weights))
      return { value, gradient: this.layout.join(grads) }
    })
    const loss = value.dataSync()[0] as number
    if (!Number.isFinite(loss)) throw new Error(`${this.shape.design.name}: training became unstable after ${this.steps} steps.`)
    this.adam.update(gradient, learningRate(SCHEDULE, Math.floor((SCHEDULE.steps * this.clock.seconds) / this.budgetSeconds)))
    const updated = updateBuffers(this.buffers, kept)
    tf.dispose([value, gradient, kept, this.buffers])
    this.buffers = updated
  }

  /** As it is now, ready to predict tiles of the side that it learns with; `dispose` frees it. */
  model(valueScale: number): PaperModel & { dispose: () => void } {
    const { side } = this.sampler
    const parameters = loadParameters(this.layout, this.adam.weights.dataSync<'float32'>().slice())
    const statistics = loadParameters(this.statistics, this.buffers.dataSync<'float32'>().slice())
    return {
      scale: SCALE, side, valueScale,
      network: (lowRes) => tf.tidy(() => {
        const input: Tensor4D = tf.tensor4d(lowRes, [1, side, side, GROUP_BANDS])
        return ablatedDetail(parameters, this.shape, input, (name, x, bias) => batchNormInference(parameters, statistics, name, x, bias)).dataSync<'float32'>()
      }),
      dispose: () => { tf.dispose([parameters, statistics]) },
    }
  }

  dispose(): void {
    this.adam.dispose()
    this.buffers.dispose()
  }
}
