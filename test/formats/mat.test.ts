import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { allBands, type CubeReader } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { matFlavour, openMat, type MatOptions } from '../../src/main/formats/mat'
import { sharedData, sharedDataReason } from '../shared-data'

interface Facts { shape: [number, number, number]; dtype: string; sha256: string }

// made by mat-fixtures/make_fixtures.py with SciPy and h5py
const folder = join(__dirname, 'mat-fixtures')
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
  fixtures: Record<string, Record<string, Facts>>
  shared: Record<string, Record<string, Facts> & { wavelengths?: number[] }>
}
const scratch = mkdtempSync(join(tmpdir(), 'dacn-mat-'))
afterAll(() => { rmSync(scratch, { recursive: true }) })

const fixture = (name: string): string => join(folder, name)

async function facts(reader: CubeReader): Promise<Facts> {
  const { rows, cols, bands, sampleType } = reader.header
  const samples = await reader.readSamples(wholeWindow(reader.header), allBands(reader.header))
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  return { shape: [rows, cols, bands], dtype: sampleType, sha256: createHash('sha256').update(bytes).digest('hex') }
}

async function failure(path: string, options: MatOptions = {}): Promise<StudioError> {
  try {
    const reader = await openMat(path, options)
    try {
      await reader.readSamples(wholeWindow(reader.header), [0])
    } finally {
      await reader.close()
    }
  } catch (error) {
    expect(error).toBeInstanceOf(StudioError)
    expect((error as StudioError).remedy).toBeTruthy()
    expect((error as StudioError).message).toContain(path)
    return error as StudioError
  }
  throw new Error(`${path} was opened`)
}

/** A copy of a fixture with some bytes changed. */
function altered(name: string, change: (bytes: Buffer) => Buffer | undefined): string {
  const bytes = readFileSync(fixture(name))
  const path = join(scratch, `${Math.random().toString(36).slice(2)}.mat`)
  writeFileSync(path, change(bytes) ?? bytes)
  return path
}

describe('values equal those that SciPy and h5py read', () => {
  for (const [name, variables] of Object.entries(expected.fixtures)) {
    for (const [variable, truth] of Object.entries(variables)) {
      it(`${name}: ${variable}`, async () => {
        const reader = await openMat(fixture(name), { variable })
        expect(await facts(reader)).toEqual(truth)
        await reader.close()
      })
    }
  }

  for (const [name, variables] of Object.entries(expected.shared)) {
    const path = sharedData(...name.split('/'))
    if (path === null) console.info(sharedDataReason)
    it.skipIf(path === null)(name, async () => {
      const chosen = await openMat(path as string)
      const wanted = chosen.header.metadata.kind === 'mat' ? chosen.header.metadata.variable : ''
      await chosen.close()
      for (const [variable, truth] of Object.entries(variables)) {
        if (variable === 'wavelengths') continue
        const reader = await openMat(path as string, { variable })
        expect(await facts(reader)).toEqual(truth)
        if (variable === wanted) {
          // the reader rounds to 12 digits
          expect(reader.header.wavelengthNm).toEqual(variables.wavelengths?.map((nm) => Number(nm.toPrecision(12))) ?? null)
        }
        await reader.close()
      }
      expect(wanted).not.toBe('rgbImg')
    })
  }
})

it('reads windows and bands in the order asked for', async () => {
  for (const name of ['v5.mat', 'v73.mat']) {
    const reader = await openMat(fixture(name))
    const whole = await reader.readSamples(wholeWindow(reader.header), allBands(reader.header))
    const part = await reader.readSamples({ row: 1, col: 2, rows: 3, cols: 4 }, [8, 0, 5])
    const { cols, bands } = reader.header
    const wanted = [8, 0, 5]
    for (let row = 0; row < 3; row++) {
      for (let col = 0; col < 4; col++) {
        wanted.forEach((band, i) => {
          expect(part[(row * 4 + col) * 3 + i]).toBe(whole[((row + 1) * cols + col + 2) * bands + band])
        })
      }
    }
    await expect(reader.readSamples({ row: 3, col: 0, rows: 3, cols: 1 }, [0])).rejects.toMatchObject({ tag: 'invalid-argument' })
    await expect(reader.readSamples({ row: 0, col: 0, rows: 1, cols: 1 }, [9])).rejects.toMatchObject({ tag: 'invalid-argument' })
    await reader.close()
  }
})

