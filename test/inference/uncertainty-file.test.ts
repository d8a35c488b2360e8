import { readFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { quietContext, type JobContext } from '../../src/main/common/job-context'
import { resourcePath } from '../../src/main/common/project-root'
import { readWindow } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { openCube } from '../../src/main/formats/registry'
import type { UpscaleSpec } from '../../src/main/jobs/job-spec'
import { loadCheckpoint, saveCheckpoint } from '../../src/main/model/checkpoint'
import { runUpscaleJob } from '../../src/main/workers/upscale-job'

const SCENE = resourcePath('sample-scene', 'dlr-hysu.tif')
const SHIPPED = resourcePath('models', 'studio-2x')
let folder = ''
/** Back-projected bicubic: takes no time. */
let classical = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dacn-uncertainty-'))
  classical = join(folder, 'model')
  const { manifest, vectors } = await loadCheckpoint(SHIPPED)
  await saveCheckpoint(classical, { ...manifest, verdict: { adopted: 'back-projection', reason: '', validPixels: 1, methods: [] } }, vectors)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function spec(name: string, changes: Partial<UpscaleSpec> = {}): UpscaleSpec {
  return {
    kind: 'upscale', scene: SCENE, out: join(folder, `${name}.tif`), uncertainty: join(folder, `${name}-error.tif`), model: classical, resume: false,
    memoryBudgetMb: 700, sampleType: 'source', compression: 'none', interleave: 'bsq', consistency: true, precision: 'float32', ...changes,
  }
}

/** A context that cancels the job once it has told of `tiles` tiles. */
function cancelledAfter(tiles: number): JobContext {
  const controller = new AbortController()
  let told = 0
  const quiet = quietContext(controller.signal)
  return {
    ...quiet,
    breathe: () => (controller.signal.aborted ? Promise.reject(new StudioError('cancelled', 'Cancelled.')) : Promise.resolve()),
    event: (kind) => { if (kind === 'tile' && ++told === tiles) controller.abort() },
  }
}

describe('the file of expected errors', () => {
  it('lies on the grid of the result: one band of floats, larger where more was added', async () => {
    const window = { row: 10, col: 20, rows: 24, cols: 30 }
    const result = await runUpscaleJob(spec('shipped', { model: SHIPPED, window, bands: [3, 40] }), quietContext())
    const errorFile = join(folder, 'shipped-error.tif')
    expect(result).toMatchObject({ files: [join(folder, 'shipped.tif'), errorFile], errorFile, receipt: { consistency: { passed: true } } })
    expect(result.sizeBytes).toBe((await stat(errorFile)).size + (await stat(join(folder, 'shipped.tif'))).size)
    const [error, sharp] = [await openCube(errorFile), await openCube(join(folder, 'shipped.tif'))]
    expect(error.header).toMatchObject({ rows: 48, cols: 60, bands: 1, sampleType: 'float32', nodata: [NaN], georeference: sharp.header.georeference })
    const values = await readWindow(error, wholeWindow(error.header), [0])
    expect(Math.min(...values)).toBeGreaterThan(0)
    // stored units: some hundredths of the reflectance, which is stored times 10,000
    expect(Math.max(...values)).toBeLessThan(2000)
    expect(Math.max(...values)).toBeGreaterThan(3 * Math.min(...values))
    await Promise.all([error.close(), sharp.close()])
  })

  it('is missing where a band of the scene is', async () => {
    const scene = await openCube(SCENE)
    const { rows, cols, bands } = scene.header
    const values = await readWindow(scene, wholeWindow(scene.header), Array.from({ length: bands }, (_, band) => band))
    await scene.close()
    const brightest = values.reduce((p, q) => Math.max(p, q))
    await runUpscaleJob(spec('holey', { bands: [3], repairs: { nodata: brightest } }), quietContext())
    const error = await openCube(join(folder, 'holey-error.tif'))
    const told = await readWindow(error, wholeWindow(error.header), [0])
    await error.close()
    const missing = Array.from({ length: rows * cols }, (_, pixel) => values.subarray(pixel * bands, (pixel + 1) * bands).includes(brightest))
    expect(missing.filter(Boolean).length).toBeGreaterThan(0)
    told.forEach((value, i) => {
      const pixel = Math.floor(Math.floor(i / (2 * cols)) / 2) * cols + Math.floor((i % (2 * cols)) / 2)
      if (Number.isNaN(value) !== missing[pixel]) throw new Error(`pixel ${i} is ${value}`)
    })
  })

  it('of a continued upscaling has the bytes of an undisturbed one', async () => {
    const part: Partial<UpscaleSpec> = { window: { row: 0, col: 0, rows: 48, cols: 123 }, bands: [3, 40], memoryBudgetMb: 570 }
    expect((await runUpscaleJob(spec('whole', part), quietContext())).tiles).toBeGreaterThan(2)
    await expect(runUpscaleJob(spec('continued', part), cancelledAfter(2))).rejects.toMatchObject({ tag: 'cancelled' })
    await expect(stat(join(folder, 'continued-error.tif'))).rejects.toMatchObject({ code: 'ENOENT' })
    const tiles: number[] = []
    const quiet = quietContext()
    await runUpscaleJob(spec('continued', { ...part, resume: true }), { ...quiet, event: (kind, payload) => { if (kind === 'tile') tiles.push((payload as { index: number }).index) } })
    expect(tiles[0]).toBe(2)
    for (const name of ['', '-error']) expect(await readFile(join(folder, `continued${name}.tif`))).toEqual(await readFile(join(folder, `whole${name}.tif`)))
    // all is there: only the receipt is made
    const again = await runUpscaleJob(spec('whole', { ...part, resume: true, written: true }), quietContext())
    expect(again.errorFile).toBe(join(folder, 'whole-error.tif'))
  })

  it('is refused before anything is written where a model can not tell', async () => {
    await expect(runUpscaleJob(spec('none', { model: SHIPPED, quality: 'fast' }), quietContext())).rejects.toMatchObject({ tag: 'unsupported' })
    await expect(stat(join(folder, 'none.tif'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
