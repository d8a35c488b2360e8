import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { resourcePath } from '../../src/main/common/project-root'
import type { AnalyseSpec, UpscaleSpec } from '../../src/main/jobs/job-spec'
import { packModel } from '../../src/main/model/model-package'
import { runAnalyseJob } from '../../src/main/workers/analyse-job'
import { quietContext } from '../../src/main/common/job-context'
import type { LayerView } from '../../src/preload/contract'
import { writeScene } from '../scenes/scene-files'
import { importScene, withScene, type WithScene } from './fake-desktop'
import type { HandHost } from './hand-host'
import { upscalePlan } from './plans'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const formula = { kind: 'formula', formula: 'b1 / b2', label: 'Ratio' } as const

async function layers({ app }: Pick<WithScene, 'app'>): Promise<LayerView[]> {
  return (await app.handlers['project.current'](null))?.layers ?? []
}

/** Lets the job that was started last do its work. */
async function finish(host: HandHost): Promise<void> {
  await turn()
  const { last } = host
  last.finish(await runAnalyseJob(last.spec as AnalyseSpec, quietContext()))
}

describe('an analysis', () => {
  it('is written into the folder of results and becomes a layer, which can be exported, removed and brought back', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const { layerId } = await app.handlers['analysis.start']({ sceneId, resultId: null, analysis: formula })
    await turn()
    const out = join(folder, 'results', 'jasper-ratio.tif')
    expect(host.last).toMatchObject({ kind: 'analyse', spec: { kind: 'analyse', analysis: formula, scene: join(desktop.root, 'a.tif'), out } })
    expect((await app.handlers['job.list'](null)).at(-1)).toMatchObject({ kind: 'analyse', title: 'Ratio: jasper', subject: sceneId })
    expect(await layers(all)).toEqual([])
    await finish(host)
    await expect.poll(() => layers(all)).toMatchObject([{ id: layerId, name: 'Ratio of jasper', sceneId, resultId: null, rows: 20, cols: 30, origin: { row: 0, col: 0 }, pixelSize: 1, path: out, missing: false, file: 'results/jasper-ratio.tif' }])

    desktop.answers.push(join(desktop.root, 'mine'))
    expect(await app.handlers['analysis.export']({ layerId })).toBe(join(desktop.root, 'mine.tif'))
    expect(await readFile(join(desktop.root, 'mine.tif'))).toEqual(await readFile(out))
    desktop.answers.push(join(desktop.root, 'a.tif'))
    await expect(app.handlers['analysis.export']({ layerId })).rejects.toMatchObject({ tag: 'invalid-argument' })

    await app.handlers['analysis.remove']({ layerId })
    expect([await layers(all), existsSync(out)]).toEqual([[], false])
    await app.handlers['project.undo'](null)
    await expect.poll(() => layers(all)).toMatchObject([{ id: layerId, missing: false }])
  })

  it('is there again in a project that is opened anew, with a name of its own when computed twice', async () => {
    const all = await withScene()
    const { app, host, folder, sceneId } = all
    for (const count of [1, 2]) {
      await app.handlers['analysis.start']({ sceneId, resultId: null, analysis: formula })
      await finish(host)
      await expect.poll(() => layers(all)).toHaveLength(count)
    }
    await app.handlers['project.close'](null)
    await app.openProject(folder)
    await expect.poll(() => layers(all)).toMatchObject([{ name: 'Ratio of jasper', missing: false }, { name: 'Ratio of jasper (2)', missing: false, file: 'results/jasper-ratio-2.tif' }])
  })

  it('that is a scene of the project as well stays on the disk when its layer is removed', async () => {
    const all = await withScene()
    const { app, host, folder, sceneId } = all
    const { layerId } = await app.handlers['analysis.start']({ sceneId, resultId: null, analysis: formula })
    await finish(host)
    await expect.poll(() => layers(all)).toHaveLength(1)
    const out = join(folder, 'results', 'jasper-ratio.tif')
    await importScene(app, out, 'ratio')
    await app.handlers['analysis.remove']({ layerId })
    expect([await layers(all), existsSync(out)]).toEqual([[], true])
  })

  it('that fails or is cancelled leaves no layer', async () => {
    const all = await withScene()
    const { app, host, sceneId } = all
    await app.handlers['analysis.start']({ sceneId, resultId: null, analysis: { kind: 'components' } })
    await turn()
    host.last.fail(new StudioError('io', 'the disk is full'))
    const { jobId } = await app.handlers['analysis.start']({ sceneId, resultId: null, analysis: { kind: 'components' } })
    await turn()
    await app.handlers['job.cancel']({ jobId })
    await turn()
    expect((await app.handlers['job.list'](null)).map(({ state }) => state)).toEqual(['failed', 'cancelled'])
    expect(await layers(all)).toEqual([])
  })

  it('of a result knows its place and kernel; one of another scene is refused', async () => {
    const all = await withScene()
    const { app, host, desktop, folder, sceneId } = all
    const out = join(folder, 'results', 'jasper-2x.tif')
    desktop.answers.push(out)
    const plan = { ...upscalePlan, modelId: 'studio-2x', window: { row: 4, col: 6, rows: 10, cols: 12 }, bands: [0, 2] }
    const { resultIds: [resultId = ''] = [] } = await app.handlers['upscale.start']({ sceneIds: [sceneId], plan }) ?? {}
    await expect(app.handlers['analysis.start']({ sceneId, resultId, analysis: { kind: 'consistency' } })).rejects.toThrow('not finished')
    await turn()
    await writeScene(out, { rows: 20, cols: 24, bands: 2 })
    host.last.finish({ files: [out], sizeBytes: 1, rows: 20, cols: 24, bands: 2, tiles: 1, seconds: 2, clamped: 0, dropped: [], receipt: null })
    await expect.poll(async () => (await app.handlers['project.current'](null))?.results[0]?.state).toBe('done')
    await app.handlers['analysis.start']({ sceneId, resultId, analysis: { kind: 'consistency' } })
    await turn()
    expect(host.last.spec).toMatchObject({ result: { path: out, window: plan.window, bands: [0, 2], scale: 2, kernel: { kind: 'block' } } })
    await finish(host)
    await expect.poll(() => layers(all)).toMatchObject([{ name: 'Consistency of jasper-2x', resultId, rows: 10, cols: 12, origin: { row: 4, col: 6 }, pixelSize: 1 }])
  })
})