describe('what the header says', () => {
  it('takes wavelengths in nm or micrometres from the vector beside the cube', async () => {
    const nm = Array.from({ length: 9 }, (_, i) => 400 + i * 62.5)
    for (const [name, fwhm] of [['v5.mat', null], ['v7.mat', 6], ['v73.mat', null]] as const) {
      const { header, close } = await openMat(fixture(name)).then((reader) => ({ header: reader.header, close: () => reader.close() }))
      header.wavelengthNm?.forEach((value, i) => { expect(value).toBeCloseTo(nm[i] as number, 9) })
      expect(header.wavelengthNm).toHaveLength(9)
      expect(header.fwhmNm).toEqual(fwhm === null ? null : new Array(9).fill(fwhm))
      expect(header.notices.find(({ code }) => code === 'wavelength-units-guessed')?.message).toContain(name === 'v7.mat' ? 'micrometres' : 'nm')
      await close()
    }
  })

  it('finds bands that come first by the number of wavelengths, and obeys bandAxis', async () => {
    const reader = await openMat(fixture('bands-first.mat'))
    expect(reader.header.notices.map(({ code }) => code)).toEqual(['axis-order-from-wavelengths', 'wavelength-units-guessed'])
    await reader.close()
    const forced = await openMat(fixture('v73-plain.mat'), { bandAxis: 1 })
    expect([forced.header.rows, forced.header.cols, forced.header.bands]).toEqual([5, 9, 7])
    expect(forced.header.notices.map(({ code }) => code)).toEqual(['not-written-by-matlab'])
    const straight = await openMat(fixture('v73-plain.mat'))
    const pixel = { row: 2, col: 3, rows: 1, cols: 1 }
    const [value] = await straight.readSamples(pixel, [6])
    expect((await forced.readSamples({ ...pixel, col: 6 }, [3]))[0]).toBe(value)
    await forced.close()
    await straight.close()
  })

  it.each([[[9, 5, 7], []], [[35, 3, 3], ['axis-order-doubtful']]])('of an array of %j: notices %j', async (dims, codes) => {
    const path = altered('big-endian.mat', (bytes) => {
      dims.forEach((length, i) => bytes.writeInt32BE(length, 160 + 4 * i))
      return undefined
    })
    const reader = await openMat(path)
    expect([reader.header.rows, reader.header.cols, reader.header.bands]).toEqual(dims)
    expect(reader.header.notices.map(({ code }) => code)).toEqual(codes)
    await reader.close()
  })

  const houston = sharedData('houston-2018', 'houston_dataset.mat')
  it.skipIf(houston === null)('takes the cube, not the colour picture of as many values', async () => {
    const reader = await openMat(houston as string)
    expect(reader.header.metadata).toEqual({ kind: 'mat', variable: 'hyprImg' })
    expect(reader.header.notices.map(({ code }) => code)).toEqual(['variable-chosen'])
    await reader.close()
  })

  const catIsland = sharedData('cat-island', 'cat-island.mat')
  it.skipIf(catIsland === null)('tells stored integers from the class double', async () => {
    const reader = await openMat(catIsland as string)
    expect(reader.header.sampleType).toBe('int16')
    expect(reader.header.notices.map(({ code }) => code)).toEqual(['stored-type'])
    await reader.close()
  })
})

describe('what is no scene is refused with the reason', () => {
  it.each([
    ['settings', 'unsupported', 'struct'], ['cells', 'unsupported', 'cell'], ['note', 'unsupported', 'char'],
    ['rate', 'unsupported', 'sparse'], ['spectrum', 'unsupported', 'complex'], ['mask', 'unsupported', 'logical'],
    ['flat', 'unsupported', '5 x 7'], ['absent', 'not-found', 'no variable "absent"'],
  ])('v5: %s', async (variable, tag, reason) => {
    for (const name of ['v5.mat', 'v7.mat']) {
      const error = await failure(fixture(name), { variable })
      expect(error.tag).toBe(tag)
      expect(error.message).toContain(reason)
      expect(error.remedy).toContain('--variable NAME: cube (5 x 7 x 9 int16)')
    }
  })

  it.each([
    ['settings', 'struct'], ['note', 'char'], ['spectrum', 'complex'], ['mask', 'logical'], ['flat', '5 x 7'],
    ['elsewhere', 'link'], ['nowhere', 'link'],
  ])('v7.3: %s', async (variable, reason) => {
    const error = await failure(fixture('v73.mat'), { variable })
    expect(error.tag).toBe('unsupported')
    expect(error.message).toContain(reason)
  })

  it('several equal cubes: lists them', async () => {
    const error = await failure(fixture('two-cubes.mat'))
    expect(error.tag).toBe('invalid-argument')
    expect(error.remedy).toContain('first (5 x 7 x 9 int16), second (5 x 7 x 9 int16)')
  })

  it('only flat arrays: names them', async () => {
    const error = await failure(fixture('flat-only.mat'))
    expect(error.tag).toBe('unsupported')
    expect(error.message).toMatch(/flat \(5 x 7 double\); note is a char array/)
  })

  it('version 4 and other files', async () => {
    const path = join(scratch, 'v4.mat')
    writeFileSync(path, Buffer.from([0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 120, 0]))
    expect((await failure(path)).tag).toBe('unsupported')
    expect((await failure(join(scratch, 'absent.mat'))).tag).toBe('not-found')
    expect(matFlavour(Buffer.alloc(0))).toBe('v4-or-none')
  })

  it('more than the budget', async () => {
    for (const name of ['v7.mat', 'v73.mat']) expect((await failure(fixture(name), { budgetBytes: 600 })).tag).toBe('too-large')
  })
})

