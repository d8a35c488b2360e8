import type { JobContext } from '../common/job-context'
import { StudioError } from '../common/errors'
import { wholeWindow } from '../cube/pixel-window'
import { bandGroups } from '../dataset/band-groups'
import { GROUP_BANDS, paperShape } from '../model/paper/shape'
import { bandsToTrain, loadPaperBase } from './paper-base'
import { NO_BASE } from './studio-base'
import { PaperJudge } from './paper-judge'
import { preparePaperScene, valueScaleOf, type PaperMaterial } from './paper-material'
import { PaperRun } from './paper-run'
import { cropSide, PaperSampler } from './paper-sampler'
import { PAPER_RATE, PaperTrainer } from './paper-trainer'
import type { TrainOutcome, TrainRequest } from './train-request'

/** As published. */
const BATCH = 4
/** Side of the published patches in high-resolution pixels. */
const PATCH = 144
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
 */
export async function runPaperTraining(request: TrainRequest, context: JobContext): Promise<TrainOutcome> {
  const started = Date.now()
  const shape = paperShape(request.scale, request.paperVariant)
  const base = request.base === null || request.base === NO_BASE ? null : await loadPaperBase(request.base, shape)
  const bands = await bandsToTrain(request.scenes, base, request.base, context)
  const materials: PaperMaterial[] = []
  for (const [index, { reader, window }] of request.scenes.entries()) {
    context.progress('Preparing scenes', index, request.scenes.length, 'scenes')
    materials.push(await preparePaperScene(reader, window ?? wholeWindow(reader.header), bands[index] as number[], shape.scale, request.kernel, context))
  }
  const images = materials.map(({ image }) => image)
  const side = cropSide(images, base?.side ?? PATCH / shape.scale)
  if (side === null) {
    throw new StudioError('invalid-argument', 'No part of the scenes outside the held-out block is large enough and free of gaps to train on.', {
      remedy: 'Use a larger scene or one with fewer gaps.',
    })
  }
  const valueScale = base?.manifest.valueScale ?? valueScaleOf(images.map(({ highRes }) => highRes))
  const trained = bands[0] as number[]
  const wavelengths = request.scenes[0]?.reader.header.wavelengthNm ?? null
  context.log('info', `${trained.length} bands in ${bandGroups(trained.length, GROUP_BANDS).length} groups of ${GROUP_BANDS}; crops of ${side} x ${side} low-resolution pixels.`)

  const run = await PaperRun.open(request, {
    shape, side, batch: BATCH, valueScale, bands: trained, wavelengthNm: wavelengths === null ? null : trained.map((band) => wavelengths[band] as number), base: base?.vectors ?? null,
  }, materials, request.steps ?? MOST_STEPS, context)
  const judge = new PaperJudge(materials, request.kernel, shape, side, valueScale)
  const bicubic = judge.score('bicubic')
  const backProjection = judge.score('back-projection')
  const baseScore = base === null ? null : judge.score(base.vectors)

  const sampler = new PaperSampler(images, side, shape.scale, valueScale)
  const trainer = new PaperTrainer(shape, sampler, BATCH, run.start)
  const minutes = request.minutes ?? (request.steps === null ? DEFAULT_MINUTES : null)
  const deadline = minutes === null ? Infinity : started + minutes * 60_000
  const validateEvery = Math.max(VALIDATE_EVERY.least, Math.min(VALIDATE_EVERY.most, Math.ceil(run.steps / 10)))
  const save = (): Promise<void> => run.save(trainer.state(), (Date.now() - started) / 1000)
  let validationMs: number | null = null
  const validate = (): void => {
    const before = performance.now()
    const vectors = trainer.vectors()
    const now = judge.score(vectors)
    run.addValidation(now, vectors)
    validationMs = performance.now() - before
    context.event('train-validation', {
      step: run.step, psnr: now.psnr, samDegrees: now.samDegrees,
      bicubicPsnr: bicubic.psnr, backProjectionPsnr: backProjection.psnr, basePsnr: baseScore?.psnr ?? null,
    })
  }
  const conclude = async (): Promise<TrainOutcome> => {
    context.progress('Judging on the held-out block', 0, 1, 'steps')
    const { best, start } = run
    const verdict = judge.verdict(best, base?.vectors ?? null)
    context.event('verdict', verdict)
    const seconds = run.secondsBefore + (Date.now() - started) / 1000
    const serving = verdict.adopted === 'fine-tuned' ? best : (base?.vectors ?? best)
    await run.finish(serving ?? { weights: start.optimizer.weights, buffers: start.buffers }, verdict, seconds)
    return { model: request.out, scale: request.scale, steps: run.step, seconds, ended, verdict }
  }

  let ended: TrainOutcome['ended'] = 'steps'
  let lastSave = Date.now()
  try {
    if (run.step === 0) await save()
    while (run.step < run.steps) {
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
      // forward only, and one sample instead of a batch with gradient
      const judging: number = 2 * (validationMs ?? (stepMs * judge.tileCount * bandGroups(trained.length, GROUP_BANDS).length) / (3 * BATCH))
      const left = Math.max(0, Math.floor((deadline - Date.now() - judging) / stepMs))
      const planned = Math.min(run.steps, run.step + left)
      context.progress('Training', run.step, planned, 'steps')
      context.event('train-step', { step: run.step, steps: planned, loss, learningRate: PAPER_RATE, samplesPerSecond: (BATCH * 1000) / stepMs })
      if (run.step % validateEvery === 0) {
        validate()
        if (run.step - run.bestStep >= PATIENCE * validateEvery) {
          ended = 'early-stop'
          break
        }
        if (Date.now() - lastSave > SAVE_EVERY_SECONDS * 1000) {
          await save()
          lastSave = Date.now()
        }
      }
      if (left === 0 && run.step < run.steps) {
        ended = 'minutes'
        break
      }
    }
    if (run.hasNews) validate()
  } catch (error) {
    if (context.signal.aborted && run.step > 0) await save()
    if (error instanceof StudioError && error.tag === 'diverged' && run.best !== null) await conclude()
    throw error
  } finally {
    trainer.dispose()
  }
  return conclude()
}
