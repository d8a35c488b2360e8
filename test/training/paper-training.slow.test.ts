import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { quietContext } from '../../src/main/common/job-context'
import { loadPaperServing } from '../../src/main/inference/paper-serving'
import { loadCheckpoint, saveCheckpoint } from '../../src/main/model/checkpoint'
import { runPaperTraining } from '../../src/main/training/run-paper-training'
import { paperRequest, recording, sensorScene, temporaryFolder } from './paper-scenes'

const scene = (): ReturnType<typeof sensorScene> => sensorScene(40, 48, 35, 1)

describe('a training of the paper network', () => {
  it('learns: the loss falls and the held-out block gets better', async () => {
    const folder = await temporaryFolder()
    const { context, events } = recording()
    await runPaperTraining(paperRequest(sensorScene(64, 72, 32, 2), join(folder, 'model'), { steps: 120 }), context)
    const losses = events.filter(({ kind }) => kind === 'train-step').map(({ payload }) => payload.loss as number)
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
    console.info(`loss ${mean(losses.slice(0, 10)).toFixed(3)} -> ${mean(losses.slice(-10)).toFixed(3)}`)
    expect(mean(losses.slice(-10))).toBeLessThan(0.5 * mean(losses.slice(0, 10)))
    const curve = events.filter(({ kind }) => kind === 'train-validation').map(({ payload }) => payload.psnr as number)
    console.info(`held-out block ${curve.map((psnr) => psnr.toFixed(2)).join(' ')} dB, bicubic ${String(events.find(({ kind }) => kind === 'train-validation')?.payload.bicubicPsnr)}`)
    expect(Math.max(...curve.slice(-3))).toBeGreaterThan((curve[0] as number) + 3)
  })

  it('ends with the same weights when it was interrupted', async () => {
    const folder = await temporaryFolder()
    const [straight, broken] = [join(folder, 'straight'), join(folder, 'broken')]
    await runPaperTraining(paperRequest(scene(), straight, { steps: 12 }), quietContext())
    // 5: in the middle of a validation
    for (const last of [3, 5, 8]) {
      const aborting = recording((kind, { step }, abort) => { if (kind === 'train-step' && step === last) abort() })
      await expect(runPaperTraining(paperRequest(scene(), broken, { steps: 12, resume: true }), aborting.context)).rejects.toMatchObject({ tag: 'cancelled' })
    }
    await runPaperTraining(paperRequest(scene(), broken, { steps: 12, resume: true }), quietContext())
    const [expected, resumed] = [await loadCheckpoint(straight), await loadCheckpoint(broken)]
    expect(resumed.vectors).toEqual(expected.vectors)
    expect(resumed.manifest.training?.history).toEqual(expected.manifest.training?.history)
    expect(resumed.manifest.verdict).toEqual(expected.manifest.verdict)
  })

  it('ends when asked to and keeps what there is; goes on from a base', async () => {
    const folder = await temporaryFolder()
    const first = join(folder, 'first')
    const stopping = recording((kind, { step }, _abort, stop) => { if (kind === 'train-step' && step === 2) stop() })
    expect(await runPaperTraining(paperRequest(scene(), first, { steps: 50 }), stopping.context)).toMatchObject({ ended: 'stop-and-keep', steps: 2 })
    expect((await loadCheckpoint(first)).manifest.training?.bestStep).toBe(2)

    const next = recording()
    const { verdict } = await runPaperTraining(paperRequest(scene(), join(folder, 'second'), { steps: 1, base: first }), next.context)
    expect(verdict?.methods.map(({ method }) => method)).toEqual(['fine-tuned', 'base', 'back-projection', 'bicubic'])
    expect(next.events.find(({ kind }) => kind === 'train-validation')?.payload.basePsnr).toEqual(expect.any(Number))
  })

  it('ends in time, saying how many steps that will be', async () => {
    const folder = await temporaryFolder()
    const { context, events } = recording()
    const result = await runPaperTraining(paperRequest(scene(), join(folder, 'model'), { steps: null, minutes: 0.03 }), context)
    expect(result.ended).toBe('minutes')
    expect(result.seconds).toBeLessThan(15)
    expect(events.filter(({ kind }) => kind === 'train-step').every(({ payload }) => (payload.steps as number) < 5000)).toBe(true)
  })

  it('counts the minutes before an interruption', async () => {
    const out = join(await temporaryFolder(), 'model')
    const request = paperRequest(scene(), out, { steps: null, minutes: 5 })
    const aborting = recording((kind, { step }, abort) => { if (kind === 'train-step' && step === 2) abort() })
    await expect(runPaperTraining(request, aborting.context)).rejects.toMatchObject({ tag: 'cancelled' })
    const { manifest: { training, ...manifest }, vectors } = await loadCheckpoint(out)
    if (training === null) throw new Error('nothing was saved')
    await saveCheckpoint(out, { ...manifest, training: { ...training, seconds: 299 } }, vectors)
    const { ended, steps } = await runPaperTraining({ ...request, resume: true }, quietContext())
    expect([ended, steps]).toEqual(['minutes', 3])
  })

  it('keeps the best weights when the loss ceases to be finite', async () => {
    const folder = await temporaryFolder()
    const out = join(folder, 'model')
    const aborting = recording((kind, { step }, abort) => { if (kind === 'train-step' && step === 6) abort() })
    await expect(runPaperTraining(paperRequest(scene(), out, { steps: 20 }), aborting.context)).rejects.toMatchObject({ tag: 'cancelled' })
    const { manifest, vectors } = await loadCheckpoint(out)
    expect(manifest).toMatchObject({ state: 'running', training: { step: 6, bestStep: 5 } })
    // a model of an interrupted run does not serve
    await expect(loadPaperServing(out, scene())).rejects.toThrow(/was interrupted/)

    await saveCheckpoint(out, manifest, { ...vectors, weights: (vectors.weights as Float32Array).map((value) => value * 1e25) })
    await expect(runPaperTraining(paperRequest(scene(), out, { steps: 20, resume: true }), quietContext())).rejects.toMatchObject({ tag: 'diverged' })
    const kept = await loadCheckpoint(out)
    expect(kept.manifest.state).toBe('finished')
    expect(kept.vectors.weights).toEqual(vectors.best)
    expect(kept.vectors.buffers).toEqual(vectors['best-buffers'])
  })
})
