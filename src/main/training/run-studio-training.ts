import type { JobContext } from '../common/job-context'
import { CropSampler } from '../dataset/training-image'
import { ALL_SYMMETRIES } from '../dataset/symmetry'
import { DEFAULT_QUALITY, servingSymmetries } from '../inference/serving-symmetries'
import type { Method } from '../model/checkpoint-manifest'
import { GUIDES } from '../model/studio/network'
import { loadParameters } from '../model/studio/predict'
import type { StudioModel } from '../model/studio/sharpen'
import { tf } from '../model/tensorflow'
import { breathingReader } from './breathing-reader'
import { calibrate } from './calibration'
import { noRoomError, studioCropSide } from './crop-room'
import type { HeldOutBlock } from './held-out-block'
import { learningRate } from './learning-rate'
import { halfway } from './scale-shift'
import { prepareScene, type SceneMaterial } from './scene-material'
import { meanScore, measureScenes, type MeanScore, type ScenesMeasured } from './scene-scores'
import { loadStudioBase, NO_BASE, randomStudioBase, tellOtherKernel } from './studio-base'
import { StudioRun } from './studio-run'
import { StudioTrainer } from './studio-trainer'
import { fitSteps } from './time-budget'
import type { TrainOutcome, TrainRequest } from './train-request'
import { judge } from './verdict'
import { WorkingClock } from './working-clock'

const BATCH = 8
const PEAK_RATE = { tuned: 5e-5, scratch: 1e-3 }
const WARM_UP = 20
const DEFAULT_MINUTES = 5
/** More steps than this do not help on one scene, whatever the time: runs of `npm run bench:accuracy` ended early or kept the base by then. */
const MOST_STEPS = 800
const VALIDATIONS = 24
/** Validations without progress after which a run ends. */
const PATIENCE = 10
const SAVE_EVERY_SECONDS = 5

/**
 * Fine-tunes the `studio` network on scenes: degrades them, learns to undo it, judges the result on ground that was held
 * out, and writes a model folder that serves the best of fine-tuned, base, back-projection and bicubic. A run can be
 * continued from its last save with the same outcome as if it had not been interrupted (steps given, same machine).
 * Between two breaths of the job lies at most one step or one rendering of a held-out block.
 */
