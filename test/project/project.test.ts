import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import { Project } from '../../src/main/project/project'
import { newId } from '../../src/main/project/project-layout'
import { openSampleProject } from '../../src/main/project/sample-project'
import { temporaryFolder } from '../setup/temporary-folder'
import { fakeTrash, modelRecord, resultRecord, runRecord, sceneRecord } from './records'

const surroundings = fakeTrash()

async function freshProject(): Promise<Project> {
  return Project.create(join(temporaryFolder(), 'p'), 'P', surroundings)
}

/** What is on disk. */
function stored(project: Project): { name: string; scenes: { file: string; lastPath?: string; fingerprint: string }[]; runs: { state: string }[] } {
  return JSON.parse(readFileSync(join(project.folder, 'project.json'), 'utf8')) as ReturnType<typeof stored>
}

async function reopened(project: Project): Promise<Project> {
  await project.close()
  return Project.open(project.folder, surroundings)
}

describe('a project', () => {
  it('is a folder with a readable file, made on creation', async () => {
    const project = await freshProject()
    expect(readdirSync(project.folder).sort()).toEqual(['cache', 'models', 'project.json', 'project.lock', 'results', 'runs'])
    expect(readFileSync(join(project.folder, 'project.json'), 'utf8')).toMatch(/^{\n {2}"format": "dacn-project",\n {2}"version": 1,\n[^]*}\n$/)
    await project.close()
    expect(existsSync(project.paths.layout.lock)).toBe(false)
    expect(readdirSync(project.folder)).not.toContain('project.json.previous')
  })

  it('is not made where one is, nor with an empty name', async () => {
    const project = await freshProject()
    await project.close()
    await expect(Project.create(project.folder, 'Again', surroundings)).rejects.toMatchObject({ tag: 'invalid-argument', file: project.folder })
    await (await Project.open(project.folder, surroundings)).close()
    const other = join(temporaryFolder(), 'q')
    await expect(Project.create(other, '', surroundings)).rejects.toMatchObject({ tag: 'invalid-argument' })
    expect(existsSync(join(other, 'project.lock'))).toBe(false)
    await (await Project.create(other, 'Q', surroundings)).close()
  })

  it('keeps scenes, models, runs and results', async () => {
    let project = await freshProject()
    const { content } = project
    content.scenes.add(sceneRecord())
    content.models.add(modelRecord())
    content.runs.add(runRecord())
    content.results.add(resultRecord())
    content.scenes.update('scene-1', { name: 'renamed', repairs: { nodata: -9999, wavelengthNm: [450, 550] } })
    content.rename('Renamed')
    const before = content.toFile()
    project = await reopened(project)
    expect(project.content.toFile()).toEqual(before)
    expect(project.content.scenes.get('scene-1').repairs).toEqual({ nodata: -9999, wavelengthNm: [450, 550] })
    expect(project.content.name).toBe('Renamed')
    await project.close()
  })

  it('saves by itself soon after a change, and keeps the state before', async () => {
    const project = await freshProject()
    const changed = vi.fn()
    const stop = project.subscribe({ changed })
    project.content.rename('Second')
    project.content.rename('Third')
    expect(changed).toHaveBeenCalledTimes(2)
    expect(stored(project).name).toBe('P')
    await vi.waitFor(() => { expect(stored(project).name).toBe('Third') }, 3000)
    expect(readFileSync(join(project.folder, 'project.json.previous'), 'utf8')).toContain('"name": "P"')
    stop()
    project.content.rename('Fourth')
    expect(changed).toHaveBeenCalledTimes(2)
    await project.close()
    expect(stored(project).name).toBe('Fourth')
  })

  it('refuses records that break the rules, and leaves its lists alone', async () => {
    const project = await freshProject()
    const { scenes } = project.content
    scenes.add(sceneRecord())
    expect(() => scenes.add(sceneRecord())).toThrow('already has a scene "scene-1"')
    expect(() => scenes.add(sceneRecord({ id: 'Not An Id' }))).toThrow("The scene can't be kept: id")
    expect(() => scenes.update('scene-1', { name: '' })).toThrow("can't be kept: name")
    expect(() => scenes.update('scene-2', { name: 'x' })).toThrow('no scene "scene-2"')
    expect(() => { project.content.rename('') }).toThrow('1 to 300 characters')
    expect(scenes.all).toEqual([sceneRecord()])
    await project.close()
  })

  it('does not hand out what later changes would alter, nor keep what the caller alters', async () => {
    const project = await freshProject()
    const given = sceneRecord({ repairs: { wavelengthNm: [1, 2] } })
    const first = project.content.scenes.add(given)
    given.repairs.wavelengthNm?.push(3)
    project.content.scenes.update('scene-1', { name: 'later' })
    expect(first).toEqual(sceneRecord({ repairs: { wavelengthNm: [1, 2] } }))
    expect(project.content.scenes.get('scene-1').repairs).toEqual({ wavelengthNm: [1, 2] })
    await project.close()
  })

  it('marks what was under way when the program ended', async () => {
    let project = await freshProject()
    for (const state of ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const) {
      project.content.runs.add(runRecord({ id: `run-${state}`, state }))
      project.content.results.add(resultRecord({ id: `result-${state}`, state }))
    }
    await project.flush()
    await project.abandon()
    project = await Project.open(project.folder, surroundings)
    const expected = ['interrupted', 'interrupted', 'interrupted', 'done', 'failed', 'cancelled']
    expect(project.content.runs.all.map(({ state }) => state)).toEqual(expected)
    expect(project.content.results.all.map(({ state }) => state)).toEqual(expected)
    expect(project.content.runs.all.every(({ error }) => error === null)).toBe(true)
    await project.close()
    expect(stored(project).runs.map(({ state }) => state)).toEqual(expected)
  })

  it('keeps everything in memory while the disk refuses, and saves when it can again', async () => {
    const project = await freshProject()
    const told: string[] = []
    project.subscribe({ saveFailed: ({ file }) => told.push(file ?? ''), saveRecovered: () => told.push('recovered') })
    const away = `${project.folder}-away`
    renameSync(project.folder, away)
    project.content.rename('While away')
    await expect(project.close()).rejects.toMatchObject({ file: expect.stringContaining(project.folder) as string })
    expect(told).toHaveLength(1)
    expect(project.content.name).toBe('While away')
    renameSync(away, project.folder)
    await vi.waitFor(() => { expect(told[1]).toBe('recovered') }, 5000)
    expect(stored(project).name).toBe('While away')
    await project.close()
  })

  it('never writes once another program took it over', async () => {
    const project = await freshProject()
    writeFileSync(project.paths.layout.lock, JSON.stringify({ token: 'x', pid: 1, host: 'elsewhere', processSpace: '', user: 'mara', startedUtc: '', lockedUtc: 'noon' }))
    project.content.rename('Mine')
    await expect(project.flush()).rejects.toThrow('mara on elsewhere since noon')
    await project.abandon()
    expect(stored(project).name).toBe('P')
    expect(existsSync(project.paths.layout.lock)).toBe(true)
  })

  it('is closed for good', async () => {
    const project = await freshProject()
    await project.close()
    await project.close()
    expect(() => { project.content.rename('Late') }).toThrow('the project is closed')
    await sleep(300)
    expect(stored(project).name).toBe('P')
    expect(existsSync(project.paths.layout.lock)).toBe(false)
  })

  it('takes the state before the last save when its file is damaged, says so, and is whole again', async () => {
    let project = await freshProject()
    project.content.scenes.add(sceneRecord())
    await project.flush()
    project.content.rename('Lost')
    await project.close()
    writeFileSync(join(project.folder, 'project.json'), '{"format": "dacn-pro')
    writeFileSync(join(project.folder, '.project.json.12345678.tmp'), 'half')
    project = await Project.open(project.folder, surroundings)
    expect(project.notices).toEqual([expect.stringContaining('as it was before its last save')])
    expect(project.content.name).toBe('P')
    expect(project.content.scenes.all).toHaveLength(1)
    await project.close()
    expect(stored(project).name).toBe('P')
    expect(readdirSync(project.folder)).not.toContain('.project.json.12345678.tmp')
  })

  it('leaves no lock where there is no project, or one that can not be read', async () => {
    const folder = temporaryFolder()
    await expect(Project.open(folder, surroundings)).rejects.toMatchObject({ tag: 'not-found' })
    writeFileSync(join(folder, 'project.json'), '{')
    await expect(Project.open(folder, surroundings)).rejects.toMatchObject({ tag: 'truncated' })
    expect(readdirSync(folder)).toEqual(['project.json'])
  })

  it.skipIf(process.getuid?.() === 0)('says when its folder is read-only', async () => {
    const project = await freshProject()
    await project.close()
    chmodSync(project.folder, 0o500)
    await expect(Project.open(project.folder, surroundings)).rejects.toMatchObject({ tag: 'io' })
    chmodSync(project.folder, 0o700)
  })

  it('keeps working copies by project and scene, in it or in the folder of the settings', async () => {
    const project = await freshProject()
    project.content.scenes.add(sceneRecord())
    expect(project.paths.workingCopyFolder('scene-1', '/cache')).toBe(join('/cache', project.content.id, 'scene-1'))
    expect(project.paths.workingCopyFolder('scene-1', null)).toBe(join(project.paths.layout.cache, 'scene-1'))
    await project.close()
  })
})

