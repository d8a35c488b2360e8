import { execFileSync } from 'node:child_process'
import { mkdir, open, readFile, rename, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWindow } from '../../src/main/cube/cube-reader'
import { allocateSamples, SAMPLE_TYPES, type SampleType } from '../../src/main/cube/sample-type'
import { openGzipBody } from '../../src/main/formats/envi/body'
import { SAMPLE_TYPE_BY_CODE } from '../../src/main/formats/envi/data-types'
import { openCube } from '../../src/main/formats/registry'
import { plainHeader, readAll, temporaryFolder, writeScene, type MadeScene } from './envi-files'

const INTERLEAVES = ['bsq', 'bil', 'bip'] as const

function made(type: SampleType, code: number, change: Partial<MadeScene> = {}): MadeScene {
  const [rows, cols, bands] = [change.rows ?? 7, change.cols ?? 5, change.bands ?? 3]
  const samples = allocateSamples(type, rows * cols * bands)
  const { min, max } = SAMPLE_TYPES[type]
  for (let i = 0; i < samples.length; i++) samples[i] = i % 2 === 0 ? i : Math.max(min, -i)
  samples[0] = Math.max(min, -(2 ** 53))
  samples[1] = Math.min(max, 2 ** 53)
  return { rows, cols, bands, type, code, interleave: 'bsq', byteOrder: 'little', samples, ...change }
}

