import { StudioError } from '../common/errors'
import type { JobContext } from '../common/job-context'
import { Random } from '../common/random'
import { Adam } from '../model/adam'
import { assertLayout, loadCheckpoint, saveCheckpoint } from '../model/checkpoint'
import type { CheckpointManifest, TrainingProgress, Verdict } from '../model/checkpoint-manifest'
import { paperBuffers, paperLayout } from '../model/paper/network'
import type { PaperVectors } from '../model/paper/predict'
import type { PaperShape } from '../model/paper/shape'
import type { BlockScore } from './block-score'
import type { PaperMaterial } from './paper-material'
import { PAPER_RATE, type PaperState } from './paper-trainer'
import { provenance } from './provenance'
import { describeSources, groundsOf } from './run-sources'
import type { TrainRequest } from './train-request'

/** What a run was begun with; a continued one must agree. */
export interface PaperPlan {
  shape: PaperShape
  /** Side of the crops, and so of the tiles that will serve. */
  side: number
  batch: number
  valueScale: number
  /** Bands of the first scene. */
  bands: number[]
  wavelengthNm: number[] | null
  /** Where training starts; null = random weights. */
  base: PaperVectors | null
}

/** What a training of the `paper` network has come to, and how it is kept in the model folder while it lasts. */
export class PaperRun {
  step = 0
  bestStep = 0
  best: PaperVectors | null = null
  /** The state to start or go on from. */
  start: PaperState
  secondsBefore = 0
  private bestScore: number | null = null
  private history: TrainingProgress['history'] = []
  private lossSum = 0
  private lossCount = 0

  private constructor(
    private readonly request: TrainRequest,
    private readonly plan: PaperPlan,
    private readonly sources: CheckpointManifest['sources'],
    /** Steps planned at most. */
    public steps: number,
  ) {
    const { shape, base } = plan
    this.start = {
      optimizer: Adam.start(base?.weights.slice() ?? paperLayout(shape).initialise(Random.fromSeed(request.seed))),
      // means of 0 and variances of 1: nothing is drawn
      buffers: base?.buffers.slice() ?? paperBuffers(shape).initialise(Random.fromSeed(0)),
      random: Random.fromSeed(request.seed + 1).state,
    }
  }

  /** A new run, or with `request.resume` the one that the model folder holds. Throws 'mismatch' when that one is of other scenes or settings. */
  static async open(request: TrainRequest, plan: PaperPlan, materials: readonly PaperMaterial[], steps: number, context: JobContext): Promise<PaperRun> {
    const sources = await describeSources(request.scenes, materials)
    const run = new PaperRun(request, plan, sources, steps)
    if (request.resume) await run.restore(context)
    return run
  }

  /** Whether there were steps since the last validation. */
  get hasNews(): boolean {
    return this.lossCount > 0
  }

  addLoss(loss: number): void {
    this.lossSum += loss
    this.lossCount++
  }

  /** Records a validation of the current weights, which become the best when no earlier ones scored higher. */
  addValidation({ psnr }: BlockScore, vectors: PaperVectors): void {
    this.history.push({ step: this.step, loss: this.lossSum / Math.max(1, this.lossCount), psnr })
    this.lossSum = 0
    this.lossCount = 0
    if (this.bestScore !== null && !(psnr > this.bestScore)) return
    this.bestScore = psnr
    this.bestStep = this.step
    this.best = vectors
  }

  /** Saves everything that is needed to go on as if nothing had happened. Call between two steps. */
  async save({ optimizer, buffers, random }: PaperState, secondsNow: number): Promise<void> {
    await saveCheckpoint(this.request.out, this.manifest('running', random, null, this.secondsBefore + secondsNow), {
      weights: optimizer.weights, momentum: optimizer.momentum, velocity: optimizer.velocity, buffers,
      ...(this.best === null ? {} : { best: this.best.weights, 'best-buffers': this.best.buffers }),
    })
  }