describe('scenes and results outside of the project', () => {
  async function withScene(): Promise<{ project: Project; root: string }> {
    const root = join(temporaryFolder(), 'root')
    mkdirSync(join(root, 'scenes'), { recursive: true })
    mkdirSync(join(root, 'out'))
    for (const file of ['scenes/a.hdr', 'scenes/b.hdr', 'out/a-2x.hdr', 'out/a-2x.img']) writeFileSync(join(root, file), file)
    const project = await Project.create(join(root, 'p'), 'P', surroundings)
    project.content.scenes.add({ ...sceneRecord(), ...project.paths.store(join(root, 'scenes', 'a.hdr')) })
    const files = ['a-2x.img', 'a-2x.hdr'].map((name) => project.paths.store(join(root, 'out', name)).file)
    project.content.results.add({ ...resultRecord(), ...project.paths.store(join(root, 'out', 'a-2x.hdr')), files })
    return { project, root }
  }

  it('are found after all was moved together', async () => {
    const { project, root } = await withScene()
    await project.close()
    const moved = join(dirname(root), 'moved')
    renameSync(root, moved)
    const again = await Project.open(join(moved, 'p'), surroundings)
    expect(await again.paths.locateScene('scene-1')).toEqual({ path: join(moved, 'scenes', 'a.hdr'), found: true })
    expect(await again.paths.locateResult('result-1')).toEqual({ paths: [join(moved, 'out', 'a-2x.img'), join(moved, 'out', 'a-2x.hdr')], found: true })
    // where it was last seen is brought up to date, for the next move
    expect(again.content.scenes.get('scene-1')).toMatchObject({ file: '../scenes/a.hdr', lastPath: join(moved, 'scenes', 'a.hdr') })
    await again.close()
  })

  it('are found after the project was moved alone', async () => {
    const { project, root } = await withScene()
    await project.close()
    const moved = join(dirname(root), 'deep', 'er', 'p')
    mkdirSync(dirname(moved), { recursive: true })
    renameSync(project.folder, moved)
    const again = await Project.open(moved, surroundings)
    expect(await again.paths.locateScene('scene-1')).toEqual({ path: join(root, 'scenes', 'a.hdr'), found: true })
    expect(await again.paths.locateResult('result-1')).toEqual({ paths: [join(root, 'out', 'a-2x.img'), join(root, 'out', 'a-2x.hdr')], found: true })
    expect(again.content.scenes.get('scene-1').file).toBe('../../../root/scenes/a.hdr')
    await again.close()
  })

  it('are told missing, and linked anew', async () => {
    const { project, root } = await withScene()
    rmSync(join(root, 'scenes', 'a.hdr'))
    expect(await project.paths.locateScene('scene-1')).toEqual({ path: join(root, 'scenes', 'a.hdr'), found: false })
    rmSync(join(root, 'out', 'a-2x.img'))
    expect((await project.paths.locateResult('result-1')).found).toBe(false)
    project.paths.relinkScene('scene-1', join(root, 'scenes', 'b.hdr'), 'f2')
    expect(await project.paths.locateScene('scene-1')).toEqual({ path: join(root, 'scenes', 'b.hdr'), found: true })
    await project.close()
    expect(stored(project).scenes).toMatchObject([{ file: '../scenes/b.hdr', lastPath: join(root, 'scenes', 'b.hdr'), fingerprint: 'f2' }])
    await expect(project.paths.locateScene('scene-2')).rejects.toMatchObject({ tag: 'not-found' })
  })
})

