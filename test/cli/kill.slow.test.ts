import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtEntry, resourcePath } from '../../src/main/common/project-root'
import { Random } from '../../src/main/common/random'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { createWriter } from '../../src/main/formats/create-writer'
import { saveCheckpoint } from '../../src/main/model/checkpoint'
import type { CheckpointManifest } from '../../src/main/model/checkpoint-manifest'
import { studioLayout } from '../../src/main/model/studio/network'
import { defaultStudioShape } from '../../src/main/model/studio/shape'
import { plainHeader, syntheticScene } from '../memory-scene'

/** How often each job is killed; set DACN_KILLS=10 for the full series. */
const KILLS = Number(process.env.DACN_KILLS ?? 3)
const BANDS = 12
const SIDE = 360

let folder = ''
let scene = ''
let model = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dacn-kill-'))
  scene = join(folder, 'scene.tif')
  const header = plainHeader(SIDE, SIDE, BANDS, 'int16')
  const values = syntheticScene(SIDE, SIDE, BANDS, 11)
  const writer = await createWriter(scene, header, { blockSize: 368, compression: 'none' })
  await writer.writeBlock(0, Int16Array.from(values, Math.round))
  expect(writer.blockWindow(0)).toEqual(wholeWindow(header))
  await writer.finish()
  await writer.close()
  model = join(folder, 'model')
  const network = { ...defaultStudioShape(2), channels: 16, blocks: 2 }
  const layout = studioLayout(network)
  const random = Random.fromSeed(5)
  const manifest: Omit<CheckpointManifest, 'vectors'> = {
    format: 'dacn-model', version: 1, state: 'finished', network, passes: 1,
    parameters: layout.specs.map(({ name, shape }) => ({ name, shape })), buffers: [], kernel: { kind: 'block' }, components: 12,
    wavelengthNm: null, valueScale: 1, sources: [], training: null, verdict: null,
    provenance: { application: 'test', tensorflow: '', device: '', precision: 'float32', createdUtc: '' },
  }
  await saveCheckpoint(model, manifest, { weights: layout.initialise(random).map((value) => value + 0.02 * random.normal()) })
})
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

/** Runs the command line in a process group of its own; `killAfterMs` kills all of it. True when it ended by itself with 0. */
function run(words: string[], killAfterMs: number | null): Promise<{ done: boolean; ms: number }> {
  return new Promise((resolve, reject) => {
    const begin = performance.now()
    const child = spawn(process.execPath, [builtEntry('cli'), ...words], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.on('data', (text: Buffer) => { errors += text.toString() })
    const timer = killAfterMs === null ? null : setTimeout(() => { process.kill(-(child.pid as number), 'SIGKILL') }, killAfterMs)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (timer !== null) clearTimeout(timer)
      if (code !== 0 && signal === null) reject(new Error(`dacn ${words.join(' ')} ended with ${code}:\n${errors}`))
      else resolve({ done: code === 0, ms: performance.now() - begin })
    })
  })
}

async function hash(path: string): Promise<string> {
  return createHash('sha256').update(await readFile(path)).digest('hex')
}

/** Runs to the end with kills at random moments on the way, continuing each time. */
async function runWithKills(words: string[], undisturbedMs: number, kills: number, random: Random): Promise<number> {
  let killed = 0
  for (let attempt = 0; ; attempt++) {
    const resume = attempt === 0 ? [] : ['--resume']
    const { done } = await run([...words, ...resume], killed < kills ? 300 + random.uniform() * undisturbedMs * 0.8 : null)
    if (done) return killed
    killed++
  }
}

describe('a job that is killed and continued', () => {
  it('upscales to the same bytes', async () => {
    const options = ['--model', model, '--memory', '512']
    const undisturbed = join(folder, 'undisturbed.tif')
    const { ms } = await run(['upscale', scene, undisturbed, ...options], null)
    const random = Random.fromSeed(21)
    let killed = 0
    for (let round = 0; killed < KILLS; round++) {
      const out = join(folder, `killed-${round}.tif`)
      killed += await runWithKills(['upscale', scene, out, ...options], ms, KILLS - killed, random)
      expect(await hash(out)).toBe(await hash(undisturbed))
    }
    console.info(`upscale: killed ${killed} times, same bytes (undisturbed run ${(ms / 1000).toFixed(1)} s)`)
    expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([])
  })

  it('trains to the same weights and verdict', async () => {
    const words = (out: string): string[] => ['train', scene, '--steps', '150', '--seed', '3', '--base', model, '--out', out]
    const undisturbed = join(folder, 'undisturbed')
    const { ms } = await run(words(undisturbed), null)
    const verdict = async (path: string): Promise<unknown> => (JSON.parse(await readFile(join(path, 'checkpoint.json'), 'utf8')) as { verdict: unknown }).verdict
    const random = Random.fromSeed(22)
    let killed = 0
    for (let round = 0; killed < KILLS; round++) {
      const out = join(folder, `killed-${round}`)
      killed += await runWithKills(words(out), ms, KILLS - killed, random)
      expect(await hash(join(out, 'weights.f32'))).toBe(await hash(join(undisturbed, 'weights.f32')))
      expect(await verdict(out)).toEqual(await verdict(undisturbed))
    }
    console.info(`train: killed ${killed} times, same weights (undisturbed run ${(ms / 1000).toFixed(1)} s)`)
  })

  it.skipIf(!existsSync(resourcePath('models', 'studio-2x')))('leaves no half-written model under the final name', async () => {
    const out = join(folder, 'early')
    await run(['train', resourcePath('sample-scene', 'dlr-hysu.tif'), '--steps', '200', '--out', out], 900)
    expect(existsSync(join(out, 'checkpoint.json')) || !existsSync(out)).toBe(true)
  })
})
