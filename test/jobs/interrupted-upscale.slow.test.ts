import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import { ChildProcessHost } from '../../src/main/jobs/child-process-host'
import type { UpscaleSpec } from '../../src/main/jobs/job-spec'

const host = new ChildProcessHost()
const scene = resourcePath('sample-scene', 'dlr-hysu.tif')
const compute = { precision: 'float32' } as const
let folder: string
let model: string

/** A budget just large enough for the smallest tiles, so that there is something between them. */
function spec(name: string, resume: boolean): UpscaleSpec {
  return {
    ...compute, kind: 'upscale', scene, out: join(folder, name), model, resume, memoryBudgetMb: 570, sampleType: 'source',
    compression: 'deflate', interleave: 'bsq', consistency: true, window: { row: 0, col: 0, rows: 48, cols: 123 },
  }
}

/** Upscales and cancels after the first tile; gives the tiles that were made until the job heard of it. */
async function interrupt(name: string): Promise<number[]> {
  const tiles: number[] = []
  const job = host.start('upscale', spec(name, false), {
    event: ({ kind, payload }) => {
      if (kind === 'tile') tiles.push(payload.index)
      job.cancel()
    },
  })
  await expect(job.completed).rejects.toMatchObject({ tag: 'cancelled' })
  return tiles
}

/** Upscales to the end; gives the tiles that were made. */
async function upscale(name: string, resume: boolean): Promise<number[]> {
  const tiles: number[] = []
  await host.start('upscale', spec(name, resume), { event: ({ kind, payload }) => { if (kind === 'tile') tiles.push(payload.index) } }).completed
  return tiles
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dacn-interrupted-'))
  model = join(folder, 'model')
  await host.start('train', {
    ...compute, kind: 'train', scenes: [scene], scale: 2, preset: 'studio', out: model, steps: 3, seed: 1, resume: false, kernel: { kind: 'block' },
  }).completed
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('an upscaling that was cancelled', () => {
  it('continues where it was and ends with the bytes of an undisturbed one', async () => {
    const all = await upscale('whole.tif', false)
    expect(all.length).toBeGreaterThan(2)
    const before = await interrupt('continued.tif')
    expect([...before, ...(await upscale('continued.tif', true))]).toEqual(all)
    expect(before.length).toBeLessThan(all.length)
    expect(await readFile(join(folder, 'continued.tif'))).toEqual(await readFile(join(folder, 'whole.tif')))
  })

  it('is only checked when its file was whole', async () => {
    await upscale('checked.tif', false)
    const tiles: number[] = []
    const before = await stat(join(folder, 'checked.tif'))
    const { receipt, files, sizeBytes } = await host.start('upscale', { ...spec('checked.tif', true), written: true }, {
      event: ({ kind, payload }) => { if (kind === 'tile') tiles.push(payload.index) },
    }).completed
    expect(tiles).toEqual([])
    expect(receipt?.consistency.passed).toBe(true)
    expect([files, sizeBytes]).toEqual([[join(folder, 'checked.tif')], before.size])
    expect((await stat(join(folder, 'checked.tif'))).mtimeMs).toBe(before.mtimeMs)
  })

  it('starts afresh when it is not asked to continue, and leaves nothing behind', async () => {
    await interrupt('afresh.tif')
    expect(await readdir(folder)).not.toContain('afresh.tif')
    const tiles = await upscale('afresh.tif', false)
    expect(tiles[0]).toBe(0)
    expect((await readdir(folder)).filter((name) => name.startsWith('afresh'))).toEqual(['afresh.tif'])
  })
})