export async function runStudioTraining(request: TrainRequest, job: JobContext): Promise<TrainOutcome> {
  const clock = new WorkingClock(job)
  const { context } = clock
  const base = request.base === NO_BASE ? randomStudioBase(request.scale) : await loadStudioBase(request.scale, request.kernel, request.base)
  const { shape, passes } = base
  tellOtherKernel(base.kernel, request.kernel, context)
  if (base.weights === null) context.log('warning', 'Training starts from random weights.')
  const plan = { shape, passes, kernel: request.kernel }
  const materials: SceneMaterial[] = []
  for (const scene of request.scenes) {
    context.progress('Preparing scenes', materials.length, request.scenes.length, 'scenes')
    materials.push(await prepareScene({ ...scene, reader: breathingReader(scene.reader, context) }, request.scale, plan, context))
  }
  const images = materials.flatMap((material) => material.images)
  const crop = studioCropSide(materials.flatMap(({ grounds }) => grounds), shape.window)
  if (crop === null) throw noRoomError()
  const sampler = new CropSampler(images, crop, GUIDES)
  for (const { bandShift, symmetries } of materials) {
    context.log('info', bandShift === null ? 'Band shift: not measurable; all eight symmetries are used.'
      : `Band shift ${bandShift.rows.toFixed(2)} rows, ${bandShift.cols.toFixed(2)} cols: ${symmetries.length} of 8 symmetries are used.`)
  }

  const blocks = materials.map(({ block }) => block)
  const run = await StudioRun.open(request, base, materials, crop, BATCH, context)
  const model = (weights: Float32Array): StudioModel => ({ ...plan, parameters: loadParameters(run.layout, weights) })
  const score = async (weights: Float32Array): Promise<MeanScore> => {
    const candidate = model(weights)
    try {
      return await meanScore(blocks, context, 'fine-tuned', candidate)
    } finally {
      tf.dispose(candidate.parameters ?? [])
    }
  }
  const { score: bicubic } = await meanScore(blocks, context, 'bicubic')
  const { score: backProjection } = await meanScore(blocks, context, 'back-projection')
  const baseScore = base.weights === null ? null : await score(base.weights)
  const secondsSoFar = (): number => run.secondsBefore + clock.seconds
  const tellScore = ({ score: now }: MeanScore): void => {
    context.event('train-validation', {
      step: run.step, psnr: now.psnr, samDegrees: now.samDegrees,
      bicubicPsnr: bicubic.psnr, backProjectionPsnr: backProjection.psnr, basePsnr: baseScore?.score.psnr ?? null,
      seconds: secondsSoFar(),
    })
  }
  const tellPictures = ({ first }: MeanScore): void => {
    context.event('train-patches', (materials[0] as SceneMaterial).block.pictures.paint(run.step, first))
  }
  const begin = run.step === 0 && baseScore !== null ? baseScore : await score(run.optimizer.average)
  tellPictures(begin)
  // a continued run has told the score of its last validation already
  if (run.step === 0) tellScore(begin)

  let trainer = new StudioTrainer(run.trainerOptions(sampler, request.steps ?? MOST_STEPS, WARM_UP, base.weights === null ? PEAK_RATE.scratch : PEAK_RATE.tuned), run.optimizer, run.random)
  const minutes = request.minutes ?? (request.steps === null ? DEFAULT_MINUTES : null)
  const budgetSeconds = minutes === null ? Infinity : minutes * 60
  let ended: TrainOutcome['ended'] = 'steps'
  let lastSave = Date.now()
  const validate = async (): Promise<void> => {
    const weights = halfway(base.weights, trainer.averagedWeights())
    const now = await score(weights)
    run.addValidation(now.score, weights)
    tellPictures(now)
    tellScore(now)
    if (Date.now() - lastSave > SAVE_EVERY_SECONDS * 1000) {
      await run.save(trainer, clock.seconds)
      lastSave = Date.now()
    }
  }
  try {
    if (run.steps === 0) {
      let steps = request.steps ?? MOST_STEPS
      if (minutes !== null) {
        const fitted = await fitSteps(trainer, () => budgetSeconds - clock.seconds, steps, context)
        ended = context.stopRequested === true ? 'stop-and-keep' : fitted < steps ? 'minutes' : 'steps'
        steps = fitted
      }
      run.steps = steps
      if (minutes !== null) {
        // the trial steps were only to measure: start again from the same state
        trainer.dispose()
        trainer = new StudioTrainer(run.trainerOptions(sampler, run.steps, WARM_UP, run.peakLearningRate), run.startOptimizer(), run.startRandom())
      }
    }
    // the plan is kept from the start: a continued run must not measure the machine again
    if (run.step === 0) await run.save(trainer, 0)
    const validateEvery = Math.max(5, Math.ceil(run.steps / VALIDATIONS))
    for (;;) {
      // after a step, or first of all where a run was interrupted in the middle of it
      if (run.hasNews && (run.step % validateEvery === 0 || run.step === run.steps)) await validate()
      if (run.step - run.progressStep >= PATIENCE * validateEvery) {
        ended = 'early-stop'
        break
      }
      if (run.step >= run.steps) break
      // the steps were planned on a machine that has become slower since
      if (run.bestWeights !== null && secondsSoFar() > budgetSeconds) {
        ended = 'minutes'
        break
      }
      await context.breathe()
      if (context.stopRequested === true) {
        ended = 'stop-and-keep'
        break
      }
      const before = performance.now()
      const loss = trainer.step(run.step)
      run.step++
      run.addLoss(loss)
      context.progress('Fine-tuning', run.step, run.steps, 'steps')
      context.event('train-step', {
        step: run.step, steps: run.steps, loss, learningRate: learningRate(run.schedule, run.step - 1),
        samplesPerSecond: (BATCH * 1000) / (performance.now() - before), residentBytes: process.memoryUsage.rss(), seconds: secondsSoFar(),
      })
    }
    // of what was learnt since the last validation nothing is lost
    if (ended === 'stop-and-keep' && run.hasNews) await validate()
  } finally {
    if (context.signal.aborted && run.step > 0) await run.save(trainer, clock.seconds)
    trainer.dispose()
  }

  context.progress('Judging on the held-out block', 0, 1, 'steps')
  const learnt = {
    base: base.symmetries,
    'fine-tuned': ALL_SYMMETRIES.filter((symmetry) => base.symmetries.includes(symmetry) && materials.every(({ symmetries }) => symmetries.includes(symmetry))),
  }
  const networks = { base: base.weights, 'fine-tuned': run.bestWeights }
  const measureServed = async (ground: readonly HeldOutBlock[]): Promise<Partial<Record<Method, ScenesMeasured>>> => {
    const found: Partial<Record<Method, ScenesMeasured>> = {}
    for (const method of ['base', 'fine-tuned'] as const) {
      const weights = networks[method]
      if (weights !== null) found[method] = await measureScenes(ground, context, method, model(weights), servingSymmetries(learnt[method], DEFAULT_QUALITY))
    }
    return found
  }
  const measured = {
    bicubic: await measureScenes(blocks, context, 'bicubic'), 'back-projection': await measureScenes(blocks, context, 'back-projection'),
    ...(await measureServed(blocks)),
  }
  // where fine-tuning is in question, once more on softened ground
  const soft = base.weights === null || run.bestWeights === null ? {} : await measureServed(materials.map(({ softBlock }) => softBlock))
  const judged = judge(measured, measured.bicubic.pixels, soft)
  const { adopted } = judged
  const calibration = calibrate(measured[adopted]?.known ?? [])
  const verdict = calibration === null ? judged : { ...judged, coverage: calibration.coverage }
  context.event('verdict', verdict)
  const seconds = secondsSoFar()
  const best = run.bestWeights
  const weights = adopted === 'fine-tuned' && best !== null ? best : (base.weights ?? best ?? run.optimizer.average)
  await run.finish({ weights, symmetries: weights === base.weights ? learnt.base : learnt['fine-tuned'], errorModel: calibration?.errorModel ?? null }, verdict, seconds)
  return { model: request.out, scale: request.scale, steps: run.step, seconds, ended, verdict }
}
