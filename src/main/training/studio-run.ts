import { StudioError } from '../common/errors'
import type { JobContext } from '../common/job-context'
import { Random, type RandomState } from '../common/random'
import type { CropSampler } from '../dataset/training-image'
import { SCENE_COMPONENTS } from '../dataset/scene-components'
import type { Symmetry } from '../dataset/symmetry'
import { Adam, type AdamState } from '../model/adam'
import { assertLayout, loadCheckpoint, saveCheckpoint } from '../model/checkpoint'
import type { CheckpointManifest, ErrorModel, TrainingProgress, Verdict } from '../model/checkpoint-manifest'
import type { ParameterLayout } from '../model/parameters'
import { studioLayout } from '../model/studio/network'
import { lastProgress } from './last-progress'
import type { CosineSchedule } from './learning-rate'
import { provenance } from './provenance'
import { describeSources, groundsOf } from './run-sources'
import type { BlockScore } from './block-score'
import type { SceneMaterial } from './scene-material'
import type { StudioBase } from './studio-base'
import type { StudioTrainer, StudioTrainerOptions } from './studio-trainer'
import type { TrainRequest } from './train-request'

/** Average over some fifty steps: runs are short. */
const AVERAGE_DECAY = 0.98
const WEIGHT_DECAY = 1e-3

/** What a finished run serves with. */
export interface FinishedStudio {
  weights: Float32Array
  /** Turns that these weights have learnt with. */
  symmetries: Symmetry[]
  /** null where no error could be fitted. */
  errorModel: ErrorModel | null
}

/** What a fine-tuning run has come to, and how it is kept in the model folder while it lasts. */
export class StudioRun {
  step = 0
  /** 0 until the time budget has been turned into steps. */
  steps = 0
  bestWeights: Float32Array | null = null
  optimizer: AdamState
  random: RandomState
  secondsBefore = 0
  peakLearningRate = 0
  private warmUpSteps = 0
  private bestStep = 0
  private bestScore: number | null = null
  private history: TrainingProgress['history'] = []
  private lossSum = 0
  private lossCount = 0

  private constructor(
    private readonly request: TrainRequest,
    private readonly base: StudioBase,
    private readonly sources: CheckpointManifest['sources'],
    readonly layout: ParameterLayout,
    private readonly crop: number,
    private readonly batch: number,
  ) {
    this.optimizer = this.startOptimizer()
    this.random = this.startRandom()
  }

  /** A new run, or with `request.resume` the one that the model folder holds. Throws 'mismatch' when that one is of other scenes or settings. */
  static async open(request: TrainRequest, base: StudioBase, materials: readonly SceneMaterial[], crop: number, batch: number, context: JobContext): Promise<StudioRun> {
    const layout = studioLayout(base.shape)
    const sources = await describeSources(request.scenes, materials)
    const run = new StudioRun(request, base, sources, layout, crop, batch)
    if (request.resume) await run.restore(context)
    return run
  }

  /** Optimizer state at step 0. */
  startOptimizer(): AdamState {
    return Adam.start(this.base.weights?.slice() ?? this.layout.initialise(Random.fromSeed(this.request.seed)))
  }

  startRandom(): RandomState {
    return Random.fromSeed(this.request.seed + 1).state
  }

  get schedule(): CosineSchedule {
    return { peak: this.peakLearningRate, warmUpSteps: this.warmUpSteps, steps: this.steps }
  }

  /** Options of a trainer for `steps` steps; a continued run keeps the plan it began with. */
  trainerOptions(sampler: CropSampler, steps: number, warmUpSteps: number, peakLearningRate: number): StudioTrainerOptions {
    if (this.steps === 0) {
      this.warmUpSteps = warmUpSteps
      this.peakLearningRate = peakLearningRate
    }
    return {
      shape: this.base.shape, sampler, batch: this.batch, averageDecay: AVERAGE_DECAY, weightDecay: WEIGHT_DECAY,
      schedule: { peak: this.peakLearningRate, warmUpSteps: this.warmUpSteps, steps: this.steps === 0 ? steps : this.steps },
    }
  }

  /** Whether there were steps since the last validation. */
  get hasNews(): boolean {
    return this.lossCount > 0
  }

  /** Step of the last validation that was worth waiting for. */
  get progressStep(): number {
    return lastProgress(this.history)
  }

