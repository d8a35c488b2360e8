import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import type { TrainResult } from '../../src/main/jobs/job-result'
import type { TrainSpec } from '../../src/main/jobs/job-spec'
import type { RunRecord } from '../../src/main/project/project-file'
import { writeScene } from '../scenes/scene-files'
import { importScene, withScene, type WithScene } from './fake-desktop'
import type { HandHost } from './hand-host'
import { manifest } from './manifests'
import { trainingPlan } from './plans'

async function run({ app }: Pick<WithScene, 'app'>, runId: string): Promise<RunRecord | undefined> {
  return (await app.handlers['project.current'](null))?.runs.find(({ id }) => id === runId)
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const verdict: TrainResult['verdict'] = { adopted: 'fine-tuned', reason: 'Better.', validPixels: 100, methods: [] }
const result = (out: string): TrainResult => ({ model: out, scale: 2, steps: 10, seconds: 12, ended: 'steps', verdict })
const step = (number: number, steps = 10): Parameters<NonNullable<HandHost['last']['listener']['event']>>[0] =>
  ({ kind: 'train-step', payload: { step: number, steps, loss: 1 / number, learningRate: 1e-4, samplesPerSecond: 5, residentBytes: 1e9, seconds: number / 2 } })
const validation = { kind: 'train-validation' as const, payload: { step: 5, psnr: 31, samDegrees: 2, bicubicPsnr: 29, backProjectionPsnr: 30, basePsnr: null, seconds: 2.5 } }

/** Leaves a model folder as a training would. */
async function leaveCheckpoint(folder: string, runId: string, state: 'running' | 'finished'): Promise<void> {
  const model = join(folder, 'models', runId)
  await mkdir(model, { recursive: true })
  await writeFile(join(model, 'checkpoint.json'), JSON.stringify(manifest({ state })))
}

describe('a fine-tuning', () => {
  it('leaves a model with its card, a run with its verdict, and all that it told', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const { runId } = await app.handlers['training.start']({ sceneIds: [sceneId], plan: trainingPlan })
    await turn()
    const spec = host.last.spec as TrainSpec
    expect(spec).toMatchObject({ kind: 'train', steps: 10, resume: false, out: join(folder, 'models', runId) })
    expect(await run(all, runId)).toMatchObject({ name: 'jasper 2x', state: 'running', sceneIds: [sceneId] })
    expect(app.runningJobs()).toMatchObject([{ title: 'Fine-tuning jasper 2x', subject: runId, state: 'running' }])
    const pixels = new Uint8Array(12).fill(7)
    const patches = { step: 5, rows: 2, cols: 2, lowRes: pixels, bicubic: pixels, now: pixels, truth: pixels }
    for (let number = 1; number <= 5; number++) host.last.listener.event?.(step(number))
    host.last.listener.event?.(validation)
    host.last.listener.event?.({ kind: 'train-patches', payload: patches })
    host.last.listener.log?.('warning', 'Small scene.')

    await expect.poll(() => desktop.heard('run.grew').length).toBe(1)
    expect(desktop.heard('run.grew')[0]).toMatchObject({ runId, added: { steps: { step: [1, 2, 3, 4, 5] }, validations: { psnr: [31] }, lines: { bicubicPsnr: 29, basePsnr: null } } })
    expect(desktop.heard('run.patches')).toEqual([{ runId, patches }])
    const curves = await app.handlers['run.curves']({ runId })
    expect(curves).toMatchObject({ steps: { step: [1, 2, 3, 4, 5], residentBytes: [1e9, 1e9, 1e9, 1e9, 1e9], seconds: [0.5, 1, 1.5, 2, 2.5] }, validations: { seconds: [2.5] }, log: [{ level: 'warning', message: 'Small scene.' }] })
    expect(await app.handlers['run.patches']({ runId })).toEqual(patches)

    await leaveCheckpoint(folder, runId, 'finished')
    host.last.finish(result(spec.out))
    await expect.poll(() => run(all, runId)).toMatchObject({ state: 'done', seconds: 12, ended: 'steps', verdict, error: null })
    const model = (await app.handlers['project.current'](null))?.models.find(({ origin }) => origin === 'run')
    expect(model).toMatchObject({ id: (await run(all, runId))?.modelId, name: 'jasper 2x', folder: runId, runId })
    await expect.poll(() => desktop.heard('project.changed').at(-1)?.models.find(({ id }) => id === model?.id)?.card).toMatchObject({ scale: 2, preset: 'studio', scenes: ['a.img'] })
    expect(app.runningJobs()).toEqual([])
  })

  it('tells a long run thinned, and keeps all of it', async () => {
    const { app, host, desktop, sceneId } = await withScene()
    const { runId } = await app.handlers['training.start']({ sceneIds: [sceneId], plan: { ...trainingPlan, steps: 20_000 } })
    await turn()
    for (let number = 1; number <= 12_000; number++) host.last.listener.event?.(step(number, 20_000))
    await expect.poll(() => desktop.heard('run.grew').flatMap(({ added }) => added.steps.step).length).toBe(3000)
    const { steps } = await app.handlers['run.curves']({ runId })
    expect(steps.step.length).toBeLessThanOrEqual(5000)
    expect(steps.step.at(-1)).toBe(12_000)
    host.last.fail(new StudioError('cancelled', 'Cancelled.'))
  })

  it('refuses plans that can not be and leaves nothing of them', async () => {
    const { app, folder, sceneId } = await withScene()
    const { handlers } = app
    const other = await importScene(app, await writeScene(join(folder, '..', 'b.img'), { rows: 21, cols: 30, bands: 4 }), 'other')
    const block = { row: 0, col: 0, rows: 8, cols: 8 }
    await expect(handlers['training.start']({ sceneIds: [sceneId, other], plan: { ...trainingPlan, validation: block } })).rejects.toThrow('only when one scene')
    await expect(handlers['training.start']({ sceneIds: ['scene-none'], plan: trainingPlan })).rejects.toMatchObject({ tag: 'not-found' })
    await expect(handlers['training.start']({ sceneIds: [sceneId], plan: { ...trainingPlan, baseModelId: 'model-none' } })).rejects.toMatchObject({ tag: 'not-found' })
    expect((await handlers['project.current'](null))?.runs).toEqual([])
  })

  it('is failed with its error when nothing was saved, interrupted when there is a checkpoint to go on from', async () => {
    const all = await withScene()
    const { app, host, folder, sceneId } = all
    const { runId } = await app.handlers['training.start']({ sceneIds: [sceneId], plan: trainingPlan })
    await turn()
    host.last.fail(new StudioError('crashed', 'Out of memory.'))
    await expect.poll(() => run(all, runId)).toMatchObject({ state: 'failed', error: { tag: 'crashed', message: 'Out of memory.' } })
    // nothing was saved: it begins anew
    await app.handlers['training.continue']({ runId })
    await turn()
    expect(host.last.spec).toMatchObject({ resume: true, out: join(folder, 'models', runId) })
    host.last.fail(new StudioError('crashed', 'Out of memory.'))
    await expect.poll(() => run(all, runId)).toMatchObject({ state: 'failed' })

    const second = await app.handlers['training.start']({ sceneIds: [sceneId], plan: trainingPlan })
    await turn()
    host.last.listener.event?.(step(1))
    await leaveCheckpoint(folder, second.runId, 'running')
    host.last.fail(new StudioError('crashed', 'Killed.'))
    await expect.poll(() => run(all, second.runId)).toMatchObject({ name: 'jasper 2x (2)', state: 'interrupted', error: { message: 'Killed.' } })
    await app.handlers['training.continue']({ runId: second.runId })
    await turn()
    expect(host.last.spec).toMatchObject({ resume: true, out: join(folder, 'models', second.runId) })
    expect(await run(all, second.runId)).toMatchObject({ state: 'running', error: null })
    await expect(app.handlers['training.continue']({ runId: second.runId })).rejects.toThrow('under way')
    host.last.listener.event?.(step(1))
    host.last.listener.event?.(step(2))
    expect((await app.handlers['run.curves']({ runId: second.runId })).steps.step).toEqual([1, 2])
    host.last.finish(result(''))
    await expect.poll(() => run(all, second.runId)).toMatchObject({ state: 'done' })
  })

  it('is interrupted when the program closes, and goes on after the next start', async () => {
    const all = await withScene()
    const { app, host, folder, sceneId, again } = all
    const { runId } = await app.handlers['training.start']({ sceneIds: [sceneId], plan: trainingPlan })
    await turn()
    await app.close()
    const next = await again()
    await next.openProject(folder)
    expect(await run({ app: next }, runId)).toMatchObject({ state: 'interrupted' })
    await expect.poll(async () => (await next.handlers['project.current'](null))?.scenes[0]?.state).toBe('ready')
    await next.handlers['training.continue']({ runId })
    await turn()
    expect(host.last.spec).toMatchObject({ resume: true })
  })

  it('that finished while nobody was there to hear is taken as done', async () => {
    const all = await withScene()
    const { app, host, folder, sceneId } = all
    const { runId } = await app.handlers['training.start']({ sceneIds: [sceneId], plan: trainingPlan })
    await turn()
    await leaveCheckpoint(folder, runId, 'finished')
    host.last.fail(new StudioError('crashed', 'Killed.'))
    await expect.poll(() => run(all, runId)).toMatchObject({ state: 'interrupted' })
    await app.handlers['training.continue']({ runId })
    expect(await run(all, runId)).toMatchObject({ state: 'done', seconds: 3 })
    expect(host.jobs).toHaveLength(1)
    await expect(app.handlers['training.continue']({ runId })).rejects.toThrow('is done')
  })

  it('keeps its project open and its scene in the project while it is under way', async () => {
    const { app, host, desktop, sceneId } = await withScene()
    const { runId } = await app.handlers['training.start']({ sceneIds: [sceneId], plan: trainingPlan })
    await turn()
    await expect(app.handlers['project.close'](null)).rejects.toThrow('not finished')
    desktop.answers.push(join(desktop.root, 'another'))
    await expect(app.handlers['project.create'](null)).rejects.toThrow('not finished')
    await expect(app.handlers['scene.remove']({ sceneId })).rejects.toThrow('in use by "jasper 2x"')
    await expect(app.handlers['run.remove']({ runId })).rejects.toThrow('under way')
    const [job] = await app.handlers['job.list'](null)
    await app.handlers['job.pause']({ jobId: job?.id ?? '' })
    expect((await app.handlers['project.current'](null))?.runs[0]?.state).toBe('paused')
    await app.handlers['job.cancel']({ jobId: job?.id ?? '' })
    await expect.poll(async () => (await app.handlers['project.current'](null))?.runs[0]?.state).toBe('cancelled')
    expect(host.jobs).toHaveLength(1)
    await app.handlers['run.rename']({ runId, name: 'First try' })
    await app.handlers['run.remove']({ runId })
    expect(await app.handlers['project.current'](null)).toMatchObject({ runs: [], undo: 'Remove First try' })
    await app.handlers['project.undo'](null)
    expect((await app.handlers['project.current'](null))?.runs).toMatchObject([{ name: 'First try', state: 'cancelled' }])
  })
})

describe('the forecast of a fine-tuning', () => {
  it('says which block is held out, what it takes and on what it runs', async () => {
    const { app, desktop } = await withScene()
    const sceneId = await importScene(app, await writeScene(join(desktop.root, 'large.img'), { rows: 160, cols: 150, bands: 4, type: 'float32' }), 'large')
    const forecast = await app.handlers['training.forecast']({ sceneIds: [sceneId], plan: { ...trainingPlan, steps: null } })
    expect(forecast.seconds).toBe(300)
    expect(forecast.device).not.toBe('')
    expect(forecast.freeMemoryBytes).toBeGreaterThan(0)
    expect(forecast.align).toBeGreaterThan(0)
  })

  it('says why it can not be', async () => {
    const { app, sceneId } = await withScene()
    const forecast = await app.handlers['training.forecast']({ sceneIds: [sceneId], plan: trainingPlan })
    expect(forecast.refusal?.message).toContain('20 x 30')
    await expect(app.handlers['training.forecast']({ sceneIds: ['scene-none'], plan: trainingPlan })).rejects.toMatchObject({ tag: 'not-found' })
  })
})
