import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, writeScene } from '../scenes/scene-files'
import { LayerSet } from '../../src/main/scenes/layer-set'
import { importScene, newProject, ownScenes, startApplication, withScene } from './fake-desktop'

describe('opening and closing projects', () => {
  it('makes one where the user says, named like its folder, and tells the window', async () => {
    const { app, desktop } = await startApplication()
    expect(await app.handlers['project.current'](null)).toBeNull()
    const folder = await newProject({ app, desktop })
    expect(folder).toBe(join(desktop.folders.documents, 'Harbour'))
    const view = await app.handlers['project.current'](null)
    expect(view).toMatchObject({ name: 'Harbour', scenes: [], runs: [], results: [], undo: null })
    await expect.poll(() => desktop.heard('project.changed').at(-1)?.models.every(({ card }) => card?.preset === 'studio')).toBe(true)
    expect(view?.models.map(({ origin }) => origin)).toEqual(Array.from({ length: 6 }, () => 'shipped'))
    await app.handlers['project.rename']({ name: 'Port' })
    expect((await app.handlers['recent.list'](null)).map(({ name }) => name)).toEqual(['Port'])
    await app.handlers['project.showInFolder'](null)
    expect(desktop.shown).toEqual([join(folder, 'project.json')])
  })

  it('changes nothing when the user cancels a dialog', async () => {
    const { app, desktop } = await startApplication()
    desktop.answers.push(null, null)
    expect(await app.handlers['project.create'](null)).toBeNull()
    expect(await app.handlers['project.open'](null)).toBeNull()
    expect(await app.handlers['project.current'](null)).toBeNull()
  })

  it('refuses what needs a project when none is open', async () => {
    const { app } = await startApplication()
    await expect(async () => app.handlers['import.inspect']({ paths: ['/a'] })).rejects.toThrow('No project is open')
    await expect(async () => app.handlers['project.rename']({ name: 'x' })).rejects.toThrow('No project is open')
    await expect(async () => app.handlers['project.undo'](null)).rejects.toThrow('No project is open')
    await app.handlers['project.close'](null)
  })

  it('keeps the open project when another can not be opened, and shows the open one again', async () => {
    const { app, desktop } = await startApplication()
    const folder = await newProject({ app, desktop })
    desktop.answers.push(desktop.root, folder)
    await expect(app.handlers['project.open'](null)).rejects.toMatchObject({ tag: 'not-found' })
    expect((await app.handlers['project.open'](null))?.folder).toBe(folder)
    await app.openProject(folder)
    expect((await app.handlers['project.current'](null))?.folder).toBe(folder)
  })

  it('finds everything again after closing and reopening', async () => {
    const { app, desktop, again } = await startApplication()
    const folder = await newProject({ app, desktop })
    const sceneId = await importScene(app, await writeScene(join(desktop.root, 'a.img'), { rows: 20, cols: 30, bands: 4 }))
    await app.close()
    expect(desktop.heard('project.changed').at(-1)).toBeNull()
    const next = await again()
    const [recent] = await next.handlers['recent.list'](null)
    const view = await next.handlers['project.openRecent']({ id: recent?.id ?? '' })
    expect(view).toMatchObject({ folder, scenes: [{ id: sceneId, name: 'jasper', facts: null }] })
    await expect.poll(() => desktop.heard('project.changed').at(-1)?.scenes[0]).toMatchObject({ state: 'ready', facts: { rows: 20, cols: 30, bands: 4 } })
  })

  it('shows a project that is opened again while its scenes were still being looked at', async () => {
    const layers = new LayerSet()
    const scenes = ownScenes(layers)
    let slow: Promise<void> | null = null
    const all = await withScene({
      ...scenes,
      open: async (layer, source) => {
        const [opened, held] = [await scenes.open(layer, source), slow]
        slow = null
        await held
        return opened
      },
    })
    const { app, folder, sceneId } = all
    await app.handlers['project.close'](null)
    let goOn = (): void => undefined
    slow = new Promise((resolve) => { goOn = resolve })
    await app.openProject(folder)
    await expect.poll(() => slow === null).toBe(true)
    await app.handlers['project.close'](null)
    await app.openProject(folder)
    await expect.poll(async () => (await app.handlers['project.current'](null))?.scenes[0]?.state).toBe('ready')
    goOn()
    goOn()
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve))
    expect(await layers.ask(`scene:${sceneId}`, (layer) => layer.use(undefined, ({ header }) => Promise.resolve(header.bands)))).toBe(4)
  })

  it('opens a scene whose file has other bands now, without the corrections that were made for the old ones', async () => {
    const { app, desktop, folder, scene, sceneId } = await withScene()
    await app.handlers['scene.repair']({ sceneId, repairs: { badBands: [true, false, false, false], nodata: 7 } })
    await app.handlers['project.close'](null)
    await rm(scene)
    await writeScene(scene, { rows: 20, cols: 30, bands: 3 })
    await app.openProject(folder)
    const now = async () => (await app.handlers['project.current'](null))?.scenes[0]
    await expect.poll(now).toMatchObject({ state: 'missing', problem: { message: expect.stringContaining('4 bad-band flags for 3 bands') as string } })
    desktop.answers.push([scene])
    expect(await app.handlers['scene.relink']({ sceneId, anyway: true })).toEqual({ linked: true })
    await expect.poll(now).toMatchObject({ state: 'ready', facts: { bands: 3 }, repairs: { nodata: 7 } })
    expect((await app.handlers['project.current'](null))?.notices.join()).toContain('jasper: the corrections of its bands do not fit')
  })

  it('marks a recent project that is gone, finds it where the user says, or forgets it', async () => {
    const { app, desktop } = await startApplication()
    const folder = await newProject({ app, desktop })
    await app.handlers['project.close'](null)
    const moved = join(desktop.root, 'elsewhere')
    await rename(folder, moved)
    const [gone] = await app.handlers['recent.list'](null)
    expect(gone).toMatchObject({ folder, missing: true })
    await expect(app.handlers['project.openRecent']({ id: gone?.id ?? '' })).rejects.toMatchObject({ tag: 'not-found' })
    desktop.answers.push(null, moved)
    expect(await app.handlers['recent.locate']({ id: gone?.id ?? '' })).toBeNull()
    expect((await app.handlers['recent.locate']({ id: gone?.id ?? '' }))?.folder).toBe(moved)
    const [found] = await app.handlers['recent.list'](null)
    expect(found).toMatchObject({ folder: moved, missing: false })
    expect(await app.handlers['recent.forget']({ id: found?.id ?? '' })).toEqual([])
    await expect(app.handlers['project.openRecent']({ id: 'nothing' })).rejects.toMatchObject({ tag: 'not-found' })
  })

  it('shows what happened to the project\'s file, and that it can not be saved, while that is so', async () => {
    const { app, desktop } = await startApplication()
    const folder = await newProject({ app, desktop })
    await app.handlers['project.rename']({ name: 'Port' })
    await app.handlers['project.close'](null)
    await writeFile(join(folder, 'project.json'), '{"format":')
    await app.openProject(folder)
    const notices = async (): Promise<string[] | undefined> => (await app.handlers['project.current'](null))?.notices
    expect(await notices()).toEqual([expect.stringContaining('project.json.broken')])

    await rename(folder, `${folder}-away`)
    await app.handlers['project.rename']({ name: 'While away' })
    await expect.poll(notices).toEqual([expect.stringContaining('.broken'), expect.stringMatching(/^The project is not saved: .*tried again\.$/)])
    await expect.poll(() => desktop.heard('project.changed').at(-1)?.notices).toHaveLength(2)
    await rename(`${folder}-away`, folder)
    await expect.poll(notices, { timeout: 5000 }).toHaveLength(1)
  })

  it('opens the project with the scene that comes along, again and again', async () => {
    const { app, desktop } = await startApplication()
    const first = await app.handlers['project.openSample'](null)
    expect(first).toMatchObject({ name: 'Sample project', scenes: [{ name: 'dlr-hysu' }] })
    await expect.poll(() => desktop.heard('project.changed').at(-1)?.scenes[0]?.state, { timeout: 10_000 }).toBe('ready')
    expect((await app.handlers['project.openSample'](null)).id).toBe(first.id)
    await app.handlers['project.close'](null)
    expect((await app.handlers['project.openSample'](null)).id).toBe(first.id)
  })
})

