import { readdir, readlink, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runPrepareJob } from '../../src/main/workers/prepare-job'
import { quietContext } from '../../src/main/common/job-context'
import { LayerSet } from '../../src/main/scenes/layer-set'
import { answerPixels, parsePixelQuestion, type PixelRequest } from '../../src/main/scenes/pixel-questions'
import type { DerivedSource, SceneSource } from '../../src/main/scenes/scene-messages'
import { readSpectrum } from '../../src/main/scenes/spectrum'
import type { BandStatistics, PixelBlock, VolumeBlock } from '../../src/preload/pixel-contract'
import { expectedAt, temporaryFolder, writeScene } from './scene-files'

const never = new AbortController().signal

function source(path: string, workingCopy: string | null = null): SceneSource {
  return { path, variable: null, repairs: {}, workingCopy }
}

async function scenes(count: number): Promise<string[]> {
  const folder = await temporaryFolder()
  return Promise.all(Array.from({ length: count }, (_, i) => writeScene(join(folder, `${i}.img`), { rows: 20, cols: 20, bands: 4 })))
}

/** Closes at the test's end: open files would be missed by nobody but the next test. */
function layerSet(mostOpen?: number): LayerSet {
  const layers = new LayerSet(mostOpen)
  onTestFinished(async () => { for (let i = 0; i < 5; i++) await layers.close(`scene:${i}`) })
  return layers
}

