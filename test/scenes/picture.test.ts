import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StudioError } from '../../src/main/common/errors'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import type { PixelWindow } from '../../src/main/cube/pixel-window'
import { openCube } from '../../src/main/formats/registry'
import { readPicture, type PictureRequest } from '../../src/main/scenes/picture'
import { nearestPixels } from '../../src/main/scenes/picture-pieces'
import { readSpectrum } from '../../src/main/scenes/spectrum'
import { memoryReader, plainHeader } from '../memory-scene'
import { expectedAt, STORAGE, temporaryFolder, writeScene } from './scene-files'

const ROWS = 75
const COLS = 52
const BANDS = 9

async function open(file: string, options: (typeof STORAGE)[number][2]): Promise<CubeReader> {
  const reader = await openCube(await writeScene(join(await temporaryFolder(), file), { rows: ROWS, cols: COLS, bands: BANDS, options }))
  onTestFinished(() => reader.close())
  return reader
}

/** The picture by its definition: the pixel at the middle of each part. */
function nearest({ window, bands, rows, cols }: PictureRequest): Float32Array {
  const pixel = (first: number, size: number, parts: number, i: number): number => first + Math.floor(((i + 0.5) * size) / parts)
  const values: number[] = []
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      for (const band of bands) values.push(expectedAt(pixel(window.row, window.rows, rows, row), pixel(window.col, window.cols, cols, col), band))
    }
  }
  return Float32Array.from(values)
}

/** Windows inside the scene and pictures of them, reduced or not. */
const requests: fc.Arbitrary<PictureRequest> = fc.record({
  row: fc.nat(ROWS - 1), col: fc.nat(COLS - 1), bands: fc.array(fc.nat(BANDS - 1), { minLength: 1, maxLength: 4 }),
}).chain(({ row, col, bands }) => fc.tuple(fc.integer({ min: 1, max: ROWS - row }), fc.integer({ min: 1, max: COLS - col })).chain(([rows, cols]) =>
  fc.record({ window: fc.constant({ row, col, rows, cols }), bands: fc.constant(bands), rows: fc.integer({ min: 1, max: rows }), cols: fc.integer({ min: 1, max: cols }) })))

async function failure(promise: Promise<unknown>): Promise<StudioError> {
  return promise.then(() => { throw new Error('this should have failed') }, (error: StudioError) => error)
}

describe.each(STORAGE)('pictures of %s', (_name, file, options) => {
  it('hold the nearest pixel of every part, exact when not reduced, NaN where there is no data', async () => {
    const reader = await open(file, options)
    await fc.assert(fc.asyncProperty(requests, async (request) => {
      const { rows, cols, data } = await readPicture(reader, request)
      expect([rows, cols]).toEqual([request.rows, request.cols])
      expect(data).toEqual(nearest(request))
    }), { numRuns: 40 })
  })

  it('agree with spectra', async () => {
    const reader = await open(file, options)
    const spectrum = await readSpectrum(reader, 40, 17)
    expect(spectrum).toEqual(Float32Array.from({ length: BANDS }, (_, band) => expectedAt(40, 17, band)))
    expect((await failure(readSpectrum(reader, ROWS, 0))).tag).toBe('invalid-argument')
  })
})

describe('pictures', () => {
  const whole = { row: 0, col: 0, rows: ROWS, cols: COLS }
  const scene = (): CubeReader => {
    const values = Float32Array.from({ length: ROWS * COLS * BANDS }, (_, i) => i)
    return memoryReader(plainHeader(ROWS, COLS, BANDS), values)
  }

  it('are cut to the scene at the resolution asked for, and never enlarged', async () => {
    const cut = await readPicture(scene(), { window: { row: -25, col: 26, rows: 100, cols: 52 }, bands: [0], rows: 20, cols: 26 })
    expect([cut.rows, cut.cols]).toEqual([15, 13])
    const large = await readPicture(scene(), { window: { row: 70, col: 50, rows: 5, cols: 2 }, bands: [1], rows: 500, cols: 200 })
    expect([large.rows, large.cols, ...large.data.subarray(0, 2)]).toEqual([5, 2, (70 * COLS + 50) * BANDS + 1, (70 * COLS + 51) * BANDS + 1])
  })

  it.each([
    ['a window outside', { window: { row: 0, col: 60, rows: 5, cols: 5 }, bands: [0], rows: 5, cols: 5 }, 'invalid-argument'],
    ['a band that does not exist', { window: whole, bands: [BANDS], rows: 5, cols: 5 }, 'invalid-argument'],
    ['no band', { window: whole, bands: [], rows: 5, cols: 5 }, 'invalid-argument'],
    ['too many values', { window: whole, bands: new Array<number>(65_535).fill(0), rows: ROWS, cols: COLS }, 'too-large'],
  ])('refuse %s', async (_name, request, tag) => {
    expect((await failure(readPicture(scene(), request))).tag).toBe(tag)
  })

  it('read the rows that are needed and no others', async () => {
    const reader = scene()
    // so wide that reading a row in vain is never worth it
    const header = { ...plainHeader(4000, 100_000, 2, 'int16'), interleave: 'bsq' as const }
    const asked: PixelWindow[] = []
    const wide: CubeReader = {
      ...reader, header,
      readSamples: (window, bands) => {
        asked.push(window)
        return Promise.resolve(new Int16Array(window.rows * window.cols * bands.length))
      },
    }
    await readPicture(wide, { window: { row: 0, col: 0, rows: 4000, cols: 100_000 }, bands: [0], rows: 40, cols: 50 })
    expect(asked.map(({ row }) => row)).toEqual([...nearestPixels(0, 4000, 40)])
    expect(asked.every(({ rows }) => rows === 1)).toBe(true)
  })

  it('read every compressed block once', async () => {
    const asked: PixelWindow[] = []
    const plain = scene()
    const blocks: CubeReader = {
      ...plain, compressedBlock: { rows: 32, cols: 32, bands: BANDS },
      readSamples: (window, bands) => {
        asked.push(window)
        return plain.readSamples(window, bands)
      },
    }
    const request = { window: whole, bands: [2], rows: 30, cols: 20 }
    expect(await readPicture(blocks, request)).toEqual(await readPicture(plain, request))
    const ids = asked.map(({ row, col }) => `${Math.floor(row / 32)},${Math.floor(col / 32)}`)
    expect(new Set(ids).size).toBe(ids.length)
    expect(asked.every(({ row, rows, col, cols }) => row % 32 + rows <= 32 && col % 32 + cols <= 32)).toBe(true)
  })

  it('hear a cancellation between rows', async () => {
    const controller = new AbortController()
    let reads = 0
    const slow: CubeReader = {
      ...scene(), header: { ...plainHeader(4000, 100_000, 1, 'int16'), interleave: 'bsq' },
      readSamples: async (window) => {
        await new Promise((resolve) => setImmediate(resolve))
        if (++reads === 10) controller.abort()
        return new Int16Array(window.cols)
      },
    }
    const picture = readPicture(slow, { window: { row: 0, col: 0, rows: 4000, cols: 100_000 }, bands: [0], rows: 1000, cols: 10 }, controller.signal)
    expect((await failure(picture)).tag).toBe('cancelled')
    expect(reads).toBeLessThan(20)
  })
})
