import { describe, expect, it } from 'vitest'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import type { PixelWindow } from '../../src/main/cube/pixel-window'
import { polygonSpans } from '../../src/main/cube/polygon-spans'
import { regionSpectrum } from '../../src/main/scenes/region-spectrum'
import { BANDS, COLS, reference, ROWS, scene } from '../analysis/cubes'

it('gives mean and standard deviation as numpy does', async () => {
  const { mean, deviation, pixels } = await regionSpectrum(scene(), { row: 3, col: 2, rows: 6, cols: 5 }, null)
  expect(pixels).toBe(30)
  mean.forEach((value, band) => { expect(value).toBeCloseTo(reference.regionMean[band] as number, 3) })
  deviation.forEach((value, band) => { expect(value).toBeCloseTo(reference.regionDeviation[band] as number, 3) })
})

it('leaves missing values out, cuts the window to the scene and refuses one outside', async () => {
  const holed = scene((values) => {
    values[0] = NaN
    values.fill(NaN, BANDS, 2 * BANDS)
    for (let i = 2; i < values.length; i += BANDS) values[i] = NaN
  })
  const { mean, deviation, pixels } = await regionSpectrum(holed, { row: -5, col: -5, rows: 6, cols: 8 }, null)
  expect(pixels).toBe(2)
  expect(mean[2]).toBeNaN()
  expect([deviation[0], deviation[2]]).toEqual([0, NaN])
  await expect(regionSpectrum(holed, { row: ROWS, col: 0, rows: 1, cols: COLS }, null)).rejects.toMatchObject({ tag: 'invalid-argument' })
})

describe('over a polygon', () => {
  const whole = { row: -10, col: -10, rows: 40, cols: 40 }
  const star = Array.from({ length: 5 }, (_, index) => ({ row: reference.star[2 * index] as number, col: reference.star[2 * index + 1] as number }))

  it('counts the pixels whose centres are enclosed once, as numpy does', async () => {
    const { mean, deviation, pixels } = await regionSpectrum(scene(), whole, star)
    expect([pixels]).toEqual(reference.starPixels)
    mean.forEach((value, band) => { expect(value).toBeCloseTo(reference.starMean[band] as number, 3) })
    deviation.forEach((value, band) => { expect(value).toBeCloseTo(reference.starDeviation[band] as number, 3) })
  })

  it('is the window where the polygon is one, and cut at it', async () => {
    const square = [{ row: 3, col: 2 }, { row: 3, col: 7 }, { row: 9, col: 7 }, { row: 9, col: 2 }]
    const window = { row: 3, col: 2, rows: 6, cols: 5 }
    expect(await regionSpectrum(scene(), whole, square)).toEqual(await regionSpectrum(scene(), window, null))
    const cut = { ...window, row: 5, rows: 2 }
    expect(await regionSpectrum(scene(), cut, square)).toEqual(await regionSpectrum(scene(), cut, null))
  })

  it('has nothing to say of a polygon between the centres', async () => {
    const { mean, deviation, pixels } = await regionSpectrum(scene(), whole, [{ row: 4.6, col: 4.6 }, { row: 4.6, col: 4.9 }, { row: 4.9, col: 4.9 }])
    expect([pixels, mean[0], deviation[0]]).toEqual([0, NaN, NaN])
  })

  it('gives a centre on an edge to one of two neighbours', () => {
    const [left, right] = [[0.5, 3.5], [3.5, 8.5]].map(([from = 0, to = 0]) => [{ row: 0.5, col: from }, { row: 0.5, col: to }, { row: 4.5, col: to }, { row: 4.5, col: from }])
    expect([polygonSpans(left ?? [], 2), polygonSpans(right ?? [], 2)]).toEqual([[[0, 3]], [[3, 8]]])
    expect([0, 4].map((row) => polygonSpans(left ?? [], row))).toEqual([[[0, 3]], []])
  })

  it('reads only what lies around it', async () => {
    const read: PixelWindow[] = []
    const small = scene()
    const watched: CubeReader = { ...small, readSamples: (window, bands) => { read.push(window); return small.readSamples(window, bands) } }
    await regionSpectrum(watched, whole, [{ row: 4.2, col: 3.2 }, { row: 4.2, col: 7.8 }, { row: 8.7, col: 5 }])
    expect(read).toEqual([{ row: 4, col: 3, rows: 4, cols: 5 }])
  })
})