describe('ENVI reader', () => {
  it('reads every type in every interleave and byte order, behind a header offset', async () => {
    const folder = await temporaryFolder()
    for (const [code, type] of SAMPLE_TYPE_BY_CODE) {
      for (const interleave of INTERLEAVES) {
        for (const byteOrder of ['little', 'big'] as const) {
          const scene = made(type, code, { interleave, byteOrder, headerOffset: 11 })
          const reader = await openCube(await writeScene(folder, 'scene', scene))
          expect(reader.header).toMatchObject({ rows: 7, cols: 5, bands: 3, sampleType: type, interleave, byteOrder })
          expect(await readAll(reader)).toEqual(scene.samples)
          await reader.close()
        }
      }
    }
  })

  it('reads any window and any bands', async () => {
    const folder = await temporaryFolder()
    const readers = await Promise.all(INTERLEAVES.map(async (interleave) => {
      const scene = made('int32', 3, { rows: 19, cols: 33, bands: 12, interleave })
      return { scene, reader: await openCube(await writeScene(folder, interleave, scene)) }
    }))
    await fc.assert(fc.asyncProperty(
      fc.constantFrom(...readers), fc.nat(18), fc.nat(32), fc.nat(18), fc.nat(32), fc.array(fc.nat(11), { minLength: 1, maxLength: 14 }),
      async ({ scene, reader }, row, col, height, width, bands) => {
        const rows = Math.min(height + 1, 19 - row)
        const cols = Math.min(width + 1, 33 - col)
        const samples = await reader.readSamples({ row, col, rows, cols }, bands)
        const expected: number[] = []
        for (let r = row; r < row + rows; r++) {
          for (let c = col; c < col + cols; c++) for (const b of bands) expected.push(scene.samples[(r * 33 + c) * 12 + b] as number)
        }
        expect([...samples]).toEqual(expected)
      },
    ), { numRuns: 150 })
    await Promise.all(readers.map(({ reader }) => reader.close()))
  })

  it('finds the other file of the pair from either, in all namings', async () => {
    const folder = await temporaryFolder()
    const scene = made('uint8', 1)
    const pairs = [
      ['a.img', 'a.hdr'], ['b.img', 'b.img.hdr'], ['C.BIL', 'c.HDR'], ['plain', 'plain.hdr'], ['d.dat', 'd.Hdr'], ['x.y.img', 'x.y.hdr'], ['e.odd', 'e.hdr'],
    ] as const
    for (const [index, [data, header]] of pairs.entries()) {
      const own = join(folder, String(index))
      await mkdir(own)
      await writeScene(own, 'made', scene)
      await rename(join(own, 'made.img'), join(own, data))
      await rename(join(own, 'made.hdr'), join(own, header))
      for (const given of [data, header]) {
        const reader = await openCube(join(own, given))
        expect(reader.files).toEqual([join(own, data), join(own, header)])
        expect(await readAll(reader)).toEqual(scene.samples)
        await reader.close()
      }
    }
  })

  it('prefers the file of the right size, and the more specific header', async () => {
    const folder = await temporaryFolder()
    const scene = made('uint8', 1)
    const data = await writeScene(folder, 's', scene)
    await rename(data, join(folder, 's.bin'))
    await writeFile(join(folder, 's.img'), 'another thing')
    const reader = await openCube(join(folder, 's.hdr'))
    expect(reader.files[0]).toBe(join(folder, 's.bin'))
    await reader.close()
    await rename(join(folder, 's.hdr'), join(folder, 's.bin.hdr'))
    await writeFile(join(folder, 's.hdr'), plainHeader({ samples: 1, lines: 1, bands: 1, 'data type': 1 }))
    const specific = await openCube(join(folder, 's.bin'))
    expect(specific.header.rows).toBe(7)
    await specific.close()
  })

  it('follows symbolic links', async () => {
    const folder = await temporaryFolder()
    const scene = made('int16', 2)
    const data = await writeScene(folder, 'real', scene)
    await symlink(data, join(folder, 'link.img'))
    await symlink(join(folder, 'real.hdr'), join(folder, 'link.hdr'))
    const reader = await openCube(join(folder, 'link.hdr'))
    expect(await readAll(reader)).toEqual(scene.samples)
    await reader.close()
  })

  it('masks the ignore value', async () => {
    const folder = await temporaryFolder()
    const data = await writeScene(folder, 's', made('int16', 2, { rows: 1, cols: 2, bands: 1, samples: Int16Array.of(-99, 5) }), { 'data ignore value': -99 })
    const reader = await openCube(data)
    expect([...await readWindow(reader, { row: 0, col: 0, rows: 1, cols: 2 })]).toEqual([NaN, 5])
    await reader.close()
  })

  it('unpacks a gzip body on the first read', async () => {
    const folder = await temporaryFolder()
    const scene = made('int16', 2, { headerOffset: 3 })
    const data = await writeScene(folder, 'z', scene, { 'file compression': 1 })
    const plain = await readFile(data)
    await writeFile(data, gzipSync(plain))
    const reader = await openCube(data)
    expect(await readAll(reader)).toEqual(scene.samples)
    expect(await readAll(reader)).toEqual(scene.samples)
    await reader.close()

    await writeFile(data, plain)
    const uncompressed = await openCube(data)
    expect(uncompressed.header.notices.map((notice) => notice.code)).toContain('not-compressed')
    expect(await readAll(uncompressed)).toEqual(scene.samples)
    await uncompressed.close()
  })

  it('unpacks what is too large for memory to a file that vanishes', async () => {
    const folder = await temporaryFolder()
    const plain = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => i % 251))
    const path = join(folder, 'body.gz')
    const packed = gzipSync(plain)
    await writeFile(path, packed)
    const body = openGzipBody(path, packed.length, plain.length, 1000)
    const part = new Uint8Array(500)
    await body.read(part, 299_500)
    expect(Buffer.from(part)).toEqual(plain.subarray(299_500))
    await body.close()
    expect(execFileSync('ls', [process.env.TMPDIR ?? '/tmp'], { encoding: 'utf8' })).not.toContain('dacn-unpacked-')
  })

  it('opens and reads a scene of 3 GB without reading it', async () => {
    const folder = await temporaryFolder()
    const size = { samples: 4000, lines: 4000, bands: 100, 'data type': 2, 'byte order': 0 }
    for (const interleave of INTERLEAVES) {
      const data = join(folder, `${interleave}.img`)
      await writeFile(join(folder, `${interleave}.hdr`), plainHeader({ ...size, interleave }))
      const handle = await open(data, 'w')
      await handle.truncate(4000 * 4000 * 100 * 2)
      await handle.close()
      const before = process.memoryUsage.rss()
      const started = performance.now()
      const reader = await openCube(data)
      const window = await reader.readSamples({ row: 3000, col: 3936, rows: 64, cols: 64 }, [0, 50, 99])
      await reader.close()
      expect(window.length).toBe(64 * 64 * 3)
      expect(performance.now() - started).toBeLessThan(3000)
      expect(process.memoryUsage.rss() - before).toBeLessThan(400e6)
      await truncate(data, 0)
    }
  })

  it('stops when asked to', async () => {
    const folder = await temporaryFolder()
    const reader = await openCube(await writeScene(folder, 's', made('int16', 2)))
    await expect(reader.readSamples({ row: 0, col: 0, rows: 7, cols: 5 }, [0], AbortSignal.abort())).rejects.toMatchObject({ tag: 'cancelled' })
    await reader.close()
  })

  it('refuses windows and bands that are not there', async () => {
    const folder = await temporaryFolder()
    const reader = await openCube(await writeScene(folder, 's', made('int16', 2)))
    for (const [window, bands] of [
      [{ row: 0, col: 0, rows: 8, cols: 1 }, [0]], [{ row: 0, col: 0, rows: 1, cols: 1 }, [3]], [{ row: 0, col: 0, rows: 1, cols: 1 }, []],
    ] as const) {
      await expect(reader.readSamples(window, bands)).rejects.toMatchObject({ tag: 'invalid-argument' })
    }
    await reader.close()
  })
})
