import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readWindow, type CubeReader } from '../../src/main/cube/cube-reader'
import { wholeWindow, type PixelWindow } from '../../src/main/cube/pixel-window'
import type { ResultPlace } from '../../src/main/dataset/result-place'
import { derivedReader } from '../../src/main/scenes/derived-reader'
import { memoryReader, plainHeader } from '../memory-scene'

const [ROWS, COLS, BANDS] = [9, 8, 4]

/** The formula of derived-reference.py; `change` edits it, as stored with nodata -1. */
function scene(change: (values: Float32Array) => void = () => undefined): CubeReader {
  const values = Float32Array.from({ length: ROWS * COLS * BANDS }, (_, i) => {
    const [b, c, r] = [i % BANDS, Math.floor(i / BANDS) % COLS, Math.floor(i / BANDS / COLS)]
    return 1000 + 400 * Math.sin(0.7 * r + 0.5 * b) + 300 * Math.cos(0.9 * c - 0.3 * b) + ((i * 7919) % 1009) / 5
  })
  change(values)
  return memoryReader({ ...plainHeader(ROWS, COLS, BANDS), nodata: [-1, -1, -1, -1] }, values)
}

const place: ResultPlace = { window: { row: 2, col: 1, rows: 5, cols: 6 }, bands: [2, 0], scale: 3 }

/** A result that lies as `place` says: integers from -32000 to 32000, -9999 = no data. */
function result(change: (values: Float32Array) => void = () => undefined): CubeReader {
  const values = Float32Array.from({ length: 15 * 18 * 2 }, (_, i) => ((i * 7919) % 64_001) - 32_000)
  change(values)
  return memoryReader({
    ...plainHeader(15, 18, 2, 'int16'), nodata: [-9999, -9999], wavelengthNm: [650, 450], badBands: [false, true], gain: [0.1, 0.1], offset: [5, 5], defaultBands: [1],
  }, values)
}

const whole = (reader: CubeReader): Promise<Float32Array> => readWindow(reader, wholeWindow(reader.header))

function part(values: Float32Array, { header: { cols, bands } }: CubeReader, window: PixelWindow, picked: readonly number[]): number[] {
  const out: number[] = []
  for (let row = window.row; row < window.row + window.rows; row++) {
    for (let col = window.col; col < window.col + window.cols; col++) for (const band of picked) out.push(values[(row * cols + col) * bands + band] as number)
  }
  return out
}

const WINDOWS: PixelWindow[] = [
  { row: 0, col: 0, rows: 1, cols: 1 }, { row: 14, col: 17, rows: 1, cols: 1 }, { row: 7, col: 0, rows: 1, cols: 18 }, { row: 0, col: 11, rows: 15, cols: 2 },
  { row: 4, col: 5, rows: 6, cols: 7 }, { row: 13, col: 1, rows: 2, cols: 17 },
]

