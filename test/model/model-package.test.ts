import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync, zipSync, type Zippable } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import { loadCheckpoint, saveCheckpoint } from '../../src/main/model/checkpoint'
import { packModel, unpackModel } from '../../src/main/model/model-package'

let folder = ''
let model = ''
let packed = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dacn-package-'))
  const { manifest, vectors } = await loadCheckpoint(resourcePath('models', 'studio-2x'))
  model = join(folder, 'model')
  await saveCheckpoint(model, {
    ...manifest,
    sources: [{ file: '/home/somebody/secret-place/scene.img', fingerprint: 'ab', rows: 10, cols: 12, bands: 3, validation: null, guard: 2, bandShift: null, symmetries: [0] }],
  }, { ...vectors, momentum: Float32Array.of(1, 2) })
  packed = join(folder, 'model.dacnmodel')
  await packModel(model, packed)
})
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

describe('a packed model', () => {
  it('comes back with the same weights and its card, without the optimizer and the places on the disk', async () => {
    const target = join(folder, 'unpacked', 'again')
    const manifest = await unpackModel(packed, target)
    const [before, after] = [await loadCheckpoint(model), await loadCheckpoint(target)]
    expect(after.vectors).toEqual({ weights: before.vectors.weights })
    expect(after.manifest).toEqual(manifest)
    expect(manifest.sources.map(({ file }) => file)).toEqual(['scene.img'])
    expect({ ...manifest, sources: [], vectors: {} }).toEqual({ ...before.manifest, sources: [], vectors: {} })
    expect((await readFile(packed)).includes('secret-place')).toBe(false)
    expect((await readdir(join(folder, 'unpacked')))).toEqual(['again'])
  })

  it('is the same file for the same model', async () => {
    const second = join(folder, 'second.dacnmodel')
    await packModel(model, second)
    expect((await readFile(second)).equals(await readFile(packed))).toBe(true)
  })

  it('is not made of a damaged or unfinished model', async () => {
    const running = join(folder, 'running')
    const { manifest, vectors } = await loadCheckpoint(model)
    await saveCheckpoint(running, { ...manifest, state: 'running' }, vectors)
    await expect(packModel(running, join(folder, 'running.dacnmodel'))).rejects.toMatchObject({ tag: 'mismatch' })
    await writeFile(join(running, 'weights.f32'), new Uint8Array(8))
    await expect(packModel(running, join(folder, 'running.dacnmodel'))).rejects.toMatchObject({ tag: 'malformed' })
    expect(await readdir(folder)).not.toContain('running.dacnmodel')
  })

  it('does not replace a folder that is there', async () => {
    const taken = join(folder, 'taken')
    await mkdir(taken)
    await expect(unpackModel(packed, taken)).rejects.toMatchObject({ tag: 'invalid-argument' })
  })
})

/** The entries of the packed model, changed. */
async function changed(change: (files: Zippable) => void): Promise<Uint8Array> {
  const files: Zippable = unzipSync(await readFile(packed))
  change(files)
  return zipSync(files, { level: 0 })
}

const json = async (edit: (value: Record<string, unknown>) => void): Promise<Uint8Array> => {
  const files = unzipSync(await readFile(packed))
  const value = JSON.parse(new TextDecoder().decode(files['checkpoint.json'])) as Record<string, unknown>
  edit(value)
  return zipSync({ ...files, 'checkpoint.json': new TextEncoder().encode(JSON.stringify(value)) })
}

const hostile: [string, () => Promise<Uint8Array>, string, RegExp][] = [
  ['a text file', () => Promise.resolve(new TextEncoder().encode('hello'.repeat(100))), 'unsupported', /no packed model/],
  ['an empty file', () => Promise.resolve(new Uint8Array()), 'unsupported', /no packed model/],
  ['an empty archive', () => Promise.resolve(zipSync({})), 'unsupported', /no packed model/],
  ['another archive', () => Promise.resolve(zipSync({ '[Content_Types].xml': new Uint8Array(9) })), 'malformed', /Content_Types.*no part of a model/],
  ['half of it', async () => (await readFile(packed)).subarray(0, 50_000), 'malformed', /damaged or was not copied completely/],
  ['a path that leaves the folder', () => changed((files) => { files['../weights.f32'] = new Uint8Array(4) }), 'malformed', /'\.\.\/weights\.f32', which is no part/],
  ['an absolute path', () => changed((files) => { files['/tmp/weights.f32'] = new Uint8Array(4) }), 'malformed', /no part of a model/],
  ['a program inside', () => changed((files) => { files['run.sh'] = new Uint8Array(4) }), 'malformed', /'run\.sh'/],
  ['a file that the description does not name', () => changed((files) => { files['buffers.f32'] = new Uint8Array(4) }), 'malformed', /'buffers\.f32', which the model's description does not name/],
  ['changed weights', () => changed((files) => { (files['weights.f32'] as Uint8Array)[7] = 1 + ((files['weights.f32'] as Uint8Array)[7] as number) }), 'malformed', /weights\.f32: damaged/],
  ['no weights', () => changed((files) => { delete files['weights.f32'] }), 'malformed', /weights\.f32/],
  ['a bomb', () => Promise.resolve(zipSync({ 'weights.f32': new Uint8Array(50e6) }, { level: 9 })), 'malformed', /no weights shrink like that/],
  ['a huge description', () => Promise.resolve(zipSync({ 'checkpoint.json': new Uint8Array(17e6) }, { level: 1 })), 'too-large', /17000000 bytes/],
  ['an unknown field', () => json((value) => { value.extra = 1 }), 'malformed', /extra/],
  ['a newer format', () => json((value) => { value.version = 99 }), 'unsupported', /newer version/],
  ['an unfinished training', () => json((value) => { value.state = 'running' }), 'mismatch', /not finished/],
]

describe('a file that is unpacked', () => {
  it.each(hostile)('is refused when it is %s, and leaves nothing behind', async (name, make, tag, message) => {
    const file = join(folder, 'hostile.dacnmodel')
    await writeFile(file, await make())
    const target = join(folder, 'targets', name.replaceAll(' ', '-'))
    const error: unknown = await unpackModel(file, target).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ tag })
    const { message: text, remedy } = error as { message: string; remedy?: string }
    expect(text).toMatch(message)
    expect(text).toContain(file)
    expect(text).not.toContain('.tmp')
    expect(remedy).toBeTruthy()
    expect(await readdir(join(folder, 'targets')).catch(() => [])).toEqual([])
  })

  it('is refused when it does not exist', async () => {
    await expect(unpackModel(join(folder, 'nowhere.dacnmodel'), join(folder, 'x'))).rejects.toMatchObject({ tag: 'not-found' })
  })
})
