import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import type { SceneQuestions } from '../../src/main/ipc/scene-questions'
import type { PrepareSpec } from '../../src/main/jobs/job-spec'
import type { SceneFacts } from '../../src/main/scenes/scene-facts'
import type { SceneSource } from '../../src/main/scenes/scene-messages'
import type { SceneView } from '../../src/preload/contract'
import { temporaryFolder, writeScene } from '../scenes/scene-files'
import { importScene, newProject, ownScenes, startWith, type Started } from './fake-desktop'
import { HandHost } from './hand-host'
import { trainingPlan } from './plans'

const size = { rows: 20, cols: 30, bands: 4 }

interface Slow extends Started<HandHost> {
  sceneId: string
  folder: string
  /** Sources of the layers opened so far. */
  opened: SceneSource[]
}

/** A project with a scene of which the scene process is believed what `claim` makes of its answer to a source. */
async function withScene(claim: (source: SceneSource) => Partial<SceneFacts>): Promise<Slow> {
  const opened: SceneSource[] = []
  const own = ownScenes()
  const scenes: SceneQuestions = {
    ...own,
    open: async (layer, source) => {
      opened.push(source)
      const { facts, fingerprint } = await own.open(layer, source)
      return { facts: { ...facts, ...claim(source) }, fingerprint }
    },
  }
  const started = await startWith(new HandHost(), scenes, await temporaryFolder())
  const folder = await newProject(started)
  const sceneId = await importScene(started.app, await writeScene(join(started.desktop.root, 'a.tif'), size))
  await expect.poll(() => started.host.jobs.length).toBe(1)
  return { ...started, sceneId, folder, opened }
}

/** One that takes long to read. */
const withSlowScene = (): Promise<Slow> => withScene(() => ({ needsWorkingCopy: true }))

/** A large one. */
const withLargeScene = (): Promise<Slow> => withScene((source) => ({ overviews: source.overviews === undefined ? 'missing' : 'ready' }))

