import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { quietContext, type JobContext } from '../../src/main/common/job-context'
import { allBands, readWindow, type CubeReader, type ReducedCube } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import type { SampleType } from '../../src/main/cube/sample-type'
import { openCube } from '../../src/main/formats/registry'
import { ChildProcessHost } from '../../src/main/jobs/child-process-host'
import { bandStatistics } from '../../src/main/scenes/band-statistics'
import { openScene } from '../../src/main/scenes/open-scene'
import { needsOverviews, withOverviews } from '../../src/main/scenes/overviews'
import { readPicture } from '../../src/main/scenes/picture'
import { runPrepareJob } from '../../src/main/workers/prepare-job'
import { memoryReader, plainHeader } from '../memory-scene'
import { expectedAt, NODATA, STORAGE, temporaryFolder, writeScene } from './scene-files'

const size = { rows: 301, cols: 417, bands: 3 }

interface Level {
  rows: number
  cols: number
  /** [rows, cols, bands], NaN = no data. */
  values: number[]
}

/** Half of a level as plainly as it can be written: means of up to four valid values, integers rounded. */
function half({ rows, cols, values }: Level, bands: number, integer: boolean): Level {
  const reduced: Level = { rows: Math.ceil(rows / 2), cols: Math.ceil(cols / 2), values: [] }
  for (let row = 0; row < reduced.rows; row++) {
    for (let col = 0; col < reduced.cols; col++) {
      for (let band = 0; band < bands; band++) {
        const four = [[0, 0], [0, 1], [1, 0], [1, 1]].flatMap(([down = 0, across = 0]) => {
          const [r, c] = [2 * row + down, 2 * col + across]
          return r < rows && c < cols ? [values[(r * cols + c) * bands + band] as number] : []
        }).filter((value) => !Number.isNaN(value))
        const mean = four.reduce((sum, value) => sum + value, 0) / four.length
        reduced.values.push(integer ? Math.sign(mean) * Math.round(Math.abs(mean)) : Math.fround(mean))
      }
    }
  }
  return reduced
}

function original(): Level {
  const values: number[] = []
  for (let row = 0; row < size.rows; row++) for (let col = 0; col < size.cols; col++) for (let band = 0; band < size.bands; band++) values.push(expectedAt(row, col, band))
  return { rows: size.rows, cols: size.cols, values }
}

async function valuesOf(level: Pick<ReducedCube, 'header' | 'readSamples'>): Promise<Level> {
  const { rows, cols } = level.header
  return { rows, cols, values: [...await readWindow(level, wholeWindow(level.header), allBands(level.header))] }
}

interface Made {
  scene: string
  out: string
  reader: CubeReader
}

async function withMade(file: string, options: Parameters<typeof writeScene>[1]['options'], type: SampleType, work: (made: Made) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder()
  const scene = await writeScene(join(folder, file), { ...size, type, options: { ...options, overviews: 'none' } })
  const out = join(folder, 'cache', 'overviews.tif')
  await runPrepareJob({ kind: 'prepare', scene, out, overviews: { nodata: [NODATA, NODATA, NODATA] } }, quietContext())
  const reader = await withOverviews(await openCube(scene), out)
  try {
    await work({ scene, out, reader })
  } finally {
    await reader.close()
  }
}

describe('overviews', () => {
  it.each(STORAGE)('of %s are means of what is valid, at odd sizes too', (_name, file, options) => withMade(file, options, 'int16', async ({ reader }) => {
    expect(reader.levels?.map(({ reduction }) => reduction)).toEqual([2])
    let expected = original()
    for (const level of reader.levels ?? []) {
      expected = half(expected, size.bands, true)
      expect(await valuesOf(level)).toEqual(expected)
    }
  }))

  it('go on down to 256 pixels, each level being made of the one before', async () => {
    const folder = await temporaryFolder()
    const wide = { rows: 60, cols: 1030, bands: 2 }
    const scene = await writeScene(join(folder, 'scene.img'), { ...wide, type: 'float32' })
    const out = join(folder, 'overviews.tif')
    await runPrepareJob({ kind: 'prepare', scene, out, overviews: { nodata: [NODATA, NODATA] } }, quietContext())
    const reader = await withOverviews(await openCube(scene), out)
    expect(reader.levels?.map(({ reduction, header: { rows, cols } }) => [reduction, rows, cols])).toEqual([[2, 30, 515], [4, 15, 258], [8, 8, 129]])
    let expected: Level = await valuesOf(reader)
    for (const level of reader.levels ?? []) {
      expected = half(expected, wide.bands, false)
      expect(await valuesOf(level)).toEqual(expected)
    }
    await reader.close()
  })

  it('serve reduced pictures of any window, and leave finer ones to the scene', () => withMade('scene.img', { interleave: 'bsq' }, 'int16', async ({ reader, scene }) => {
    const plain = await openCube(scene)
    const level = half(original(), size.bands, true)
    const window = { row: 40, col: 60, rows: 200, cols: 300 }
    const picture = await readPicture(reader, { window, bands: [2, 0], rows: 100, cols: 150 })
    for (let row = 0; row < 100; row += 7) {
      for (let col = 0; col < 150; col += 7) {
        const at = ((20 + row) * level.cols + 30 + col) * size.bands
        expect([...picture.data.subarray((row * 150 + col) * 2, (row * 150 + col) * 2 + 2)]).toEqual([level.values[at + 2], level.values[at]])
      }
    }
    // a little finer than the level: made of it all the same, with no pixel twice
    expect(await readPicture(reader, { window, bands: [0], rows: 110, cols: 165 })).toMatchObject({ rows: 100, cols: 150 })
    const fine = { window, bands: [1], rows: 150, cols: 225 }
    expect(await readPicture(reader, fine)).toEqual(await readPicture(plain, fine))
    await plain.close()
  }))

  it('show at a glance what the file shows: the mean of a picture is the same', () => withMade('scene.img', { interleave: 'bil' }, 'int16', async ({ reader, scene }) => {
    const plain = await openCube(scene)
    const request = { window: wholeWindow(reader.header), bands: [1], rows: 60, cols: 80 }
    const mean = ({ data }: { data: Float32Array }): number => {
      const valid = data.filter((value) => !Number.isNaN(value))
      return valid.reduce((sum, value) => sum + value, 0) / valid.length
    }
    expect(Math.abs(mean(await readPicture(reader, request)) - mean(await readPicture(plain, request)))).toBeLessThan(20)
    await plain.close()
  }))

  it('leave statistics to the stored values', () => withMade('scene.img', { interleave: 'bip' }, 'int16', async ({ reader, scene }) => {
    const plain = await openCube(scene)
    expect(await bandStatistics(reader, [0, 2])).toEqual(await bandStatistics(plain, [0, 2]))
    await plain.close()
  }))
})

