import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { toJsonText } from '../../src/main/project/json-text'
import { PROJECT_VERSION, type ProjectFile } from '../../src/main/project/project-file'
import { readProject } from '../../src/main/project/read-project-file'
import { temporaryFolder } from '../setup/temporary-folder'
import { modelRecord, resultRecord, runRecord, sceneRecord } from './records'

const whole: ProjectFile = {
  format: 'dacn-project', version: PROJECT_VERSION, id: 'project-1', name: 'P', createdUtc: '2026-11-24T12:00:00.000Z',
  scenes: [sceneRecord()], models: [modelRecord()], runs: [runRecord()], results: [resultRecord()],
}
let folder: string
let path: string

beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder, 'project.json')
})

const keep = (file: object): void => { writeFileSync(path, toJsonText(file, 2)) }

describe('reading a project file', () => {
  it('gives what was written, infinite scores included', async () => {
    const quality = { psnr: Infinity, ssim: 1, samDegrees: NaN, correlation: 1, ergas: 0, rmse: 0 }
    const file = { ...whole, runs: [runRecord({ verdict: { adopted: 'fine-tuned', reason: 'Better.', validPixels: 4, methods: [{ method: 'bicubic', quality }] } })] }
    keep(file)
    expect(await readProject(folder)).toMatchObject({ file, notice: null })
  })

  it.each<[string, object, string]>([
    ['another file', { format: 'other' }, 'not the file of a DACN Studio project'],
    ['a missing list', { ...whole, runs: undefined }, 'runs: '],
    ['an unknown field', { ...whole, more: 1 }, '"more"'],
    ['an id twice', { ...whole, scenes: [sceneRecord(), sceneRecord()] }, 'the id "scene-1" is used twice'],
    ['an id of two kinds', { ...whole, models: [modelRecord({ id: 'scene-1' })] }, 'the id "scene-1" is used twice'],
    ['a model folder above the project', { ...whole, models: [modelRecord({ folder: '..' })] }, 'models.0.folder: '],
    ['a hidden model folder', { ...whole, models: [modelRecord({ folder: '.git' })] }, 'models.0.folder: '],
    ['an id that is a path', { ...whole, runs: [runRecord({ id: '../../x' })] }, 'runs.0.id: '],
    ['a resource outside of the program', { ...whole, scenes: [sceneRecord({ file: 'resource:../../x' })] }, 'scenes.0.file: '],
  ])('refuses %s, naming file and remedy', async (_, file, message) => {
    keep(file)
    await expect(readProject(folder)).rejects.toMatchObject({ tag: 'malformed', file: path, message: expect.stringContaining(message) as string, remedy: expect.stringContaining('backup') as string })
  })

  it('refuses a file of the future and leaves it, whatever else is there', async () => {
    writeFileSync(join(folder, 'project.json.previous'), toJsonText(whole))
    keep({ ...whole, version: PROJECT_VERSION + 1, more: 'things' })
    await expect(readProject(folder)).rejects.toMatchObject({ tag: 'unsupported', file: path, remedy: expect.stringContaining('Update') as string })
    expect(existsSync(path)).toBe(true)
  })

  it('refuses a file that is far too large', async () => {
    writeFileSync(path, '{')
    truncateSync(path, 65e6)
    await expect(readProject(folder)).rejects.toMatchObject({ tag: 'too-large', file: path })
  })

  it('says that there is no project', async () => {
    await expect(readProject(folder)).rejects.toMatchObject({ tag: 'not-found', message: `${folder}: there is no project in this folder.` })
    mkdirSync(path)
    await expect(readProject(folder)).rejects.toMatchObject({ tag: 'io', file: path })
  })

  it('never throws anything but a StudioError, whatever bytes are there', async () => {
    const text = toJsonText(whole, 1)
    await fc.assert(fc.asyncProperty(fc.nat(text.length - 1), fc.string({ maxLength: 6 }), fc.nat(20), async (at, put, cut) => {
      writeFileSync(path, text.slice(0, at) + put + text.slice(at + cut))
      const outcome = await readProject(folder).catch((error: unknown) => error)
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(StudioError)
        expect(outcome.message).toContain(path)
        expect((outcome as StudioError).remedy).toBeTruthy()
      }
    }), { numRuns: 200 })
  })
})

describe('a damaged project file', () => {
  const earlier = { ...whole, name: 'Earlier' }

  beforeEach(() => {
    keep(whole)
    writeFileSync(join(folder, 'project.json.previous'), toJsonText(earlier, 2))
  })

  it('is replaced by the state before the last save, wherever it is cut off', async () => {
    const text = readFileSync(path, 'utf8').trimEnd()
    await fc.assert(fc.asyncProperty(fc.nat(text.length - 1), async (length) => {
      writeFileSync(path, text.slice(0, length))
      const { file, notice } = await readProject(folder)
      expect(file).toEqual(earlier)
      expect(notice).toContain(`kept as ${path}.broken`)
      expect(readFileSync(`${path}.broken`, 'utf8')).toBe(text.slice(0, length))
    }), { numRuns: 60 })
  })

  it('is told of when it is missing', async () => {
    rmSync(path)
    const { file, notice } = await readProject(folder)
    expect(file).toEqual(earlier)
    expect(notice).toContain('was missing')
  })

  it('is not put aside when the earlier state is damaged too', async () => {
    writeFileSync(path, '{"a"')
    writeFileSync(join(folder, 'project.json.previous'), '')
    await expect(readProject(folder)).rejects.toMatchObject({ tag: 'truncated', file: path, remedy: expect.stringContaining('project.json.previous') as string })
    expect(readFileSync(path, 'utf8')).toBe('{"a"')
  })
})