async function scene({ app }: Pick<Slow, 'app'>): Promise<SceneView | undefined> {
  return (await app.handlers['project.current'](null))?.scenes[0]
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Does what the job was to do. */
async function makeCopy(host: HandHost, which = 0): Promise<PrepareSpec> {
  const job = host.jobs.filter(({ kind }) => kind === 'prepare')[which]
  if (job === undefined) throw new Error('no working copy is being made')
  const spec = job.spec as PrepareSpec
  await mkdir(dirname(spec.out), { recursive: true })
  await writeScene(spec.out, size)
  job.finish({ files: [spec.out], sizeBytes: 4800, seconds: 1 })
  return spec
}

describe('working copies of slow scenes', () => {
  it('are made by a job after import, used from then on, and again after reopening', async () => {
    const all = await withSlowScene()
    const { app, host, folder, sceneId, opened, desktop } = all
    expect(await scene(all)).toMatchObject({ state: 'preparing', facts: { rows: 20 } })
    expect(app.runningJobs()).toMatchObject([{ kind: 'prepare', title: 'Preparing jasper', subject: sceneId }])
    // another look while the copy is made does not make a second one
    await app.handlers['scene.repair']({ sceneId, repairs: { nodata: 5 } })
    expect(host.jobs).toHaveLength(1)
    const { out } = await makeCopy(host)
    expect(out).toBe(join(folder, 'cache', sceneId, 'copy.img'))
    await expect.poll(() => scene(all)).toMatchObject({ state: 'ready' })
    expect(opened.at(-1)).toMatchObject({ path: join(desktop.root, 'a.tif'), workingCopy: out })
    expect(await app.handlers['app.describe'](null)).toMatchObject({ cacheFolder: join(folder, 'cache') })

    await app.handlers['project.close'](null)
    await app.openProject(folder)
    await expect.poll(() => scene(all)).toMatchObject({ state: 'ready' })
    expect(opened.at(-1)?.workingCopy).toBe(out)
    expect(host.jobs).toHaveLength(1)

    const { freedBytes } = await app.handlers['settings.clearCache'](null)
    expect(freedBytes).toBeGreaterThan(4800)
    expect(existsSync(out)).toBe(false)
    expect(opened.at(-1)?.workingCopy).toBeNull()
  })

  it('are made anew in the folder that the user chooses', async () => {
    const { app, host, desktop, sceneId } = await withSlowScene()
    const { out } = await makeCopy(host)
    await expect.poll(() => app.runningJobs()).toEqual([])
    const other = join(desktop.root, 'copies')
    await mkdir(other)
    desktop.answers.push(other)
    await expect.poll(async () => (await scene({ app }))?.state).toBe('ready')
    await app.handlers['settings.chooseCacheFolder'](null)
    expect(existsSync(out)).toBe(false)
    await expect.poll(() => host.jobs.length).toBe(2)
    const project = await app.handlers['project.current'](null)
    expect((host.last.spec as PrepareSpec).out).toBe(join(other, project?.id ?? '', sceneId, 'copy.img'))
    // and go from there with their scene
    await makeCopy(host, 1)
    await expect.poll(() => app.runningJobs()).toEqual([])
    await app.handlers['scene.remove']({ sceneId })
    expect(await readdir(join(other, project?.id ?? ''))).toEqual([sceneId])
    await app.handlers['project.close'](null)
    expect(await readdir(join(other, project?.id ?? ''))).toEqual([])
  })

  it('do not wait for a training, and the scene can be used meanwhile', async () => {
    const { app, host, desktop } = await withSlowScene()
    const second = await importScene(app, await writeScene(join(desktop.root, 'b.tif'), { ...size, rows: 24 }), 'second')
    await app.handlers['training.start']({ sceneIds: [second], plan: trainingPlan })
    await turn()
    expect(app.runningJobs().map(({ kind, state }) => [kind, state])).toEqual([['prepare', 'running'], ['prepare', 'queued'], ['train', 'running']])
    await makeCopy(host)
    await expect.poll(() => app.runningJobs().map(({ kind, state }) => [kind, state])).toEqual([['prepare', 'running'], ['train', 'running']])
  })

  it('that can not be made leave the scene usable', async () => {
    const all = await withSlowScene()
    all.host.last.fail(new StudioError('io', 'The disk is full.'))
    await expect.poll(() => scene(all)).toMatchObject({ state: 'ready' })
    expect(all.desktop.logged.join()).toContain('The disk is full.')
    await all.app.handlers['project.close'](null)
  })

  it('are given up with their scene, and do not hold up the closing of the project', async () => {
    const all = await withSlowScene()
    await all.app.handlers['scene.remove']({ sceneId: all.sceneId })
    expect(all.app.runningJobs()).toEqual([])
    const again = await withSlowScene()
    await again.app.handlers['project.close'](null)
    expect(again.app.runningJobs()).toEqual([])
  })
})

/** Ends the newest job as if it had written its file. */
async function finishNewest(host: HandHost): Promise<PrepareSpec> {
  const spec = host.last.spec as PrepareSpec
  await mkdir(dirname(spec.out), { recursive: true })
  await writeScene(spec.out, { ...size, rows: 10, cols: 15 })
  host.last.finish({ files: [spec.out], sizeBytes: 1200, seconds: 1 })
  return spec
}

describe('overviews of large scenes', () => {
  it('are made by a job while the scene is in use, and used from then on, also after reopening', async () => {
    const all = await withLargeScene()
    const { app, host, folder, sceneId, opened, desktop } = all
    expect(await scene(all)).toMatchObject({ state: 'ready', facts: { overviews: 'missing' } })
    expect(app.runningJobs()).toMatchObject([{ kind: 'prepare', title: 'Overviews of jasper', subject: sceneId }])
    const { out, overviews, scene: source } = await finishNewest(host)
    expect([out, source]).toEqual([join(folder, 'cache', sceneId, 'overviews.tif'), join(desktop.root, 'a.tif')])
    expect(overviews?.nodata).toHaveLength(size.bands)
    await expect.poll(() => scene(all)).toMatchObject({ state: 'ready', facts: { overviews: 'ready' } })
    expect(opened.at(-1)?.overviews).toBe(out)

    await app.handlers['project.close'](null)
    await app.openProject(folder)
    await expect.poll(() => scene(all)).toMatchObject({ facts: { overviews: 'ready' } })
    expect(host.jobs).toHaveLength(1)

    const { freedBytes } = await app.handlers['settings.clearCache'](null)
    expect(freedBytes).toBeGreaterThan(1000)
    expect(existsSync(out)).toBe(false)
    expect(await scene(all)).toMatchObject({ state: 'ready', facts: { overviews: 'missing' } })
  })

  it('are made anew when what counts as no data is repaired', async () => {
    const { app, host, sceneId, opened } = await withLargeScene()
    const { out } = await finishNewest(host)
    await expect.poll(() => opened.at(-1)?.overviews).toBe(out)
    await app.handlers['scene.repair']({ sceneId, repairs: { nodata: 5 } })
    await expect.poll(() => host.jobs.length).toBe(2)
    expect(opened.at(-1)?.overviews).toBeUndefined()
    expect((host.last.spec as PrepareSpec).overviews?.nodata).toEqual([5, 5, 5, 5])
  })

  it('that the user cancels are not begun again, and the scene stays as it is', async () => {
    const all = await withLargeScene()
    const [job] = all.app.runningJobs()
    await all.app.handlers['job.cancel']({ jobId: job?.id ?? '' })
    await expect.poll(() => all.app.runningJobs()).toEqual([])
    await all.app.handlers['scene.repair']({ sceneId: all.sceneId, repairs: { badBands: [true, false, false, false] } })
    expect(await scene(all)).toMatchObject({ state: 'ready', facts: { overviews: 'missing' } })
    expect(all.host.jobs).toHaveLength(1)
  })
})