describe('models', () => {
  it('that come with the program are in every project without being stored', async () => {
    const project = await freshProject()
    expect(project.content.allModels.map(({ id, name, origin }) => [id, name, origin])).toEqual(
      ['2x', '2x-psf', '3x', '3x-psf', '4x', '4x-psf'].map((name) => [`studio-${name}`, `Base weights ${name.replace('-psf', ', blur')}`, 'shipped']))
    expect(existsSync(join(project.paths.modelFolder('studio-2x'), 'checkpoint.json'))).toBe(true)
    expect(project.content.toFile().models).toEqual([])
    expect(() => project.content.model('studio-9x')).toThrow('no model "studio-9x"')
    await project.close()
  })

  it('whose folder is gone are marked, not dropped', async () => {
    const project = await freshProject()
    project.content.models.add(modelRecord())
    project.content.models.add(modelRecord({ id: 'model-2', folder: 'run-2' }))
    mkdirSync(project.paths.modelFolder('model-2'))
    expect(await project.paths.missingModels()).toEqual(new Set(['model-1']))
    expect(project.content.models.all).toHaveLength(2)
    await project.close()
  })
})

describe('the sample project', () => {
  it('is made once, and finds its scene in the program', async () => {
    const folder = join(temporaryFolder(), 'documents', 'Sample')
    const fingerprint = vi.fn((path: string) => Promise.resolve(`of ${path}`))
    let project = await openSampleProject(folder, surroundings, fingerprint)
    const [scene] = project.content.scenes.all
    expect(scene).toMatchObject({ name: 'dlr-hysu', file: 'resource:sample-scene/dlr-hysu.tif', fingerprint: `of ${resourcePath('sample-scene', 'dlr-hysu.tif')}` })
    await project.close()
    expect(readFileSync(join(folder, 'project.json'), 'utf8')).not.toContain(`"lastPath"`)
    project = await openSampleProject(folder, surroundings, fingerprint)
    expect(fingerprint).toHaveBeenCalledOnce()
    expect(await project.paths.locateScene(scene?.id ?? '')).toEqual({ path: resourcePath('sample-scene', 'dlr-hysu.tif'), found: true })
    expect(project.content.scenes.get(scene?.id ?? '')).toEqual(scene)
    await project.close()
    const copy = join(temporaryFolder(), 'elsewhere')
    cpSync(folder, copy, { recursive: true })
    const copied = await Project.open(copy, surroundings)
    expect((await copied.paths.locateScene(scene?.id ?? '')).found).toBe(true)
    await copied.close()
  })
})

it('makes ids that the project file takes', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newId('scene'))).size).toBe(1000)
  expect(newId('run')).toMatch(/^run-[a-z0-9]{10}$/)
})