describe('the scene interpolated to a result', () => {
  it('agrees with numpy, for a part of the scene and some of its bands', async () => {
    const { bicubic } = JSON.parse(readFileSync(new URL('./derived-reference.json', import.meta.url), 'utf8')) as { bicubic: number[] }
    const values = await whole(derivedReader({ kind: 'bicubic', place }, scene(), result()))
    expect(values).toHaveLength(bicubic.length)
    // float32 and four decimals of values up to 2000
    expect(Math.max(...bicubic.map((value, i) => Math.abs(value - (values[i] as number))))).toBeLessThan(1e-3)
  })

  it('is the same in any window and order of bands', async () => {
    const reader = derivedReader({ kind: 'bicubic', place }, scene(), result())
    const all = await whole(reader)
    for (const window of WINDOWS) {
      for (const bands of [[0, 1], [1], [1, 0]]) expect([...await readWindow(reader, window, bands)]).toEqual(part(all, reader, window, bands))
    }
  })

  it('has the result\'s place and bands, as floats, and no pixels outside', async () => {
    const reader = derivedReader({ kind: 'bicubic', place }, scene(), result())
    expect(reader.header).toEqual({ ...result().header, sampleType: 'float32', nodata: [NaN, NaN] })
    await expect(reader.readSamples({ row: 0, col: 0, rows: 16, cols: 1 }, [0])).rejects.toMatchObject({ tag: 'invalid-argument' })
    await expect(reader.readSamples({ row: 0, col: 0, rows: 1, cols: 1 }, [2])).rejects.toMatchObject({ tag: 'invalid-argument' })
  })

  it('lacks what the scene lacks, and takes nothing from beyond its part', async () => {
    const holed = scene((values) => {
      values[((2 + 3) * COLS + 1 + 4) * BANDS + 2] = -1
      // all around the part
      values.fill(1e6, 0, 2 * COLS * BANDS)
      for (let row = 0; row < ROWS; row++) values.fill(1e6, row * COLS * BANDS, (row * COLS + 1) * BANDS)
    })
    const reader = derivedReader({ kind: 'bicubic', place }, holed, result())
    const values = await whole(reader)
    const missing = [...values.keys()].filter((i) => Number.isNaN(values[i]))
    const expected = [9, 10, 11].flatMap((row) => [12, 13, 14].map((col) => (row * 18 + col) * 2))
    expect(missing).toEqual(expected)
    expect(Math.max(...values.filter((value) => !Number.isNaN(value)))).toBeLessThan(2500)
    for (const window of WINDOWS) {
      const there = await readWindow(reader, window)
      const wanted = part(values, reader, window, [0, 1])
      wanted.forEach((value, i) => { if (Number.isNaN(value)) expect(there[i]).toBeNaN(); else expect(there[i]).toBeCloseTo(value, 3) })
    }
  })

  it('is computed in strips that fit', async () => {
    const [rows, cols] = [1200, 1000]
    const large = memoryReader(plainHeader(rows, cols, 1), Float32Array.from({ length: rows * cols }, (_, i) => (i * 7919) % 10_007))
    const reader = derivedReader({ kind: 'bicubic', place: { window: wholeWindow(large.header), bands: [0], scale: 2 } }, large, memoryReader(plainHeader(2 * rows, 2 * cols, 1), new Float32Array(0)))
    const all = await whole(reader)
    const seam = { row: 1995, col: 0, rows: 10, cols: 2 * cols }
    expect(await readWindow(reader, seam)).toEqual(all.subarray(seam.row * 2 * cols, (seam.row + seam.rows) * 2 * cols))
    await expect(reader.readSamples(wholeWindow(reader.header), [0], AbortSignal.abort())).rejects.toMatchObject({ tag: 'cancelled' })
  })
})

describe('the difference of a result and that', () => {
  it('is exactly what is left, missing where either is', async () => {
    const parts = [scene((values) => { values[(4 * COLS + 3) * BANDS] = -1 }), result((values) => { values[7] = -9999 })] as const
    const [difference, bicubic] = [derivedReader({ kind: 'difference', place }, ...parts), derivedReader({ kind: 'bicubic', place }, ...parts)]
    const [values, smooth, sharp] = await Promise.all([difference, bicubic, parts[1]].map(whole)) as [Float32Array, Float32Array, Float32Array]
    expect(values).toEqual(sharp.map((value, i) => value - (smooth[i] as number)))
    expect([...values].filter(Number.isNaN)).toHaveLength(1 + 9)
    for (const window of WINDOWS.slice(0, 3)) expect(await readWindow(difference, window, [1])).toEqual(Float32Array.from(part(values, difference, window, [1])))
  })

  it('keeps the gain and drops the offset', () => {
    const { gain, offset, sampleType } = derivedReader({ kind: 'difference', place }, scene(), result()).header
    expect({ gain, offset, sampleType }).toEqual({ gain: [0.1, 0.1], offset: null, sampleType: 'float32' })
  })
})

it.each<[string, Partial<ResultPlace>]>([
  ['scale', { scale: 2 }], ['choice of bands', { bands: [0, 1, 2] }], ['band', { bands: [0, 4] }], ['part', { window: { row: 5, col: 1, rows: 5, cols: 6 } }],
])('a result of another %s is refused', (_name, change) => {
  expect(() => derivedReader({ kind: 'bicubic', place: { ...place, ...change } }, scene(), result())).toThrow(expect.objectContaining({ tag: 'mismatch' }))
})