describe('layers', () => {
  it('that were not opened are refused', async () => {
    await expect(layerSet().ask('scene:9', (layer) => layer.bandShift(never))).rejects.toMatchObject({ tag: 'invalid-argument' })
  })

  it('are known at once, and by their own error when they can\'t be opened', async () => {
    const layers = layerSet()
    const opening = layers.open('scene:0', source('/nowhere/scene.hdr'))
    const asked = layers.ask('scene:0', (layer) => layer.statistics([0], never))
    await expect(opening).rejects.toMatchObject({ tag: 'not-found' })
    await expect(asked).rejects.toMatchObject({ tag: 'not-found' })
    await expect(layers.ask('scene:0', (layer) => layer.statistics([0], never))).rejects.toMatchObject({ tag: 'not-found' })
  })

  it('keep one reader, of which only a few are open: the one used longest ago is closed', async () => {
    const layers = layerSet(2)
    const paths = await scenes(3)
    for (const [i, path] of paths.entries()) await layers.open(`scene:${i}`, source(path))
    const open: boolean[] = []
    for (let i = 0; i < 3; i++) await layers.ask(`scene:${i}`, (layer) => { open.push(layer.isOpen); return Promise.resolve() })
    expect(open).toEqual([false, true, true])
    const readers = new Set<unknown>()
    const look = (name: string) => layers.ask(name, (layer) => layer.use(never, (reader) => { readers.add(reader); return Promise.resolve() }))
    await look('scene:0')
    await look('scene:0')
    expect(readers.size).toBe(1)
    const after: boolean[] = []
    for (let i = 0; i < 3; i++) await layers.ask(`scene:${i}`, (layer) => { after.push(layer.isOpen); return Promise.resolve() })
    expect(after).toEqual([true, false, true])
  })

  it('compute the statistics of a band once', async () => {
    const layers = layerSet()
    const [path = ''] = await scenes(1)
    await layers.open('scene:0', source(path))
    const ask = (bands: number[]) => layers.ask('scene:0', (layer) => layer.statistics(bands, never))
    const [[first], [, second]] = [await ask([2, 0]), await ask([1, 2])]
    expect(first).toBe(second)
    const together = await Promise.all([ask([3]), ask([3])])
    expect(together[0][0]).toBe(together[1][0])
  })

  it('that are withdrawn cancel what is asked of them, then close', async () => {
    const layers = layerSet()
    const [path = ''] = await scenes(1)
    await layers.open('scene:0', source(path))
    let closed = false
    const asked = layers.ask('scene:0', (layer) => layer.use(never, async (reader, signal) => {
      const close = reader.close.bind(reader)
      reader.close = () => { closed = true; return close() }
      await new Promise((resolve) => { signal.addEventListener('abort', resolve) })
      expect(closed).toBe(false)
      await reader.readSamples({ row: 0, col: 0, rows: 1, cols: 1 }, [0])
      return 'finished'
    }))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await layers.close('scene:0')
    expect(await asked).toBe('finished')
    expect(closed).toBe(true)
  })

  it('that are opened anew answer what was asked before, then close the earlier files', async () => {
    const layers = layerSet()
    const [path = ''] = await scenes(1)
    await layers.open('scene:0', source(path))
    let closed = false
    let goOn: () => void = () => undefined
    const asked = layers.ask('scene:0', (layer) => layer.use(never, async (reader, signal) => {
      const close = reader.close.bind(reader)
      reader.close = () => { closed = true; return close() }
      await new Promise<void>((resolve) => { goOn = resolve })
      expect(signal.aborted).toBe(false)
      await reader.readSamples({ row: 0, col: 0, rows: 1, cols: 1 }, [0])
      return 'finished'
    }))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await layers.open('scene:0', source(path))
    expect(closed).toBe(false)
    goOn()
    expect(await asked).toBe('finished')
    expect(closed).toBe(true)
  })

  it('that are withdrawn while they are opened leave nothing open', async () => {
    const layers = layerSet()
    const [path = ''] = await scenes(1)
    const files = async (): Promise<string[]> => {
      const descriptors = await readdir('/proc/self/fd').catch(() => [])
      return (await Promise.all(descriptors.map((descriptor) => readlink(`/proc/self/fd/${descriptor}`).catch(() => '')))).filter((file) => file === path)
    }
    await layers.open('scene:0', source(path))
    const replaced = layers.open('scene:0', source(path))
    await Promise.all([replaced, layers.close('scene:0')])
    expect(await files()).toEqual([])
  })

  it('that are computed of others need no files before they are asked, and open no more than may be open', async () => {
    const layers = layerSet(2)
    const folder = await temporaryFolder()
    const paths = [await writeScene(join(folder, 'a.img'), { rows: 10, cols: 8, bands: 4 }), await writeScene(join(folder, 'b.img'), { rows: 20, cols: 16, bands: 2 }), ...await scenes(1)]
    const derived: DerivedSource = { kind: 'difference', scene: 'scene:0', result: 'scene:1', place: { window: { row: 0, col: 0, rows: 10, cols: 8 }, bands: [1, 3], scale: 2 } }
    await layers.derive('difference:a', derived)
    const spectrum = (): Promise<Float32Array> => layers.ask('difference:a', (layer) => layer.use(never, (reader) => readSpectrum(reader, 4, 5)))
    await expect(spectrum()).rejects.toMatchObject({ tag: 'invalid-argument', message: expect.stringContaining('scene:0') as string })
    for (const [i, path] of paths.entries()) await layers.open(`scene:${i}`, source(path))
    expect(await spectrum()).toHaveLength(2)
    const isOpen = (name: string): Promise<boolean> => layers.ask(name, (layer) => Promise.resolve(layer.isOpen))
    expect([await isOpen('scene:0'), await isOpen('scene:1'), await isOpen('scene:2'), await isOpen('difference:a')]).toEqual([true, true, false, true])
    await layers.close('difference:a')
    await expect(spectrum()).rejects.toMatchObject({ tag: 'invalid-argument', message: expect.stringContaining('difference:a') as string })
  })

  it('that are computed of others are asked the same questions', async () => {
    const layers = layerSet()
    const folder = await temporaryFolder()
    await layers.open('scene:0', source(await writeScene(join(folder, 'a.img'), { rows: 10, cols: 8, bands: 2 })))
    await layers.open('scene:1', source(await writeScene(join(folder, 'b.tif'), { rows: 20, cols: 16, bands: 2 })))
    const place = { window: { row: 0, col: 0, rows: 10, cols: 8 }, bands: [0, 1], scale: 2 }
    const window = { row: 0, col: 0, rows: 20, cols: 16 }
    for (const kind of ['bicubic', 'difference'] as const) {
      const layer = `${kind}:a`
      await layers.derive(layer, { kind, scene: 'scene:0', result: 'scene:1', place })
      const ask = (name: PixelRequest['name'], payload: object): Promise<unknown> => answerPixels(layers, parsePixelQuestion({ id: 1, name, payload: { layer, ...payload } }) as PixelRequest, never)
      const picture = await ask('picture', { window, bands: [1], rows: 20, cols: 16 }) as PixelBlock
      const valid = picture.data.filter((value) => !Number.isNaN(value))
      const mean = valid.reduce((sum, value) => sum + value, 0) / valid.length
      expect(valid.length).toBeGreaterThan(200)
      const [statistics] = await ask('statistics', { bands: [1] }) as BandStatistics[]
      expect(statistics?.mean).toBeCloseTo(mean, 2)
      const region = await ask('region', { window, corners: null }) as { mean: Float32Array; pixels: number }
      expect([region.mean[1], region.pixels]).toEqual([expect.closeTo(mean, 2), valid.length])
      const { values } = await ask('spectrum', { row: 7, col: 4 }) as { values: Float32Array }
      expect(values[1]).toBe(picture.data[7 * 16 + 4])
      const { data } = await ask('volume', { window, bands: [1], limits: [{ low: -1e4, high: 1e4 }], rows: 20, cols: 16 }) as VolumeBlock
      expect(data.filter((voxel) => voxel > 0)).toHaveLength(valid.length)
    }
  })

  it('read pixels from the working copy, with the scene\'s facts', async () => {
    const folder = await temporaryFolder()
    const path = await writeScene(join(folder, 'scene.tif'), { rows: 40, cols: 30, bands: 5, options: { interleave: 'bip' } })
    const copy = join(folder, 'copies', 'one.img')
    await runPrepareJob({ kind: 'prepare', scene: path, out: copy }, quietContext())
    const layers = layerSet()
    const { facts } = await layers.open('scene:0', source(path, copy))
    expect(facts).toMatchObject({ format: 'GeoTIFF', files: [path], interleave: 'bip' })
    // the scene's own pixels are not touched any more
    await rename(path, `${path}.gone`)
    const values = await layers.ask('scene:0', (layer) => layer.use(never, (reader) => reader.readSamples({ row: 7, col: 9, rows: 1, cols: 1 }, [0, 1, 2, 3, 4])))
    expect([...values]).toEqual([0, 1, 2, 3, 4].map((band) => expectedAt(7, 9, band)))
  })

  it('refuse the working copy of another scene', async () => {
    const folder = await temporaryFolder()
    const path = await writeScene(join(folder, 'scene.tif'), { rows: 40, cols: 30, bands: 5 })
    const other = await writeScene(join(folder, 'other.img'), { rows: 40, cols: 30, bands: 4 })
    await expect(layerSet().open('scene:0', source(path, other))).rejects.toMatchObject({ tag: 'mismatch', file: other })
  })
})
