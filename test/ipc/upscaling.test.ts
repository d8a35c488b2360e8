import { existsSync } from 'node:fs'
import { link, mkdir, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import type { UpscaleResult } from '../../src/main/jobs/job-result'
import type { UpscaleSpec } from '../../src/main/jobs/job-spec'
import type { ResultView } from '../../src/preload/contract'
import { writeScene } from '../scenes/scene-files'
import { importScene, withScene, type WithScene } from './fake-desktop'
import { upscalePlan } from './plans'

const plan = { ...upscalePlan, modelId: 'studio-2x' }

async function results({ app }: Pick<WithScene, 'app'>): Promise<ResultView[]> {
  return (await app.handlers['project.current'](null))?.results ?? []
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Writes what the job was to write, and its outcome. */
async function writeResult(spec: UpscaleSpec): Promise<UpscaleResult> {
  await writeScene(spec.out, { rows: 40, cols: 60, bands: 4 })
  return { files: [spec.out], sizeBytes: 19_200, rows: 40, cols: 60, bands: 4, tiles: 1, seconds: 2, clamped: 0, dropped: [], receipt: null }
}

describe('an upscaling', () => {
  it('stores its values in the order that the chosen name says, and refuses one that says another than the plan', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const path = join(folder, 'results', 'sharp.bil')
    desktop.answers.push(path, path)
    const envi = { ...plan, format: 'envi' as const }
    await expect(app.handlers['upscale.start']({ sceneIds: [sceneId], plan: { ...envi, interleave: 'bsq' } })).rejects.toThrow('the extension says bil')
    expect(await results(all)).toEqual([])
    await app.handlers['upscale.start']({ sceneIds: [sceneId], plan: envi })
    await turn()
    expect(host.last.spec).toMatchObject({ out: path, interleave: 'bil' })
    host.last.fail(new StudioError('cancelled', 'Cancelled.'))
  })

  it('goes to the file that the user chose and becomes a result with its files', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const out = join(folder, 'results', 'jasper-2x.tif')
    desktop.answers.push(out)
    const { resultIds: [resultId = ''] = [] } = await app.handlers['upscale.start']({ sceneIds: [sceneId], plan }) ?? {}
    expect(desktop.questions.at(-1)?.suggested).toBe(out)
    await turn()
    const spec = host.last.spec as UpscaleSpec
    expect(spec).toMatchObject({ kind: 'upscale', scene: join(desktop.root, 'a.tif'), out, resume: false, repairs: {}, interleave: 'bip' })
    expect(await results(all)).toMatchObject([{ id: resultId, name: 'jasper-2x', state: 'running', paths: [], files: [] }])
    await expect(app.handlers['result.remove']({ resultId, deleteFiles: false })).rejects.toThrow('under way')
    await expect(app.handlers['model.remove']({ modelId: 'studio-2x' })).rejects.toThrow('in use')
    host.last.finish(await writeResult(spec))
    await expect.poll(() => results(all)).toMatchObject([{ state: 'done', paths: [out], files: ['results/jasper-2x.tif'], rows: 40, bands: 4, seconds: 2, missing: false }])

    await app.handlers['result.showInFolder']({ resultId })
    expect(desktop.shown).toEqual([out])
    await app.handlers['result.rename']({ resultId, name: 'sharp' })
    await expect(app.handlers['upscale.continue']({ resultId })).rejects.toThrow('is done')
    const [forecast] = await app.handlers['upscale.forecast']({ sceneIds: [sceneId], plan })
    expect(forecast?.seconds).toBeCloseTo(2)
    await app.handlers['result.remove']({ resultId, deleteFiles: true })
    expect(existsSync(out)).toBe(false)
    await app.handlers['project.undo'](null)
    await expect.poll(() => results(all)).toMatchObject([{ name: 'sharp', missing: false }])
    await rm(out)
    await app.handlers['project.close'](null)
    await app.openProject(folder)
    await expect.poll(() => results(all)).toMatchObject([{ missing: true }])
    await expect(app.handlers['result.showInFolder']({ resultId })).rejects.toMatchObject({ tag: 'not-found' })
  })

  it('writes the expected errors beside the result, over nothing that is there', async () => {
    const { app, host, desktop, folder, sceneId } = await withScene()
    const out = join(folder, 'results', 'sure.tif')
    desktop.answers.push(out)
    await app.handlers['upscale.start']({ sceneIds: [sceneId], plan: { ...plan, uncertainty: true } })
    await turn()
    const errorFile = join(folder, 'results', 'sure-uncertainty.tif')
    expect(host.last.spec).toMatchObject({ out, uncertainty: errorFile, quality: 'best' })
    const outcome = await writeResult(host.last.spec as UpscaleSpec)
    await writeScene(errorFile, { rows: 40, cols: 60, bands: 1 })
    host.last.finish({ ...outcome, files: [out, errorFile], errorFile })
    const layers = async () => (await app.handlers['project.current'](null))?.layers ?? []
    await expect.poll(layers).toMatchObject([{
      name: 'Expected error of sure', sceneId, path: errorFile, missing: false, rows: 40, cols: 60, origin: { row: 0, col: 0 }, pixelSize: 0.5, analysis: { kind: 'expected-error' },
    }])
    expect(await results({ app })).toMatchObject([{ paths: [out] }])
    await link(join(desktop.root, 'a.tif'), join(desktop.root, 'b-uncertainty.tif'))
    desktop.answers.push(join(desktop.root, 'b.tif'))
    await app.handlers['upscale.start']({ sceneIds: [sceneId], plan: { ...plan, uncertainty: true } })
    await expect.poll(() => host.last.spec).toMatchObject({ out: join(desktop.root, 'b-2.tif'), uncertainty: join(desktop.root, 'b-2-uncertainty.tif') })
  })

  it('is refused before it starts where the result does not fit', async () => {
    const all = await withScene()
    const { app, host, desktop } = all
    // 4 TB of holes
    const huge = join(desktop.root, 'huge.img')
    await writeFile(join(desktop.root, 'huge.hdr'), 'ENVI\nsamples = 100000\nlines = 100000\nbands = 400\ndata type = 1\ninterleave = bil\nbyte order = 0\n')
    await writeFile(huge, '')
    await truncate(huge, 4e12)
    const sceneId = await importScene(app, huge, 'huge')
    desktop.answers.push(join(desktop.root, 'huge-2x.tif'))
    await expect(app.handlers['upscale.start']({ sceneIds: [sceneId], plan })).rejects.toMatchObject({ tag: 'too-large', file: desktop.root })
    expect(host.jobs).toEqual([])
    expect(await results(all)).toEqual([])
  })

  it('of several scenes goes to a folder under names that are free, one job each', async () => {
    const all = await withScene()
    const { app, host, desktop, sceneId } = all
    const second = await importScene(app, await writeScene(join(desktop.root, 'b.img'), { rows: 21, cols: 30, bands: 4 }))
    const folder = join(desktop.root, 'out')
    await mkdir(folder)
    await writeFile(join(folder, 'jasper-2x.img'), 'older')
    desktop.answers.push(folder)
    const started = await app.handlers['upscale.start']({ sceneIds: [sceneId, second], plan: { ...plan, format: 'envi' } })
    expect(started?.resultIds).toHaveLength(2)
    await turn()
    expect((await app.handlers['job.list'](null)).map(({ state }) => state)).toEqual(['running', 'queued'])
    expect((host.last.spec as UpscaleSpec).out).toBe(join(folder, 'jasper-2x-2.img'))
    expect((await results(all)).map(({ name }) => name)).toEqual(['jasper-2x-2', 'jasper-2x-3'])
    await app.endJobs('cancel')
    expect((await results(all)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  })

  it('never goes over a scene, nor where another one is writing, and asks for nothing that can not be', async () => {
    const { app, desktop, folder, scene, sceneId } = await withScene()
    const { handlers } = app
    const out = join(folder, 'results', 'x.tif')
    desktop.answers.push(null, scene, out, out)
    expect(await handlers['upscale.start']({ sceneIds: [sceneId], plan })).toBeNull()
    await expect(handlers['upscale.start']({ sceneIds: [sceneId], plan })).rejects.toThrow('never overwritten')
    await handlers['upscale.start']({ sceneIds: [sceneId], plan })
    await expect(handlers['upscale.start']({ sceneIds: [sceneId], plan })).rejects.toThrow('not finished writes to this file')
    const asked = desktop.questions.length
    await expect(handlers['upscale.start']({ sceneIds: [sceneId], plan: { ...plan, bands: [9] } })).rejects.toThrow('no band 10')
    await expect(handlers['upscale.start']({ sceneIds: [sceneId], plan: { ...plan, modelId: 'model-none' } })).rejects.toMatchObject({ tag: 'not-found' })
    await expect(handlers['upscale.start']({ sceneIds: [sceneId, 'scene-2'], plan: { ...plan, window: { row: 0, col: 0, rows: 4, cols: 4 } } })).rejects.toThrow('only when one scene')
    expect(desktop.questions).toHaveLength(asked)
  })

  it('gets the right extension, and a number when that name is taken', async () => {
    const { app, host, desktop, folder, sceneId } = await withScene()
    await writeFile(join(folder, 'results', 'x.tif'), '')
    desktop.answers.push(join(folder, 'results', 'x'))
    await app.handlers['upscale.start']({ sceneIds: [sceneId], plan })
    await turn()
    expect((host.last.spec as UpscaleSpec).out).toBe(join(folder, 'results', 'x-2.tif'))
  })

  it('over an earlier result takes its place in the list', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const out = join(folder, 'results', 'x.tif')
    desktop.answers.push(out)
    await app.handlers['upscale.start']({ sceneIds: [sceneId], plan })
    await turn()
    host.last.finish(await writeResult(host.last.spec as UpscaleSpec))
    await expect.poll(() => results(all)).toMatchObject([{ state: 'done' }])
    // the earlier one is gone only when the file is another one; one that was cancelled before it wrote anything gives way at once
    for (const end of ['cancelled', 'done'] as const) {
      desktop.answers.push(out)
      await app.handlers['upscale.start']({ sceneIds: [sceneId], plan })
      await turn()
      expect(await results(all)).toMatchObject([{ state: 'done', paths: [] }, { state: 'running', receipt: null, files: [] }])
      if (end === 'done') host.last.finish(await writeResult(host.last.spec as UpscaleSpec))
      else host.last.fail(new StudioError('cancelled', 'Cancelled.'))
      await expect.poll(async () => (await results(all)).map(({ state, paths }) => [state, paths.length])).toEqual(end === 'done' ? [['done', 1]] : [['done', 1], ['cancelled', 0]])
    }
  })

  it('that was interrupted keeps its name, and its tiles their size, and goes on once', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const out = join(folder, 'results', 'jasper-2x.tif')
    desktop.answers.push(out, null, out)
    const { resultIds: [resultId = ''] = [] } = await app.handlers['upscale.start']({ sceneIds: [sceneId], plan }) ?? {}
    await turn()
    const { memoryBudgetMb } = host.last.spec as UpscaleSpec
    for (const file of [`${out}.part`, `${out}.part.journal`]) await writeFile(file, 'tiles')
    host.last.fail(new StudioError('crashed', 'Killed.'))
    await expect.poll(() => results(all)).toMatchObject([{ state: 'interrupted' }])
    expect(await app.handlers['upscale.start']({ sceneIds: [sceneId], plan })).toBeNull()
    expect(desktop.questions.at(-1)?.suggested).toBe(join(folder, 'results', 'jasper-2x-2.tif'))
    await expect(app.handlers['upscale.start']({ sceneIds: [sceneId], plan })).rejects.toThrow('not finished writes to this file')
    await app.handlers['settings.change']({ memoryBudgetMb: memoryBudgetMb / 2 })
    const jobs = host.jobs.length
    await Promise.all([app.handlers['upscale.continue']({ resultId }), app.handlers['upscale.continue']({ resultId })])
    await turn()
    expect(host.jobs).toHaveLength(jobs + 1)
    expect(host.last.spec).toMatchObject({ resume: true, out, memoryBudgetMb })
    host.last.fail(new StudioError('cancelled', 'Cancelled.'))
  })

  it('that failed keeps its error, and goes on where the job had left its tiles', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const out = join(folder, 'results', 'x.tif')
    desktop.answers.push(out, join(folder, 'results', 'y.tif'))
    const { resultIds: [resultId = ''] = [] } = await app.handlers['upscale.start']({ sceneIds: [sceneId], plan }) ?? {}
    await turn()
    await writeFile(`${out}.part`, 'tiles')
    await writeFile(`${out}.part.journal`, 'tiles')
    host.last.fail(new StudioError('crashed', 'Killed.'))
    await expect.poll(() => results(all)).toMatchObject([{ state: 'interrupted', error: { message: 'Killed.' } }])
    await app.handlers['upscale.continue']({ resultId })
    await turn()
    expect(host.last.spec).toMatchObject({ resume: true, out })
    await app.endJobs('cancel')
    await app.handlers['result.remove']({ resultId, deleteFiles: false })
    expect(existsSync(`${out}.part`)).toBe(false)

    await app.handlers['upscale.start']({ sceneIds: [sceneId], plan })
    await turn()
    host.last.fail(new StudioError('io', 'The disk is full.'))
    await expect.poll(() => results(all)).toMatchObject([{ state: 'failed', error: { tag: 'io' } }])
  })
})

