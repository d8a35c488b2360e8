import type { JobContext } from '../common/job-context'
import { Random } from '../common/random'
import type { Kernel } from '../dataset/degrade'
import { crop } from '../dataset/mirror'
import { CropSampler, type TrainingImage } from '../dataset/training-image'
import { Adam } from '../model/adam'
import { loadCheckpoint, saveCheckpoint } from '../model/checkpoint'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import { GUIDES, studioLayout } from '../model/studio/network'
import { loadParameters, predictDetail } from '../model/studio/predict'
import { defaultStudioShape, type StudioShape } from '../model/studio/shape'
import { tf } from '../model/tensorflow'
import { provenance } from './provenance'
import { StudioTrainer } from './studio-trainer'

export interface BaseTrainingOptions {
  scale: StudioShape['scale']
  steps: number
  seed: number
  /** What the weights are declared to serve. */
  kernel: Kernel
  /** Weights to start from: of another scale, all but the last layer are taken over. */
  warmStart: string | null
  /** Highest learning rate. */
  peak: number
  out: string
  resume: boolean
}

const BATCH = 8
const CROP = { 2: 24, 3: 18, 4: 18 } as const
const COMPONENTS = 12
const SAVE_EVERY = 500

/**
 * Trains base weights on pictures of other sensors. `held` pictures are only measured: the gain over the back-projected
 * base, in dB of the standardised components, is logged at every save. The same seed and steps give the same weights.
 */
export async function trainBase(options: BaseTrainingOptions, images: readonly TrainingImage[], held: readonly TrainingImage[], context: JobContext): Promise<void> {
  const { scale, steps, seed, out } = options
  const shape = defaultStudioShape(scale)
  const layout = studioLayout(shape)
  const side = CROP[scale]
  const previous = options.resume ? await loadCheckpoint(out).catch(() => null) : null
  const progress = previous?.manifest.training ?? null
  const initial = layout.initialise(Random.fromSeed(seed))
  if (options.warmStart !== null) await takeOver(options.warmStart, initial, shape)
  const vectors = previous?.vectors
  const optimizer = progress !== null && vectors?.momentum !== undefined && vectors.velocity !== undefined && vectors.current !== undefined && vectors.weights !== undefined
    ? { step: progress.step, weights: vectors.current, average: vectors.weights, momentum: vectors.momentum, velocity: vectors.velocity }
    : Adam.start(initial)
  const schedule = { peak: options.peak, warmUpSteps: 300, steps }
  const trainer = new StudioTrainer(
    { shape, sampler: new CropSampler(images, side, GUIDES), batch: BATCH, schedule, averageDecay: 0.999, weightDecay: 1e-3 },
    optimizer,
    progress?.random ?? Random.fromSeed(seed + 1).state,
  )
  const history = [...(progress?.history ?? [])]
  let loss = 0
  let counted = 0
  const started = Date.now()
  let since = started
  for (let step = optimizer.step; step < steps; step++) {
    await context.breathe()
    loss += trainer.step(step)
    counted++
    context.progress('Training base weights', step + 1, steps, 'steps')
    if ((step + 1) % SAVE_EVERY !== 0 && step + 1 !== steps) continue
    const weights = trainer.averagedWeights()
    const gain = await heldGain(weights, shape, held)
    history.push({ step: step + 1, loss: loss / counted, psnr: gain })
    context.log('info', `step ${step + 1}: loss ${(loss / counted).toFixed(5)}, held-out pictures ${gain.toFixed(3)} dB over back-projection, ${((Date.now() - since) / counted).toFixed(0)} ms a step`)
    since = Date.now()
    loss = 0
    counted = 0
    const { optimizer: now, random } = trainer.state()
    const finished = step + 1 === steps
    const manifest: Omit<CheckpointManifest, 'vectors'> = {
      format: 'dacn-model', version: 1, state: finished ? 'finished' : 'running',
      network: shape,
      passes: 1,
      parameters: layout.specs.map(({ name, shape: sides }) => ({ name, shape: sides })),
      buffers: [],
      kernel: options.kernel,
      components: COMPONENTS,
      wavelengthNm: null,
      valueScale: 1,
      sources: [],
      training: {
        seed, step: step + 1, steps, batch: BATCH, crop: side, peakLearningRate: schedule.peak, warmUpSteps: schedule.warmUpSteps,
        random: [...random], bestStep: step + 1, bestScore: gain, history, lossSum: 0, lossCount: 0, seconds: (progress?.seconds ?? 0) + (Date.now() - started) / 1000,
      },
      verdict: null,
      provenance: provenance(),
    }
    await saveCheckpoint(out, manifest, finished ? { weights } : { weights, current: now.weights, momentum: now.momentum, velocity: now.velocity })
  }
  trainer.dispose()
}

async function takeOver(folder: string, initial: Float32Array, shape: StudioShape): Promise<void> {
  const { manifest, vectors } = await loadCheckpoint(folder)
  const sameScale = manifest.network.preset === 'studio' && manifest.network.scale === shape.scale
  const known = new Map<string, Float32Array>()
  let start = 0
  for (const { name, shape: sides } of manifest.parameters) {
    const size = sides.reduce((product, side) => product * side, 1)
    known.set(name, (vectors.weights as Float32Array).subarray(start, start + size))
    start += size
  }
  start = 0
  for (const { name, shape: sides } of studioLayout(shape).specs) {
    const size = sides.reduce((product, side) => product * side, 1)
    const values = known.get(name)
    if (values?.length === size && (sameScale || !name.startsWith('detail/'))) initial.set(values, start)
    start += size
  }
}

/** Mean over images of 10 log10(error of the base / error of the result), first component, in dB. */
async function heldGain(weights: Float32Array, shape: StudioShape, held: readonly TrainingImage[]): Promise<number> {
  const layout = studioLayout(shape)
  const parameters = loadParameters(layout, weights)
  let sum = 0
  for (const { lowRes, base, highRes } of held) {
    const rows = lowRes.rows - (lowRes.rows % shape.window)
    const cols = lowRes.cols - (lowRes.cols % shape.window)
    const detail = await predictDetail(parameters, shape, crop(lowRes, 0, 0, rows, cols), 500e6)
    let before = 0
    let after = 0
    for (let row = 0; row < detail.rows; row++) {
      for (let col = 0; col < detail.cols; col++) {
        const at = (row * base.cols + col) * base.bands
        const error = (highRes.data[at] as number) - (base.data[at] as number)
        before += error ** 2
        after += (error - (detail.data[(row * detail.cols + col) * detail.bands] as number)) ** 2
      }
    }
    sum += 10 * Math.log10(before / after)
  }
  tf.dispose(parameters)
  return held.length === 0 ? 0 : sum / held.length
}
