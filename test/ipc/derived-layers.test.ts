import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWindow } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import type { UpscaleSpec } from '../../src/main/jobs/job-spec'
import type { UpscalePlan } from '../../src/main/project/project-file'
import { LayerSet } from '../../src/main/scenes/layer-set'
import type { ResultView } from '../../src/preload/contract'
import { writeScene } from '../scenes/scene-files'
import { ownScenes, withScene, type WithScene } from './fake-desktop'
import { upscalePlan } from './plans'

interface WithResult extends WithScene {
  layers: LayerSet
  resultId: string
}

/** A project with a scene of 20 x 30 pixels and 4 bands, of which `badBands` are marked, and a result of it at 2x. */
async function withResult(change: Partial<UpscalePlan> = {}, badBands: boolean[] | null = null): Promise<WithResult> {
  const layers = new LayerSet()
  const all = await withScene(ownScenes(layers))
  const { app, desktop, folder, host, sceneId } = all
  if (badBands !== null) await mark(all, badBands)
  const plan: UpscalePlan = { ...upscalePlan, modelId: 'studio-2x', ...change }
  desktop.answers.push(join(folder, 'results', 'sharp.tif'))
  const { resultIds: [resultId = ''] = [] } = await app.handlers['upscale.start']({ sceneIds: [sceneId], plan }) ?? {}
  await expect.poll(() => host.jobs.length).toBe(1)
  const { out, bands } = host.last.spec as UpscaleSpec
  const size = { rows: 2 * (plan.window?.rows ?? 20), cols: 2 * (plan.window?.cols ?? 30), bands: bands?.length ?? 4 }
  await writeScene(out, size)
  expect((await result(all))?.derived).toBe(false)
  host.last.finish({ files: [out], sizeBytes: 1, ...size, tiles: 1, seconds: 2, clamped: 0, dropped: [], receipt: null })
  // the project can't be closed before
  await expect.poll(() => app.runningJobs()).toEqual([])
  return { ...all, layers, resultId }
}

/** Marks bands of the scene as bad and waits until that is known. */
async function mark({ app, sceneId }: WithScene, badBands: boolean[]): Promise<void> {
  await app.handlers['scene.repair']({ sceneId, repairs: { badBands } })
  await expect.poll(async () => (await app.handlers['project.current'](null))?.scenes[0]?.facts?.badBands).toEqual(badBands)
}

async function result({ app }: Pick<WithScene, 'app'>): Promise<ResultView | undefined> {
  return (await app.handlers['project.current'](null))?.results[0]
}

async function expectDerived(all: WithResult, derived: boolean): Promise<void> {
  await expect.poll(async () => (await result(all))?.derived ?? false).toBe(derived)
  // the window was told
  await expect.poll(() => all.desktop.heard('project.changed').at(-1)?.results[0]?.derived ?? false).toBe(derived)
}

function pixels({ layers }: WithResult, layer: string): Promise<Float32Array> {
  return layers.ask(layer, (asked) => asked.use(undefined, (reader, ended) => readWindow(reader, wholeWindow(reader.header), undefined, ended)))
}

const gone = { tag: 'invalid-argument' }