describe('an upscaling whose file is whole', () => {
  it('is only looked at again when it is continued', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const out = join(folder, 'results', 'x.tif')
    desktop.answers.push(out)
    const { resultIds: [resultId = ''] = [] } = await app.handlers['upscale.start']({ sceneIds: [sceneId], plan }) ?? {}
    await turn()
    expect(host.last.spec).not.toHaveProperty('written')
    // file times come from a clock that lags some milliseconds
    await new Promise((resolve) => setTimeout(resolve, 30))
    const outcome = await writeResult(host.last.spec as UpscaleSpec)
    host.last.fail(new StudioError('crashed', 'Killed.'))
    await expect.poll(() => results(all)).toMatchObject([{ state: 'interrupted' }])
    await app.handlers['upscale.continue']({ resultId })
    await turn()
    expect(host.last.spec).toMatchObject({ resume: true, written: true, out })
    host.last.finish(outcome)
    await expect.poll(() => results(all)).toMatchObject([{ state: 'done', paths: [out] }])
  })

  it('has taken the place of an earlier result, even where its job did not come to its end', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const out = join(folder, 'results', 'x.tif')
    const ids: string[] = []
    for (const end of ['done', 'killed'] as const) {
      desktop.answers.push(out)
      ids.push(...(await app.handlers['upscale.start']({ sceneIds: [sceneId], plan }))?.resultIds ?? [])
      await turn()
      await new Promise((resolve) => setTimeout(resolve, 30))
      const outcome = await writeResult(host.last.spec as UpscaleSpec)
      if (end === 'done') host.last.finish(outcome)
      else host.last.fail(new StudioError('crashed', 'Killed.'))
      await expect.poll(async () => (await results(all)).map(({ state }) => state)).toEqual([end === 'done' ? 'done' : 'interrupted'])
    }
    expect((await results(all))[0]?.id).toBe(ids[1])
  })

  it('is made anew when the file is older than the upscaling', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const out = join(folder, 'results', 'x.tif')
    await writeScene(out, { rows: 40, cols: 60, bands: 4 })
    await utimes(out, 1e9, 1e9)
    desktop.answers.push(out)
    await app.handlers['upscale.start']({ sceneIds: [sceneId], plan })
    await turn()
    host.last.fail(new StudioError('crashed', 'Killed.'))
    await expect.poll(() => results(all)).toMatchObject([{ state: 'failed' }])
  })
})

