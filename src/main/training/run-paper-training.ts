import type { JobContext } from '../common/job-context'
import { StudioError } from '../common/errors'
import { bandGroups } from '../dataset/band-groups'
import { GROUP_BANDS, paperShape } from '../model/paper/shape'
import { pictureBands } from './block-pictures'
import { breathingReader } from './breathing-reader'
import { noRoomError } from './crop-room'
import { bandsToTrain, loadPaperBase } from './paper-base'
import { PaperJudge } from './paper-judge'
import { preparePaperScene, valueScaleOf, type PaperMaterial } from './paper-material'
import { paperCropSide, publishedCropSide } from './paper-room'
import { PaperRun } from './paper-run'
import { PaperSampler } from './paper-sampler'
import { PAPER_RATE, PaperTrainer } from './paper-trainer'
import type { MeanScore } from './scene-scores'
import { NO_BASE, tellOtherKernel } from './studio-base'
import type { TrainOutcome, TrainRequest } from './train-request'
import { WorkingClock } from './working-clock'

/** As published. */
const BATCH = 4
/** A thousand epochs of five batches, as published. */
const MOST_STEPS = 5000
const DEFAULT_MINUTES = 5
/** Validations without progress after which a run ends: some fifty published epochs. */
const PATIENCE = 10
const VALIDATE_EVERY = { least: 5, most: 25 }
const SAVE_EVERY_SECONDS = 15

/**
 * Trains the published network on the scenes' own bands: degrades them, learns to undo it with the published optimiser and
 * loss, and judges the result on ground that was held out. Differs from the publication in the split by ground, dense
 * random crops, scaled values and symmetries. The model folder serves the best of the network and the classical methods.
 * A run can be continued from its last save with the same outcome as if it had not been interrupted (steps given, same
 * machine). When the loss ceases to be finite, the best weights so far are kept in the folder and 'diverged' is thrown.
 * Between two breaths of the job lies at most one step or one band group of one tile.
 */
