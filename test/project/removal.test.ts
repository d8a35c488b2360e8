import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Project } from '../../src/main/project/project'
import { temporaryFolder } from '../setup/temporary-folder'
import { fakeTrash, modelRecord, resultRecord, runRecord, sceneRecord } from './records'

type FakeTrash = ReturnType<typeof fakeTrash>

function put(path: string, text = path): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A project with one of each, and their files. */
async function fullProject(): Promise<{ project: Project; trash: FakeTrash; files: Record<'model' | 'curves' | 'patches' | 'result' | 'side', string> }> {
  const trash = fakeTrash()
  const project = await Project.create(join(temporaryFolder(), 'p'), 'P', trash)
  project.content.scenes.add(sceneRecord())
  project.content.models.add(modelRecord())
  project.content.runs.add(runRecord())
  project.content.results.add(resultRecord({ files: ['results/jasper-2x.img', 'results/jasper-2x.hdr'] }))
  const files = {
    model: join(project.paths.modelFolder('model-1'), 'checkpoint.json'),
    curves: project.paths.curvesFile('run-1'),
    patches: project.paths.patchesFile('run-1'),
    result: join(project.paths.layout.results, 'jasper-2x.img'),
    side: join(project.paths.layout.results, 'jasper-2x.hdr'),
  }
  for (const file of Object.values(files)) put(file)
  await project.flush()
  return { project, trash, files }
}

const present = (files: object): string[] => Object.entries(files).filter(([, file]) => existsSync(file as string)).map(([name]) => name)