describe('the forecast of an upscaling', () => {
  it('says what it takes and loses, without pixels', async () => {
    const { app, sceneId } = await withScene()
    const [forecast] = await app.handlers['upscale.forecast']({ sceneIds: [sceneId], plan })
    expect(forecast).toMatchObject({ sceneId, rows: 40, cols: 60, bands: 4, scale: 2, seconds: null, refusal: null })
    expect(forecast?.sizeBytes).toBeGreaterThanOrEqual(40 * 60 * 4 * 2)
    expect(forecast?.freeDiskBytes).toBeGreaterThan(0)
    expect(forecast?.memoryBytes).toBeGreaterThan(1e8)
  })

  it('says why a scene can not be upscaled, and tells of the others', async () => {
    const { app, desktop, sceneId } = await withScene()
    const lost = await writeScene(join(desktop.root, 'b.tif'), { rows: 20, cols: 30, bands: 4 })
    const lostId = await importScene(app, lost)
    await rm(lost)
    const forecasts = await app.handlers['upscale.forecast']({ sceneIds: [lostId, sceneId], plan })
    expect(forecasts.map(({ refusal }) => refusal?.tag)).toEqual(['not-found', undefined])
    const [outside] = await app.handlers['upscale.forecast']({ sceneIds: [sceneId], plan: { ...plan, window: { row: 0, col: 0, rows: 21, cols: 4 } } })
    expect(outside?.refusal?.tag).toBe('invalid-argument')
    await expect(app.handlers['upscale.forecast']({ sceneIds: [sceneId], plan: { ...plan, modelId: 'model-none' } })).rejects.toMatchObject({ tag: 'not-found' })
  })
})