  async finish({ weights, buffers }: PaperVectors, verdict: Verdict, seconds: number): Promise<void> {
    await saveCheckpoint(this.request.out, this.manifest('finished', this.start.random, verdict, seconds), { weights, buffers })
  }

  private manifest(state: 'running' | 'finished', random: PaperState['random'], verdict: Verdict | null, seconds: number): Omit<CheckpointManifest, 'vectors'> {
    const { shape, side, batch, valueScale, bands, wavelengthNm } = this.plan
    const described = ({ specs }: ReturnType<typeof paperLayout>): CheckpointManifest['parameters'] => specs.map((spec) => ({ name: spec.name, shape: spec.shape }))
    return {
      format: 'dacn-model', version: 1, state,
      network: shape, passes: 1,
      parameters: described(paperLayout(shape)),
      buffers: described(paperBuffers(shape)),
      kernel: this.request.kernel,
      components: 0,
      wavelengthNm,
      trainedBands: bands,
      valueScale,
      sources: this.sources,
      training: {
        seed: this.request.seed, step: this.step, steps: this.steps, batch, crop: side, peakLearningRate: PAPER_RATE, warmUpSteps: 0, random: [...random],
        bestStep: this.bestStep, bestScore: this.bestScore, history: this.history, lossSum: this.lossSum, lossCount: this.lossCount, seconds,
      },
      verdict,
      provenance: provenance(),
    }
  }

  private async restore(context: JobContext): Promise<void> {
    const { out } = this.request
    const { manifest, vectors } = await loadCheckpoint(out).catch((error: unknown) => {
      if (error instanceof StudioError && error.tag === 'not-found') return { manifest: null, vectors: {} }
      throw error
    })
    if (manifest === null) {
      context.log('info', `${out}: nothing to continue, a new run starts.`)
      return
    }
    const { training } = manifest
    const { weights, momentum, velocity, buffers, best } = vectors
    const bestBuffers = vectors['best-buffers']
    if (manifest.state === 'finished' || training === null || weights === undefined || momentum === undefined || velocity === undefined || buffers === undefined) {
      throw new StudioError('mismatch', `${out}: this run is finished; there is nothing to continue.`, { file: out, remedy: 'Choose another folder for a new run, or use this one as its --base.' })
    }
    if (this.settings(manifest) !== this.settings({ ...this.manifest('running', this.start.random, null, 0), vectors: {} })) {
      throw new StudioError('mismatch', `${out}: the interrupted run has other scenes or settings than this one.`, { file: out, remedy: 'Give the same scenes, repairs, held-out block, seed, kernel and preset, or start a new run without --resume.' })
    }
    assertLayout(out, manifest.parameters, paperLayout(this.plan.shape).specs)
    assertLayout(out, manifest.buffers, paperBuffers(this.plan.shape).specs)
    this.step = training.step
    this.steps = training.steps
    this.bestStep = training.bestStep
    this.bestScore = training.bestScore
    this.best = best === undefined || bestBuffers === undefined ? null : { weights: best, buffers: bestBuffers }
    this.history = training.history
    this.lossSum = training.lossSum
    this.lossCount = training.lossCount
    this.secondsBefore = training.seconds
    this.start = { optimizer: { step: training.step, weights, average: weights.slice(), momentum, velocity }, buffers, random: training.random }
    context.log('info', `Continuing at step ${training.step} of ${training.steps}.`)
  }

  /** What two runs must have in common, as text. */
  private settings({ network, kernel, training, trainedBands, wavelengthNm, valueScale, sources }: CheckpointManifest): string {
    const { shape } = this.plan
    const preset = network.preset === 'paper' ? [network.scale, network.variant, network.bands] : [network.preset, shape.scale]
    return JSON.stringify([preset, kernel, training?.seed, training?.crop, training?.batch, trainedBands, wavelengthNm, valueScale, groundsOf(sources)])
  }
}