describe('damaged and hostile files', () => {
  // big-endian.mat: 128 header; matrix tag 128, flags tag 136, dims tag 152 (12 bytes at 160), name tag 176, values tag 192
  it.each<[string, string, (bytes: Buffer) => Buffer | undefined, string]>([
    ['cut short', 'big-endian.mat', (b) => b.subarray(0, b.length - 9), 'truncated'],
    ['a compressed variable cut short', 'types.mat', (b) => b.subarray(0, b.length - 9), 'truncated'],
    ['dimensions in the billions', 'big-endian.mat', (b) => { for (const at of [160, 164, 168]) b.writeInt32BE(0x7fffffff, at) }, 'malformed'],
    ['a negative dimension', 'big-endian.mat', (b) => { b.writeInt32BE(-5, 160) }, 'malformed'],
    ['two million dimensions', 'big-endian.mat', (b) => { b.writeUInt32BE(8_000_000, 156) }, 'malformed'],
    ['values of unknown type', 'big-endian.mat', (b) => { b.writeUInt32BE(99, 192) }, 'malformed'],
    ['fewer values than dimensions say', 'big-endian.mat', (b) => { b.writeUInt32BE(600, 196) }, 'malformed'],
    ['a name that runs past the end', 'big-endian.mat', (b) => { b.writeUInt32BE(1_000_000, 180) }, 'malformed'],
    ['an element of 4 GiB', 'big-endian.mat', (b) => { b.writeUInt32BE(0xfffffff0, 132) }, 'truncated'],
    ['HDF5 cut short', 'v73.mat', (b) => b.subarray(0, 4000), 'truncated'],
    ['HDF5 with a broken chunk', 'v73.mat', (b) => { const chunk = b.indexOf('785e', 0, 'hex'); b.fill(0xff, chunk + 2, chunk + 40) }, 'malformed'],
  ])('%s', async (_, name, change, tag) => {
    expect((await failure(altered(name, change))).tag).toBe(tag)
  })

  /** A compressed variable whose matrix declares `dims` int16 values; `zeros` is what it really inflates to. */
  function bomb(dims: [number, number, number], declaredBytes: number, zeros: number): string {
    const head = Buffer.alloc(72)
    head.writeUInt32LE(14, 0)
    head.writeUInt32LE(64 + declaredBytes, 4)
    head.writeUInt32LE(6, 8)
    head.writeUInt32LE(8, 12)
    head.writeUInt32LE(10, 16)
    head.writeUInt32LE(5, 24)
    head.writeUInt32LE(12, 28)
    dims.forEach((length, i) => head.writeInt32LE(length, 32 + 4 * i))
    head.writeUInt32LE(1, 48)
    head.writeUInt32LE(4, 52)
    head.write('cube', 56)
    head.writeUInt32LE(3, 64)
    head.writeUInt32LE(declaredBytes, 68)
    const body = deflateSync(Buffer.concat([head, Buffer.alloc(zeros)]))
    const tag = Buffer.alloc(8)
    tag.writeUInt32LE(15, 0)
    tag.writeUInt32LE(body.length, 4)
    const front = Buffer.concat([Buffer.from('MATLAB 5.0 MAT-file'.padEnd(124)), Buffer.from([0, 1]), Buffer.from('IM')])
    const path = join(scratch, `bomb-${dims.join('-')}-${zeros}.mat`)
    writeFileSync(path, Buffer.concat([front, tag, body]))
    return path
  }

  it('reads the same construction when it is honest', async () => {
    const reader = await openMat(bomb([100, 100, 10], 200_000, 200_000))
    const samples = await reader.readSamples(wholeWindow(reader.header), [9])
    expect(samples).toEqual(new Int16Array(10_000))
    await reader.close()
  })

  it('refuses a variable that inflates to more, or less, than it declares', async () => {
    for (const zeros of [20_000_000, 150_000]) {
      const error = await failure(bomb([100, 100, 10], 200_000, zeros))
      expect(error.tag).toBe('malformed')
      expect(error.message).toMatch(/inflates to/)
    }
  })

  it('refuses to allocate 2 GB for a few bytes', async () => {
    const before = process.memoryUsage().rss
    const error = await failure(bomb([1000, 1000, 1000], 2_000_000_000, 1000))
    expect(error.tag).toBe('malformed')
    expect(error.message).toContain("can't hold that much")
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20)
  })

  it('refuses an endless list of variables', async () => {
    const path = join(scratch, 'endless.mat')
    writeFileSync(path, Buffer.concat([readFileSync(fixture('big-endian.mat')).subarray(0, 128), Buffer.alloc(8 * 20_000, 0)]))
    expect((await failure(path)).message).toMatch(/more than 10000 variables/)
  })

  it('stops when cancelled, and a later reader still gets its values', async () => {
    for (const name of ['v7.mat', 'v73.mat']) {
      const reader = await openMat(fixture(name))
      const controller = new AbortController()
      const first = reader.readSamples(wholeWindow(reader.header), [0], controller.signal)
      const second = reader.readSamples(wholeWindow(reader.header), [0])
      controller.abort()
      await expect(first).rejects.toMatchObject({ tag: 'cancelled' })
      expect(await second).toHaveLength(35)
      await reader.close()
    }
  })
})