describe('a result whose model is gone', () => {
  it('still knows its scale and how it is reduced', async () => {
    const { app, host, desktop, folder, sceneId } = await withScene()
    const packed = join(desktop.root, 'psf.dacnmodel')
    await packModel(resourcePath('models', 'studio-2x-psf'), packed)
    desktop.answers.push([packed], join(folder, 'results', 'sharp.tif'))
    const { modelId = '' } = await app.handlers['model.import'](null) ?? {}
    const { resultIds: [resultId = ''] = [] } = await app.handlers['upscale.start']({ sceneIds: [sceneId], plan: { ...upscalePlan, modelId } }) ?? {}
    await turn()
    const { out } = host.last.spec as UpscaleSpec
    await writeScene(out, { rows: 40, cols: 60, bands: 4 })
    host.last.finish({ files: [out], sizeBytes: 1, rows: 40, cols: 60, bands: 4, tiles: 1, seconds: 2, clamped: 0, dropped: [], receipt: null })
    await expect.poll(() => app.runningJobs()).toEqual([])
    await app.handlers['model.remove']({ modelId })
    await app.handlers['analysis.start']({ sceneId, resultId, analysis: { kind: 'consistency' } })
    await turn()
    expect(host.last.spec).toMatchObject({ kind: 'analyse', result: { path: out, scale: 2, kernel: { kind: 'gaussian' } } })
  })
})

describe('formulas and spectra', () => {
  it('are understood, or it is told why not', async () => {
    const { app, sceneId } = await withScene()
    expect(await app.handlers['analysis.checkFormula']({ sceneId, formula: 'b1 / b2' })).toMatchObject({ problem: null, meaning: expect.stringContaining('÷') as string })
    expect(await app.handlers['analysis.checkFormula']({ sceneId, formula: 'b9' })).toEqual({ meaning: null, problem: expect.stringContaining('There is no band b9') as string })
  })

  it('become a spectral library where the user says', async () => {
    const { app, desktop } = await withScene()
    const library = { suggestedName: 'jasper', names: ['lake'], wavelengthNm: [450, 650], values: Float32Array.of(1, 2) }
    desktop.answers.push(null)
    expect(await app.handlers['analysis.saveLibrary'](library)).toBeNull()
    desktop.answers.push(join(desktop.root, 'spectra'))
    expect(await app.handlers['analysis.saveLibrary'](library)).toBe(join(desktop.root, 'spectra.sli'))
    expect(await readFile(join(desktop.root, 'spectra.hdr'), 'utf8')).toContain('ENVI Spectral Library')
  })
})
