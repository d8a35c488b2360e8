import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SceneView } from '../../src/preload/contract'
import { projectRoot } from '../../src/main/common/project-root'
import { writeScene } from '../scenes/scene-files'
import { importScene, newProject, startApplication, type Started } from './fake-desktop'
import type { HandHost } from './hand-host'
import { trainingPlan } from './plans'

const size = { rows: 20, cols: 30, bands: 4 }
const twoCubes = join(projectRoot, 'test', 'formats', 'mat-fixtures', 'two-cubes.mat')

async function withProject(): Promise<Started<HandHost>> {
  const started = await startApplication()
  await newProject(started)
  return started
}

async function sceneView({ app }: Pick<Started<HandHost>, 'app'>): Promise<SceneView | undefined> {
  return (await app.handlers['project.current'](null))?.scenes[0]
}

describe('importing', () => {
  it('shows what each file is, bad ones with their reason beside good ones', async () => {
    const { app, desktop } = await withProject()
    const good = await writeScene(join(desktop.root, 'good.img'), size)
    const bad = join(desktop.root, 'notes.txt')
    await writeFile(bad, 'not a scene')
    const folder = join(desktop.root, 'folder')
    await mkdir(folder)
    const candidates = await app.handlers['import.inspect']({ paths: [bad, good, folder, 'good.img', join(desktop.root, 'none.tif')] })
    expect(candidates.map(({ facts, error }) => facts?.format ?? error?.tag)).toEqual(['unsupported', 'ENVI', 'unsupported', 'invalid-argument', 'not-found'])
    expect(candidates[2]?.error?.message).toContain('this is a folder')
    expect(candidates.every(({ error, path }) => error === null || error.message.includes(path))).toBe(true)
  })

  it('takes both files of a pair for one scene', async () => {
    const { app, desktop } = await withProject()
    const data = await writeScene(join(desktop.root, 'pair.img'), size)
    desktop.answers.push([data, join(desktop.root, 'pair.hdr')], null)
    expect(await app.handlers['import.choose'](null)).toHaveLength(1)
    expect(await app.handlers['import.choose'](null)).toBeNull()
  })

  it('adds an accepted file with its repairs and knows it when it comes again', async () => {
    const started = await withProject()
    const { app, desktop } = started
    const path = await writeScene(join(desktop.root, 'a.img'), size)
    const [candidate] = await app.handlers['import.inspect']({ paths: [path] })
    const handle = candidate?.handle ?? ''
    const repairs = { nodata: 7, badBands: [true, false, false, false] }
    expect(await app.handlers['import.repair']({ handle, repairs })).toMatchObject({ facts: { nodata: [7, 7, 7, 7] }, duplicateOf: null })
    await expect(app.handlers['import.repair']({ handle, repairs: { badBands: [true] } })).rejects.toThrow('4 bands')
    const { sceneId } = await app.handlers['import.accept']({ handle, name: 'jasper', repairs })
    expect(await sceneView(started)).toMatchObject({ id: sceneId, path, state: 'ready', repairs, facts: { badBands: [true, false, false, false] } })
    await expect(app.handlers['import.accept']({ handle, name: 'again', repairs: {} })).rejects.toMatchObject({ tag: 'not-found' })
    const [second] = await app.handlers['import.inspect']({ paths: [path] })
    expect(second?.duplicateOf).toBe('jasper')
    await app.handlers['import.dismiss']({ handle: second?.handle ?? '' })
    await expect(app.handlers['import.dismiss']({ handle: second?.handle ?? '' })).rejects.toMatchObject({ tag: 'not-found' })
  })

  it('refuses to accept what can not be read', async () => {
    const { app, desktop } = await withProject()
    const [candidate] = await app.handlers['import.inspect']({ paths: [join(desktop.root, 'none.tif')] })
    await expect(app.handlers['import.accept']({ handle: candidate?.handle ?? '', name: 'none', repairs: {} })).rejects.toMatchObject({ tag: 'not-found' })
    expect((await app.handlers['project.current'](null))?.scenes).toEqual([])
  })

  it('lets the user choose among the cubes of a MATLAB file', async () => {
    const started = await withProject()
    const { app } = started
    const [candidate] = await app.handlers['import.inspect']({ paths: [twoCubes] })
    const { handle = '', variables = [] } = candidate ?? {}
    expect(variables).toHaveLength(2)
    await expect(app.handlers['import.chooseVariable']({ handle, variable: 'nothing' })).rejects.toMatchObject({ tag: 'invalid-argument', remedy: `Choose one of ${variables.join(', ')}.` })
    const chosen = await app.handlers['import.chooseVariable']({ handle, variable: variables[1] ?? '' })
    expect(chosen.error).toBeNull()
    await app.handlers['import.accept']({ handle, name: 'cube', repairs: {} })
    expect(await sceneView(started)).toMatchObject({ variable: variables[1], state: 'ready' })
  })
})