describe('removing from a project', () => {
  it('takes records and files out, and brings them back in reverse order', async () => {
    const { project, trash, files } = await fullProject()
    const before = project.content.toFile()
    const { removed, content } = project
    expect(removed.undoLabel).toBeNull()
    await removed.removeScene('scene-1')
    expect(removed.undoLabel).toBe('Remove jasper-ridge')
    await removed.removeModel('model-1')
    expect(present(files)).toEqual(['curves', 'patches', 'result', 'side'])
    await removed.removeRun('run-1')
    expect(present(files)).toEqual(['result', 'side'])
    await removed.removeResult('result-1', true)
    expect(removed.undoLabel).toBe('Remove jasper-ridge-2x')
    expect(present(files)).toEqual([])
    expect([content.scenes, content.models, content.runs, content.results].map(({ all }) => all.length)).toEqual([0, 0, 0, 0])
    for (let i = 0; i < 4; i++) await removed.undo()
    expect(removed.undoLabel).toBeNull()
    await removed.undo()
    expect(content.toFile()).toEqual(before)
    expect(present(files)).toEqual(Object.keys(files))
    expect(readFileSync(files.model, 'utf8')).toBe(files.model)
    await project.close()
    expect(trash.trashed).toEqual([])
  })

  it('puts a record back where it was in the list', async () => {
    const { project } = await fullProject()
    for (const number of [2, 3]) project.content.scenes.add(sceneRecord({ id: `scene-${number}` }))
    await project.removed.removeScene('scene-2')
    await project.removed.removeScene('scene-1')
    await project.removed.undo()
    await project.removed.undo()
    expect(project.content.scenes.all.map(({ id }) => id)).toEqual(['scene-1', 'scene-2', 'scene-3'])
    await project.close()
  })

  it('hands what was removed to the trash on closing', async () => {
    const { project, trash } = await fullProject()
    await project.removed.removeRun('run-1')
    await project.removed.removeModel('model-1')
    expect(trash.trashed).toEqual([])
    await project.close()
    expect(trash.trashed.sort()).toEqual([join(project.folder, 'removed', 'model-1'), join(project.folder, 'removed', 'run-1')])
    expect(readdirSync(join(project.folder, 'removed'))).toEqual([])
  })

  it('hands it over at the next opening after a crash', async () => {
    const { project, trash } = await fullProject()
    await project.removed.removeModel('model-1')
    await project.abandon()
    const again = await Project.open(project.folder, trash)
    expect(trash.trashed).toEqual([join(project.folder, 'removed', 'model-1')])
    expect(again.content.models.all).toEqual([])
    expect(again.removed.undoLabel).toBeNull()
    await again.close()
  })

  it('keeps what the trash does not take, and says so', async () => {
    const { project } = await fullProject()
    await project.removed.removeModel('model-1')
    await project.abandon()
    const again = await Project.open(project.folder, { trash: () => Promise.reject(new Error('no trash here')) })
    expect(again.notices).toEqual([expect.stringContaining('no trash here')])
    expect(existsSync(join(project.folder, 'removed', 'model-1', 'models', 'run-1', 'checkpoint.json'))).toBe(true)
    await again.close()
  })

  it('restores files whose record is there again, because an earlier state was taken', async () => {
    const { project, trash, files } = await fullProject()
    await project.removed.removeModel('model-1')
    await project.close().catch(() => undefined)
    // as after a crash between the two: the file system has the files in removed/, the earlier state has the record
    put(join(project.folder, 'removed', 'model-1', 'models', 'run-1', 'checkpoint.json'), 'weights')
    writeFileSync(join(project.folder, 'project.json'), '{')
    trash.trashed.length = 0
    const again = await Project.open(project.folder, trash)
    expect(again.content.models.all).toHaveLength(1)
    expect(readFileSync(files.model, 'utf8')).toBe('weights')
    expect(trash.trashed).toEqual([])
    await again.close()
  })

  it('takes an unfinished checkpoint with its run', async () => {
    const { project } = await fullProject()
    project.content.runs.add(runRecord({ id: 'run-2', state: 'interrupted', modelId: null }))
    const checkpoint = join(project.paths.runModelFolder('run-2'), 'checkpoint.json')
    put(checkpoint)
    await project.removed.removeRun('run-2')
    expect(existsSync(checkpoint)).toBe(false)
    await project.removed.undo()
    expect(existsSync(checkpoint)).toBe(true)
    await project.close()
  })

  it('refuses what is under way, what ships, and what is not there', async () => {
    const { project } = await fullProject()
    project.content.runs.update('run-1', { state: 'running' })
    project.content.results.update('result-1', { state: 'queued' })
    await expect(project.removed.removeRun('run-1')).rejects.toMatchObject({ tag: 'invalid-argument', remedy: 'Cancel it first.' })
    await expect(project.removed.removeResult('result-1', false)).rejects.toMatchObject({ tag: 'invalid-argument' })
    await expect(project.removed.removeModel('studio-2x')).rejects.toThrow('comes with the program')
    await expect(project.removed.removeScene('scene-9')).rejects.toMatchObject({ tag: 'not-found' })
    expect(project.removed.undoLabel).toBeNull()
    await project.close()
  })

  it('leaves everything as it was when the files can not be moved', async () => {
    const { project, files } = await fullProject()
    const before = project.content.toFile()
    // a file where the folder should be
    writeFileSync(join(project.folder, 'removed'), '')
    await expect(project.removed.removeRun('run-1')).rejects.toMatchObject({ tag: 'io' })
    expect(project.content.toFile()).toEqual(before)
    expect(present(files)).toEqual(Object.keys(files))
    expect(project.removed.undoLabel).toBeNull()
    await project.abandon()
  })

  it('does not put back over something else, and can be tried again', async () => {
    const { project, files } = await fullProject()
    await project.removed.removeResult('result-1', true)
    put(files.side, 'written meanwhile')
    await expect(project.removed.undo()).rejects.toMatchObject({ tag: 'io', file: files.side })
    expect(readFileSync(files.side, 'utf8')).toBe('written meanwhile')
    expect(project.removed.undoLabel).toBe('Remove jasper-ridge-2x')
    await project.close()
  })
})

describe('removing a result', () => {
  it('leaves its files unless asked', async () => {
    const { project, files } = await fullProject()
    await project.removed.removeResult('result-1', false)
    expect(present(files)).toEqual(Object.keys(files))
    await project.close()
  })

  it('hands files outside of the project to the trash at once', async () => {
    const { project, trash } = await fullProject()
    const outside = join(dirname(project.folder), 'export.tif')
    put(outside)
    const { file } = project.paths.store(outside)
    project.content.results.add({ ...resultRecord({ id: 'result-2' }), ...project.paths.store(outside), files: [file] })
    await project.removed.removeResult('result-2', true)
    expect(trash.trashed).toEqual([outside])
    await project.removed.undo()
    expect(await project.paths.locateResult('result-2')).toEqual({ paths: [outside], found: false })
    await project.close()
  })

  it('never deletes a file that is a scene of the project', async () => {
    const { project, files } = await fullProject()
    project.content.scenes.add({ ...sceneRecord({ id: 'scene-2', name: 'sharpened' }), ...project.paths.store(files.side) })
    await expect(project.removed.removeResult('result-1', true)).rejects.toMatchObject({ tag: 'invalid-argument', file: files.side })
    expect(project.content.results.all).toHaveLength(1)
    expect(present(files)).toEqual(Object.keys(files))
    await project.close()
  })
})
