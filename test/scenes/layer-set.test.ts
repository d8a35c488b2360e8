import { readdir, readlink, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runPrepareJob } from '../../src/main/workers/prepare-job'
import { quietContext } from '../../src/main/common/job-context'
import { LayerSet } from '../../src/main/scenes/layer-set'
import type { SceneSource } from '../../src/main/scenes/scene-messages'
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