describe('the interpolated scene and the difference to it', () => {
  it('are there with the result, which is their sum', async () => {
    const all = await withResult()
    await expectDerived(all, true)
    const [bicubic, difference, sharp] = [await pixels(all, `bicubic:${all.resultId}`), await pixels(all, `difference:${all.resultId}`), await pixels(all, `result:${all.resultId}`)]
    expect(bicubic).toHaveLength(40 * 60 * 4)
    expect(difference).toEqual(sharp.map((value, i) => value - (bicubic[i] as number)))
    expect(difference.some((value) => value > 1)).toBe(true)
  })

  it('lie where the result lies, with its bands', async () => {
    const all = await withResult({ window: { row: 4, col: 6, rows: 10, cols: 12 }, bands: [2, 0] })
    await expectDerived(all, true)
    const [bicubic, scene] = [await pixels(all, `bicubic:${all.resultId}`), await pixels(all, `scene:${all.sceneId}`)]
    const missing = (values: Float32Array, at: number): boolean => Number.isNaN(values[at])
    for (const [row, col] of [[0, 0], [3, 5], [9, 11]] as const) {
      for (const [index, band] of [2, 0].entries()) {
        const [fine, coarse] = [(2 * row * 24 + 2 * col) * 2 + index, ((4 + row) * 30 + 6 + col) * 4 + band]
        expect(missing(bicubic, fine)).toBe(missing(scene, coarse))
        // a quarter of a pixel apart on a slope of 31 and 1
        if (!missing(scene, coarse)) expect(Math.abs((bicubic[fine] as number) - (scene[coarse] as number))).toBeLessThan(12)
      }
    }
  })

  it('go with the scene\'s file and come back with it', async () => {
    const all = await withResult()
    const { app, folder, resultId, scene } = all
    await expectDerived(all, true)
    await app.handlers['project.close'](null)
    await expect(pixels(all, `bicubic:${resultId}`)).rejects.toMatchObject(gone)
    await rename(scene, `${scene}.moved.tif`)
    await app.openProject(folder)
    await expect.poll(async () => (await app.handlers['project.current'](null))?.scenes[0]?.state).toBe('missing')
    await expect.poll(async () => (await result(all))?.paths.length).toBe(1)
    await expectDerived(all, false)
    await expect(pixels(all, `difference:${resultId}`)).rejects.toMatchObject(gone)

    all.desktop.answers.push([`${scene}.moved.tif`])
    expect(await app.handlers['scene.relink']({ sceneId: all.sceneId, anyway: false })).toEqual({ linked: true })
    await expectDerived(all, true)
    expect(await pixels(all, `difference:${resultId}`)).toHaveLength(40 * 60 * 4)
  })

  it('follow the scene\'s repairs, in the statistics too', async () => {
    const all = await withResult()
    const { app, layers, sceneId, resultId } = all
    await expectDerived(all, true)
    const signal = new AbortController().signal
    const validShare = async (): Promise<number | undefined> => (await layers.ask(`bicubic:${resultId}`, (layer) => layer.statistics([1], signal)))[0]?.validShare
    expect(await validShare()).toBeCloseTo(6 / 7, 1)
    await app.handlers['scene.repair']({ sceneId, repairs: { nodata: 12345 } })
    await expect.poll(validShare).toBe(1)
  })

  it('keep the bands that the result was written with, whatever is marked as bad later', async () => {
    const all = await withResult({ bands: 'good' }, [false, true, false, false])
    await expectDerived(all, true)
    expect((await result(all))?.plan.bands).toEqual([0, 2, 3])
    const before = await pixels(all, `bicubic:${all.resultId}`)
    expect(before).toHaveLength(40 * 60 * 3)
    for (const others of [[true, false, false, false], [false, false, false, false]]) {
      await mark(all, others)
      await expectDerived(all, true)
      expect(await pixels(all, `bicubic:${all.resultId}`)).toEqual(before)
    }
  })

  it('are not to be had of another file in the scene\'s place until the user takes it for the scene', async () => {
    const all = await withResult()
    const { app, folder, scene, sceneId } = all
    await expectDerived(all, true)
    await app.handlers['project.close'](null)
    await rm(scene)
    await writeScene(scene, { rows: 20, cols: 30, bands: 4, gaps: 'edge' })
    await app.openProject(folder)
    await expect.poll(async () => (await app.handlers['project.current'](null))?.scenes[0]?.state).toBe('changed')
    await expectDerived(all, false)
    all.desktop.answers.push([scene])
    expect(await app.handlers['scene.relink']({ sceneId, anyway: true })).toEqual({ linked: true })
    await expectDerived(all, true)
  })

  it('go with the result, come back with it, and go with the scene', async () => {
    const all = await withResult()
    const { app, resultId, sceneId } = all
    await expectDerived(all, true)
    await app.handlers['result.remove']({ resultId, deleteFiles: false })
    await expect.poll(() => pixels(all, `bicubic:${resultId}`).then(() => 'there', (error: unknown) => error)).toMatchObject(gone)
    await app.handlers['project.undo'](null)
    await expectDerived(all, true)
    await app.handlers['scene.remove']({ sceneId })
    await expectDerived(all, false)
    await expect(pixels(all, `difference:${resultId}`)).rejects.toMatchObject(gone)
    await app.handlers['project.undo'](null)
    await expectDerived(all, true)
  })
})