describe('models', () => {
  it('go out as one file and come back in, are renamed and removed with undo', async () => {
    const { app, desktop } = await withScene()
    const { handlers } = app
    const file = join(desktop.root, 'base.dacnmodel')
    desktop.answers.push(file, [file], null, null)
    expect(await handlers['model.export']({ modelId: 'studio-2x' })).toBe(file)
    const { modelId = '' } = await handlers['model.import'](null) ?? {}
    const models = async (): Promise<unknown> => (await handlers['project.current'](null))?.models.filter(({ origin }) => origin !== 'shipped')
    expect(await models()).toMatchObject([{ id: modelId, name: 'base', origin: 'imported', card: { preset: 'studio', scale: 2, parameters: 273_700 }, damage: null }])
    expect(await handlers['model.export']({ modelId })).toBeNull()
    expect(await handlers['model.import'](null)).toBeNull()
    await handlers['model.rename']({ modelId, name: 'mine' })
    await handlers['model.remove']({ modelId })
    expect(await models()).toEqual([])
    await handlers['project.undo'](null)
    expect(await models()).toMatchObject([{ name: 'mine' }])
  })

  it('that come with the program stay as they are, and files that are no models stay out', async () => {
    const { app, desktop, scene } = await withScene()
    desktop.answers.push([scene])
    expect(() => app.handlers['model.rename']({ modelId: 'studio-2x', name: 'x' })).toThrow('comes with the program')
    await expect(app.handlers['model.remove']({ modelId: 'studio-2x' })).rejects.toThrow('comes with the program')
    await expect(app.handlers['model.import'](null)).rejects.toMatchObject({ tag: 'unsupported' })
  })

  it('say what is wrong with a damaged folder', async () => {
    const { app, desktop, folder } = await withScene()
    const file = join(desktop.root, 'base.dacnmodel')
    desktop.answers.push(file, [file])
    await app.handlers['model.export']({ modelId: 'studio-2x' })
    const { modelId = '' } = await app.handlers['model.import'](null) ?? {}
    await writeFile(join(folder, 'models', modelId, 'checkpoint.json'), '{')
    await app.handlers['project.close'](null)
    await app.openProject(folder)
    await expect.poll(async () => (await app.handlers['project.current'](null))?.models.find(({ id }) => id === modelId)).toMatchObject({ card: null, damage: { tag: 'malformed' } })
  })
})