describe('scenes of the project', () => {
  it('are renamed, repaired, shown and removed with undo', async () => {
    const started = await withProject()
    const { app, desktop } = started
    const path = await writeScene(join(desktop.root, 'a.img'), size)
    const sceneId = await importScene(app, path)
    await app.handlers['scene.rename']({ sceneId, name: 'ridge' })
    await app.handlers['scene.repair']({ sceneId, repairs: { wavelengthNm: [500, 600, 700, 800] } })
    expect(await sceneView(started)).toMatchObject({ name: 'ridge', facts: { wavelengthNm: [500, 600, 700, 800] } })
    expect((await app.handlers['scene.factsAsRead']({ sceneId })).wavelengthNm).not.toEqual([500, 600, 700, 800])
    await expect(app.handlers['scene.repair']({ sceneId, repairs: { wavelengthNm: [500] } })).rejects.toThrow('4 bands')
    expect(await sceneView(started)).toMatchObject({ repairs: { wavelengthNm: [500, 600, 700, 800] } })
    await app.handlers['scene.showInFolder']({ sceneId })
    expect(desktop.shown).toEqual([path])
    await app.handlers['scene.remove']({ sceneId })
    expect(await app.handlers['project.current'](null)).toMatchObject({ scenes: [], undo: 'Remove ridge' })
    await expect(app.handlers['scene.repair']({ sceneId, repairs: {} })).rejects.toMatchObject({ tag: 'not-found' })
    await app.handlers['project.undo'](null)
    await expect.poll(() => sceneView(started)).toMatchObject({ name: 'ridge', state: 'ready' })
  })

  it('are missing when their file is gone, and found again where the user says', async () => {
    const started = await withProject()
    const { app, desktop } = started
    const folder = join(desktop.root, 'scenes')
    await mkdir(folder)
    const sceneId = await importScene(app, await writeScene(join(folder, 'a.img'), size))
    const moved = join(desktop.root, 'moved')
    await rename(folder, moved)
    await app.handlers['project.close'](null)
    await app.openProject(join(desktop.folders.documents, 'Harbour'))
    await expect.poll(() => sceneView(started)).toMatchObject({
      state: 'missing', facts: null, problem: { tag: 'not-found', file: join(folder, 'a.img'), remedy: expect.stringContaining('choose its new place') as string },
    })
    await expect(app.handlers['training.forecast']({ sceneIds: [sceneId], plan: trainingPlan })).rejects.toThrow(`${join(folder, 'a.img')}: the file does not exist.`)
    await expect(app.handlers['scene.showInFolder']({ sceneId })).rejects.toMatchObject({ tag: 'not-found' })

    const other = await writeScene(join(desktop.root, 'other.img'), { ...size, rows: 21 })
    desktop.answers.push(null, [other], [join(moved, 'a.img')])
    expect(await app.handlers['scene.relink']({ sceneId, anyway: false })).toBeNull()
    expect(await app.handlers['scene.relink']({ sceneId, anyway: false })).toEqual({ linked: false })
    expect(await sceneView(started)).toMatchObject({ state: 'missing' })
    // the user says that the other file is meant: it is not asked for again
    expect(await app.handlers['scene.relink']({ sceneId, anyway: true })).toEqual({ linked: true })
    expect(await sceneView(started)).toMatchObject({ state: 'ready', path: other, facts: { rows: 21 }, problem: null })
    expect(await app.handlers['scene.relink']({ sceneId, anyway: true })).toEqual({ linked: true })
    expect(await sceneView(started)).toMatchObject({ state: 'ready', path: join(moved, 'a.img'), facts: { rows: 20 } })
  })

  it('are changed when another file has taken their place', async () => {
    const started = await withProject()
    const { app, desktop } = started
    const path = await writeScene(join(desktop.root, 'a.img'), size)
    await importScene(app, path)
    await app.handlers['project.close'](null)
    await rm(path)
    await rm(join(desktop.root, 'a.hdr'))
    await writeScene(path, { ...size, rows: 22 })
    await app.openProject(join(desktop.folders.documents, 'Harbour'))
    await expect.poll(() => sceneView(started)).toMatchObject({ state: 'changed', facts: { rows: 22 }, problem: { tag: 'mismatch', file: path } })
  })

  it('that can not be read any more say why', async () => {
    const started = await withProject()
    const { app, desktop } = started
    const path = await writeScene(join(desktop.root, 'a.img'), size)
    await importScene(app, path)
    await app.handlers['project.close'](null)
    await writeFile(join(desktop.root, 'a.hdr'), 'ENVI\nsamples = some\n')
    await app.openProject(join(desktop.folders.documents, 'Harbour'))
    await expect.poll(() => sceneView(started)).toMatchObject({ state: 'missing', facts: null, problem: { tag: 'malformed', message: expect.stringContaining('a.hdr') as string } })
  })
})