export async function runPaperTraining(request: TrainRequest, job: JobContext): Promise<TrainOutcome> {
  const clock = new WorkingClock(job)
  const { context } = clock
  const scenes = request.scenes.map((scene) => ({ ...scene, reader: breathingReader(scene.reader, context) }))
  const shape = paperShape(request.scale, request.paperVariant)
  const base = request.base === null || request.base === NO_BASE ? null : await loadPaperBase(request.base, shape)
  tellOtherKernel(base?.manifest.kernel ?? null, request.kernel, context)
  const bands = await bandsToTrain(scenes, base, request.base, context)
  const materials: PaperMaterial[] = []
  for (const [index, scene] of scenes.entries()) {
    context.progress('Preparing scenes', index, scenes.length, 'scenes')
    materials.push(await preparePaperScene(scene, bands[index] as number[], shape.scale, request.kernel, context))
  }
  const images = materials.map(({ image }) => image)
  const grounds = images.map(({ lowRes: { rows, cols }, trainable }) => ({ rows, cols, trainable }))
  const side = paperCropSide(grounds, base?.side ?? publishedCropSide(shape.scale))
  if (side === null) throw noRoomError()
  const valueScale = base?.manifest.valueScale ?? valueScaleOf(images.map(({ highRes }) => highRes))
  const trained = bands[0] as number[]
  const { header } = (request.scenes[0] as TrainRequest['scenes'][number]).reader
  const wavelengths = header.wavelengthNm
  context.log('info', `${trained.length} bands in ${bandGroups(trained.length, GROUP_BANDS).length} groups of ${GROUP_BANDS}; crops of ${side} x ${side} low-resolution pixels.`)

  const run = await PaperRun.open(request, {
    shape, side, batch: BATCH, valueScale, bands: trained, wavelengthNm: wavelengths === null ? null : trained.map((band) => wavelengths[band] as number), base: base?.vectors ?? null,
  }, materials, request.steps ?? MOST_STEPS, context)
  const judge = await PaperJudge.prepare(materials, pictureBands(header, trained), { shape, side, valueScale, kernel: request.kernel }, context)
  const { score: bicubic } = await judge.score('bicubic')
  const { score: backProjection } = await judge.score('back-projection')
  const baseScore = base === null ? null : await judge.score(base.vectors)
  const tellPictures = ({ first }: MeanScore): void => { context.event('train-patches', judge.paint(run.step, first)) }
  const secondsSoFar = (): number => run.secondsBefore + clock.seconds
  const tellScore = ({ score }: MeanScore): void => {
    context.event('train-validation', {
      step: run.step, psnr: score.psnr, samDegrees: score.samDegrees,
      bicubicPsnr: bicubic.psnr, backProjectionPsnr: backProjection.psnr, basePsnr: baseScore?.score.psnr ?? null,
      seconds: secondsSoFar(),
    })
  }

  const sampler = new PaperSampler(images, side, shape.scale, valueScale)
  const trainer = new PaperTrainer(shape, sampler, BATCH, run.start)
  const minutes = request.minutes ?? (request.steps === null ? DEFAULT_MINUTES : null)
  const budgetSeconds = minutes === null ? Infinity : minutes * 60
  const validateEvery = Math.max(VALIDATE_EVERY.least, Math.min(VALIDATE_EVERY.most, Math.ceil(run.steps / 10)))
  const save = (): Promise<void> => run.save(trainer.state(), clock.seconds)
  let validationSeconds = 0
  const validate = async (): Promise<void> => {
    const before = clock.seconds
    const vectors = trainer.vectors()
    const now = await judge.score(vectors)
    run.addValidation(now.score, vectors)
    validationSeconds = clock.seconds - before
    tellPictures(now)
    tellScore(now)
  }
  const begin = async (): Promise<void> => {
    const before = clock.seconds
    const now = run.step === 0 && baseScore !== null ? baseScore : await judge.score(trainer.vectors())
    validationSeconds = clock.seconds - before
    tellPictures(now)
    // a continued run has told the score of its last validation already
    if (run.step === 0) tellScore(now)
  }
  const conclude = async (): Promise<TrainOutcome> => {
    context.progress('Judging on the held-out block', 0, 1, 'steps')
    const { best, start } = run
    const verdict = await judge.verdict(best, base?.vectors ?? null)
    context.event('verdict', verdict)
    const seconds = secondsSoFar()
    const serving = verdict.adopted === 'fine-tuned' ? best : (base?.vectors ?? best)
    await run.finish(serving ?? { weights: start.optimizer.weights, buffers: start.buffers }, verdict, seconds)
    return { model: request.out, scale: request.scale, steps: run.step, seconds, ended, verdict }
  }

  let ended: TrainOutcome['ended'] = 'steps'
  let lastSave = Date.now()
  let left = Infinity
  try {
    await begin()
    if (run.step === 0) await save()
    for (;;) {
      // after a step, or first of all where a run was interrupted in the middle of it
      if (run.hasNews && run.step % validateEvery === 0) {
        await validate()
        if (Date.now() - lastSave > SAVE_EVERY_SECONDS * 1000) {
          await save()
          lastSave = Date.now()
        }
      }
      if (run.step - run.bestStep >= PATIENCE * validateEvery) {
        ended = 'early-stop'
        break
      }
      if (run.step >= run.steps) break
      if (left === 0) {
        ended = 'minutes'
        break
      }
      await context.breathe()
      if (context.stopRequested === true) {
        ended = 'stop-and-keep'
        break
      }
      const before = performance.now()
      const loss = trainer.step()
      run.step++
      run.addLoss(loss)
      const stepMs = performance.now() - before
      // one more validation, and the verdict on two sets of weights at most
      left = Math.max(0, Math.floor(((budgetSeconds - secondsSoFar() - 2 * validationSeconds) * 1000) / stepMs))
      const planned = Math.min(run.steps, run.step + left)
      context.progress('Training', run.step, planned, 'steps')
      context.event('train-step', {
        step: run.step, steps: planned, loss, learningRate: PAPER_RATE, samplesPerSecond: (BATCH * 1000) / stepMs, residentBytes: process.memoryUsage.rss(), seconds: secondsSoFar(),
      })
    }
    if (run.hasNews) await validate()
  } catch (error) {
    if (context.signal.aborted && run.step > 0) await save()
    if (error instanceof StudioError && error.tag === 'diverged' && run.best !== null) await conclude()
    throw error
  } finally {
    trainer.dispose()
  }
  return conclude()
}