describe('a scene', () => {
  it('is read with its overviews, and without those that are damaged or of another scene', () => withMade('scene.img', {}, 'int16', async ({ scene, out }) => {
    const source = { path: scene, variable: null, repairs: {}, workingCopy: null }
    const opened = await openScene({ ...source, overviews: out })
    expect([opened.facts.overviews, opened.reader.levels?.length]).toEqual(['ready', 1])
    await opened.reader.close()
    const other = await writeScene(join(await temporaryFolder(), 'other.img'), { ...size, rows: 290 })
    const mixed = await openScene({ ...source, path: other, overviews: out })
    expect([mixed.facts.overviews, mixed.reader.levels]).toEqual(['unneeded', undefined])
    await mixed.reader.close()
    await truncate(out, 1000)
    const damaged = await openScene({ ...source, overviews: out })
    expect(damaged.facts.overviews).toBe('unneeded')
    await damaged.reader.close()
  }))

  it('that is large needs some unless its file has levels from fine to coarse', () => {
    const scene = memoryReader(plainHeader(20_000, 20_000, 5, 'uint16'), new Float32Array())
    const level = (reduction: number): ReducedCube => ({ ...scene, reduction, header: { ...scene.header, rows: 20_000 / reduction, cols: 20_000 / reduction } })
    expect(needsOverviews(memoryReader(plainHeader(2000, 2000, 50, 'uint16'), new Float32Array()))).toBe(false)
    expect([[], [2, 4, 8, 16], [4, 16], [16], [2, 4], [2, 16]].map((levels) => needsOverviews({ ...scene, levels: levels.map(level) }))).toEqual([true, false, false, true, true, true])
  })

  it('in a GeoTIFF with overviews has them as levels, unless what is no data was repaired', async () => {
    const path = await writeScene(join(await temporaryFolder(), 'scene.tif'), { ...size, options: { overviews: 'full', compression: 'deflate', blockSize: 64 } })
    const { reader } = await openScene({ path, variable: null, repairs: {}, workingCopy: null })
    expect(await valuesOf(reader.levels?.[0] as ReducedCube)).toEqual(half(original(), size.bands, true))
    await reader.close()
    const repaired = await openScene({ path, variable: null, repairs: { nodata: 7 }, workingCopy: null })
    expect(repaired.reader.levels).toBeUndefined()
    await repaired.reader.close()
  })
})

describe('the job', () => {
  const overviews = { nodata: [NODATA, NODATA, NODATA] }

  it('leaves nothing behind when it is cancelled', async () => {
    const folder = await temporaryFolder()
    const scene = await writeScene(join(folder, 'scene.img'), { ...size, rows: 1200 })
    const controller = new AbortController()
    const context: JobContext = { ...quietContext(controller.signal), progress: (_span, done) => { if (done > 0) controller.abort() } }
    await expect(runPrepareJob({ kind: 'prepare', scene, out: join(folder, 'cache', 'overviews.tif'), overviews }, context)).rejects.toMatchObject({ tag: 'cancelled' })
    expect(await readdir(join(folder, 'cache'))).toEqual([])
  })

  it('that is killed leaves nothing under the final name, and the next one is whole', async () => {
    const folder = await temporaryFolder()
    const scene = await writeScene(join(folder, 'scene.img'), { rows: 3000, cols: 2000, bands: 3 })
    const out = join(folder, 'overviews.tif')
    let killed = false
    const job = new ChildProcessHost().start('prepare', { kind: 'prepare', scene, out, overviews }, {
      progress: ({ done }) => {
        if (done === 0 || killed) return
        killed = true
        for (const pid of children()) process.kill(pid, 'SIGKILL')
      },
    })
    await expect(job.completed).rejects.toMatchObject({ tag: 'crashed' })
    expect(existsSync(out)).toBe(false)
    await runPrepareJob({ kind: 'prepare', scene, out, overviews }, quietContext())
    expect((await readdir(folder)).sort()).toEqual(['overviews.tif', 'scene.hdr', 'scene.img'])
  })

  it('refuses nodata of another number of bands', async () => {
    const folder = await temporaryFolder()
    const scene = await writeScene(join(folder, 'scene.img'), { ...size, rows: 20 })
    await expect(runPrepareJob({ kind: 'prepare', scene, out: join(folder, 'o.tif'), overviews: { nodata: [null] } }, quietContext())).rejects.toMatchObject({ tag: 'invalid-argument' })
  })
})

function children(): number[] {
  return execFileSync('pgrep', ['-P', String(process.pid), '-f', 'job.cjs'], { encoding: 'utf8' }).trim().split('\n').map(Number)
}
