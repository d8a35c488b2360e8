import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertLayout, loadCheckpoint, saveCheckpoint } from '../../src/main/model/checkpoint'
import type { CheckpointManifest } from '../../src/main/model/checkpoint-manifest'

let folder = ''
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'dacn-checkpoint-')) })
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

const manifest: Omit<CheckpointManifest, 'vectors'> = {
  format: 'dacn-model', version: 1, state: 'finished',
  network: { preset: 'studio', scale: 2, channels: 8, blocks: 1, dualEvery: 1, multiHead: true, channelGate: true, heads: 2, window: 6 },
  passes: 1,
  parameters: [{ name: 'a', shape: [2, 2] }, { name: 'b', shape: [1] }],
  buffers: [], kernel: { kind: 'gaussian', sigma: 0.7 }, components: 12, wavelengthNm: null, valueScale: 1,
  sources: [{
    file: '/data/scene.img', fingerprint: 'ab', rows: 10, cols: 12, bands: 3, validation: { row: 0, col: 0, rows: 4, cols: 4 }, guard: 2,
    bandShift: { rows: 0.5, cols: -0.1, confidence: 0.9 }, symmetries: [0, 1],
  }],
  training: {
    seed: 1, step: 10, steps: 20, batch: 8, crop: 12, peakLearningRate: 1e-3, warmUpSteps: 5, random: [1, -2, 3, 4], bestStep: 8, bestScore: 30.5,
    history: [{ step: 5, loss: 0.1, psnr: 30 }], lossSum: 0.3, lossCount: 2, seconds: 12.5,
  },
  verdict: {
    adopted: 'base', reason: 'No gain.', validPixels: 16,
    methods: [{ method: 'base', quality: { psnr: 30, ssim: 0.9, samDegrees: 2, correlation: 0.9, ergas: 4, rmse: 0.1 } }],
  },
  provenance: { application: 'DACN Studio 0', tensorflow: '4', device: 'CPU', precision: 'float32', createdUtc: '2026-01-01T00:00:00.000Z' },
}
const vectors = { weights: Float32Array.from([1, -2.5, 3e-20, 4, 5]), momentum: Float32Array.from([0.1]) }

describe('model folders', () => {
  it('come back field by field and bit by bit', async () => {
    const path = join(folder, 'round-trip')
    await saveCheckpoint(path, manifest, vectors)
    const loaded = await loadCheckpoint(path)
    const { vectors: entries, ...rest } = loaded.manifest
    expect(rest).toEqual(manifest)
    expect(loaded.vectors).toEqual(vectors)
    expect(entries.weights?.length).toBe(5)
    await saveCheckpoint(path, { ...manifest, state: 'running' }, { weights: vectors.weights })
    expect((await loadCheckpoint(path)).manifest.state).toBe('running')
    expect((await readdir(folder)).filter((name) => name !== 'round-trip')).toEqual([])
  })

  it('keep the earlier version when the new one has NaN', async () => {
    const path = join(folder, 'nan')
    await saveCheckpoint(path, manifest, vectors)
    await expect(saveCheckpoint(path, manifest, { weights: Float32Array.from([NaN, 0, 0, 0, 0]) })).rejects.toMatchObject({ tag: 'diverged' })
    expect((await loadCheckpoint(path)).vectors).toEqual(vectors)
  })

  it('are found again when a crash fell between the two renames', async () => {
    const path = join(folder, 'crash')
    await saveCheckpoint(path, manifest, vectors)
    await rename(path, `${path}.previous`)
    expect((await loadCheckpoint(path)).vectors).toEqual(vectors)
  })

  const damaged: [string, (path: string) => Promise<void>, string, RegExp][] = [
    ['no folder', async (path) => { await rm(path, { recursive: true }) }, 'not-found', /there is no model/],
    ['damaged weights', async (path) => {
      const file = join(path, 'weights.f32')
      const bytes = await readFile(file)
      bytes[0] = (bytes[0] as number) ^ 1
      await writeFile(file, bytes)
    }, 'malformed', /weights\.f32: damaged/],
    ['cut weights', async (path) => { await writeFile(join(path, 'weights.f32'), new Uint8Array(8)) }, 'malformed', /damaged/],
    ['missing weights', async (path) => { await rm(join(path, 'weights.f32')) }, 'not-found', /weights\.f32/],
    ['half a manifest', async (path) => { await writeFile(join(path, 'checkpoint.json'), '{"format": "dacn-mo') }, 'malformed', /not valid JSON/],
    ['a huge manifest', async (path) => { await writeFile(join(path, 'checkpoint.json'), ' '.repeat(17e6)) }, 'malformed', /too many/],
    ['a future version', async (path) => { await edit(path, (json) => ({ ...json, version: 2 })) }, 'unsupported', /newer version/],
    ['an extra key', async (path) => { await edit(path, (json) => ({ ...json, extra: 1 })) }, 'malformed', /extra/],
    ['a prototype-polluting key', async (path) => {
      const text = await readFile(join(path, 'checkpoint.json'), 'utf8')
      await writeFile(join(path, 'checkpoint.json'), text.replace('{', '{"__proto__": {"polluted": true},'))
    }, 'malformed', /__proto__/],
    ['a path that leaves the folder', async (path) => {
      await edit(path, (json) => ({ ...json, vectors: { weights: { file: '../../etc/passwd', length: 5, sha256: '0'.repeat(64) } } }))
    }, 'malformed', /vectors\.weights\.file/],
    ['too few weights', async (path) => { await edit(path, (json) => ({ ...json, parameters: [{ name: 'a', shape: [99] }] })) }, 'malformed', /99 weights are described but 5/],
  ]
  it.each(damaged)('are refused with %s', async (name, damage, tag, message) => {
    const path = join(folder, name.replaceAll(' ', '-'))
    await saveCheckpoint(path, manifest, vectors)
    await damage(path)
    const error: unknown = await loadCheckpoint(path).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ tag })
    expect((error as Error).message).toMatch(message)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('are refused when their tensors are not those of the network', () => {
    expect(() => { assertLayout('/m', manifest.parameters, [{ name: 'a', shape: [4] }, { name: 'b', shape: [1] }]) }).toThrow(/not those of the network/)
  })
})

async function edit(path: string, change: (json: Record<string, unknown>) => Record<string, unknown>): Promise<void> {
  const file = join(path, 'checkpoint.json')
  await mkdir(path, { recursive: true })
  await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>)))
}