  addLoss(loss: number): void {
    this.lossSum += loss
    this.lossCount++
  }

  /** Records a validation of the averaged `weights`, which become the best when no earlier ones scored higher. */
  addValidation({ psnr }: BlockScore, weights: Float32Array): void {
    this.history.push({ step: this.step, loss: this.lossSum / Math.max(1, this.lossCount), psnr })
    this.lossSum = 0
    this.lossCount = 0
    if (this.bestScore !== null && psnr <= this.bestScore) return
    this.bestScore = psnr
    this.bestStep = this.step
    this.bestWeights = weights
  }

  /** Saves everything that is needed to go on as if nothing had happened. Call between a validation and the next step. */
  async save(trainer: StudioTrainer, secondsNow: number): Promise<void> {
    const { optimizer, random } = trainer.state()
    await saveCheckpoint(this.request.out, this.manifest('running', random, null, this.secondsBefore + secondsNow), {
      weights: optimizer.average, current: optimizer.weights, momentum: optimizer.momentum, velocity: optimizer.velocity,
      ...(this.bestWeights === null ? {} : { best: this.bestWeights }),
    })
  }

  async finish({ weights, symmetries, errorModel }: FinishedStudio, verdict: Verdict, seconds: number): Promise<void> {
    const manifest = { ...this.manifest('finished', this.random, verdict, seconds), symmetries, ...(errorModel === null ? {} : { errorModel }) }
    await saveCheckpoint(this.request.out, manifest, { weights })
  }

  private manifest(state: 'running' | 'finished', random: RandomState, verdict: Verdict | null, seconds: number): Omit<CheckpointManifest, 'vectors'> {
    return {
      format: 'dacn-model', version: 1, state,
      network: this.base.shape, passes: this.base.passes,
      parameters: this.layout.specs.map(({ name, shape }) => ({ name, shape })),
      buffers: [],
      kernel: this.request.kernel,
      components: SCENE_COMPONENTS,
      wavelengthNm: null,
      valueScale: 1,
      sources: this.sources,
      training: {
        seed: this.request.seed, step: this.step, steps: this.steps, batch: this.batch, crop: this.crop,
        peakLearningRate: this.peakLearningRate, warmUpSteps: this.warmUpSteps, random: [...random],
        bestStep: this.bestStep, bestScore: this.bestScore, history: this.history,
        lossSum: this.lossSum, lossCount: this.lossCount, seconds,
      },
      verdict,
      provenance: provenance(),
    }
  }

  private async restore(context: JobContext): Promise<void> {
    const { out } = this.request
    const saved = await loadCheckpoint(out).catch((error: unknown) => {
      if (error instanceof StudioError && error.tag === 'not-found') return null
      throw error
    })
    if (saved === null) {
      context.log('info', `${out}: nothing to continue, a new run starts.`)
      return
    }
    const { manifest, vectors } = saved
    const { training } = manifest
    const { current, momentum, velocity, weights, best } = vectors
    if (manifest.state === 'finished' || training === null || current === undefined || momentum === undefined || velocity === undefined || weights === undefined) {
      throw new StudioError('mismatch', `${out}: this run is finished; there is nothing to continue.`, { file: out, remedy: 'Choose another folder for a new run, or use this one as its --base.' })
    }
    assertLayout(out, manifest.parameters, this.layout.specs)
    const same = training.seed === this.request.seed && training.crop === this.crop && training.batch === this.batch
      && JSON.stringify(manifest.kernel) === JSON.stringify(this.request.kernel)
      && groundsOf(manifest.sources) === groundsOf(this.sources)
    if (!same) {
      throw new StudioError('mismatch', `${out}: the interrupted run has other scenes or settings than this one.`, { file: out, remedy: 'Give the same scenes, repairs, held-out block, seed and kernel, or start a new run without --resume.' })
    }
    Object.assign(this, {
      step: training.step, steps: training.steps, bestStep: training.bestStep, bestScore: training.bestScore,
      bestWeights: best ?? null, history: training.history, lossSum: training.lossSum, lossCount: training.lossCount,
      secondsBefore: training.seconds, peakLearningRate: training.peakLearningRate, warmUpSteps: training.warmUpSteps,
      optimizer: { step: training.step, weights: current, average: weights, momentum, velocity },
      random: training.random,
    })
    context.log('info', `Continuing at step ${training.step} of ${training.steps}.`)
  }
}