describe('what the program says of itself', () => {
  it('describes itself and the machine', async () => {
    const { app } = await startApplication()
    const description = await app.handlers['app.describe'](null)
    expect(description).toMatchObject({ electron: '25', cacheFolder: '', cacheBytes: 0 })
    expect(description.version).toMatch(/^\d+\.\d+\.\d+/)
    const devices = await app.handlers['app.devices'](null)
    expect(devices.at(-1)).toMatchObject({ kind: 'cpu' })
  })

  it('copies text, saves what the window made where the user says, and tells when a log can not be shown', async () => {
    const { app, desktop } = await startApplication()
    await app.handlers['app.copyText']({ text: 'details' })
    expect(desktop.copied).toBe('details')
    const path = join(desktop.root, 'curve.csv')
    desktop.answers.push(path, null)
    expect(await app.handlers['app.saveFile']({ suggestedName: '../../curve.csv', content: Buffer.from('a,b') })).toBe(path)
    expect(await readFile(path, 'utf8')).toBe('a,b')
    expect(desktop.questions.at(-1)?.suggested).toBe(join(desktop.folders.documents, 'curve.csv'))
    expect(await app.handlers['app.saveFile']({ suggestedName: 'curve.csv', content: Buffer.from('c') })).toBeNull()
    await expect(app.handlers['app.openLog'](null)).rejects.toThrow('no program')
  })

  it('keeps settings over a restart and tells changes at once', async () => {
    const { app, desktop, again } = await startApplication()
    await app.handlers['settings.change']({ theme: 'dark', threads: 2 })
    expect(desktop.heard('settings.changed')).toMatchObject([{ theme: 'dark', threads: 2 }])
    expect(app.settings.theme).toBe('dark')
    await expect(app.handlers['settings.change']({ memoryBudgetMb: 1 })).rejects.toMatchObject({ tag: 'invalid-argument' })
    expect(await (await again()).handlers['settings.read'](null)).toMatchObject({ theme: 'dark', memoryBudgetMb: 2048 })
  })

  it('takes a folder for working copies from a dialog, if it can be written to', async () => {
    const { app, desktop } = await startApplication()
    const folder = await temporaryFolder()
    desktop.answers.push(null, join(folder, 'nowhere'), folder)
    expect(await app.handlers['settings.chooseCacheFolder'](null)).toBeNull()
    await expect(app.handlers['settings.chooseCacheFolder'](null)).rejects.toMatchObject({ tag: 'not-found' })
    expect(await app.handlers['settings.chooseCacheFolder'](null)).toMatchObject({ cacheFolder: folder })
    expect(await app.handlers['settings.clearCache'](null)).toEqual({ freedBytes: 0 })
  })

  it('goes on with the default settings when the file is damaged', async () => {
    const { desktop, again } = await startApplication()
    await mkdir(desktop.folders.config, { recursive: true })
    await writeFile(join(desktop.folders.config, 'settings.json'), '{"theme":')
    expect((await again()).settings.theme).toBe('system')
    expect(desktop.logged.join()).toContain('settings.json.broken')
    await rm(desktop.folders.config, { recursive: true })
  })
})
