import { describe, expect, it } from 'vitest'
import type { Analysis } from '../../src/main/analysis/analysis'
import { computedMap } from '../../src/main/analysis/compute-map'
import type { ComputedMap, Material } from '../../src/main/analysis/computed-map'
import type { PixelWindow } from '../../src/main/cube/pixel-window'
import { BANDS, COLS, reference, result, ROWS, scene, whole } from './cubes'

const { signal } = new AbortController()
const ofScene: Material = { scene: scene(), result: null }
const compared = { reader: result(), window: whole, bands: [0, 1, 2, 3, 4, 5], scale: 2, kernel: { kind: 'block' as const } }
const ofResult: Material = { scene: scene(), result: compared }

function expectClose(actual: ArrayLike<number>, expected: number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] as number))))
  expect(worst).toBeLessThan(tolerance)
}

/** The whole map put together from parts of odd sizes. */
async function byParts(map: ComputedMap, rows: number, cols: number): Promise<Float32Array> {
  const bands = map.bandNames.length
  const all = new Float32Array(map.rows * map.cols * bands)
  for (let row = 0; row < map.rows; row += rows) {
    for (let col = 0; col < map.cols; col += cols) {
      const window: PixelWindow = { row, col, rows: Math.min(rows, map.rows - row), cols: Math.min(cols, map.cols - col) }
      const part = await map.compute(window, signal)
      for (let r = 0; r < window.rows; r++) all.set(part.subarray(r * window.cols * bands, (r + 1) * window.cols * bands), ((row + r) * map.cols + col) * bands)
    }
  }
  return all
}

describe('maps agree with numpy, as a whole and in parts:', () => {
  const cases: [string, Analysis, Material, number[], number][] = [
    ['spectral angle to a polygon', { kind: 'spectral-angle', window: { row: 2, col: 1, rows: 4, cols: 9 }, corners: [{ row: 3, col: 2 }, { row: 3, col: 6 }, { row: 5, col: 6 }, { row: 5, col: 2 }] }, ofScene, reference.angle, 2e-4],
    ['spectral angle to a region', { kind: 'spectral-angle', window: { row: 3, col: 2, rows: 2, cols: 4 } }, ofScene, reference.angle, 2e-4],
    ['NDVI by wavelengths', { kind: 'formula', formula: '(860nm - 650nm) / (860nm + 650nm)' }, ofScene, reference.ndvi, 1e-6],
    ['the same by band numbers', { kind: 'formula', formula: '(b5-b3)/(b5+b3)' }, ofScene, reference.ndvi, 1e-6],
    ['principal components', { kind: 'components' }, ofScene, reference.components, 2e-3],
    ['consistency', { kind: 'consistency' }, ofResult, reference.consistency, 1e-3],
    ['angle to bicubic', { kind: 'bicubic-angle' }, ofResult, reference.bicubicAngle, 2e-4],
  ]
  it.each(cases)('%s', async (_name, analysis, material, expected, tolerance) => {
    const map = await computedMap(analysis, material, signal)
    expectClose(await map.compute({ row: 0, col: 0, rows: map.rows, cols: map.cols }, signal), expected, tolerance)
    expectClose(await byParts(map, 5, 7), expected, tolerance)
  })

  it('components tell their share of the variance', async () => {
    const { bandNames } = await computedMap({ kind: 'components' }, ofScene, signal)
    expect(bandNames.map((name) => Number(/\(([\d.]+) %\)/.exec(name)?.[1]))).toEqual(reference.shares.map((share) => Number(share.toFixed(share >= 9.95 ? 1 : 2))))
  })
})

describe('place of a map', () => {
  it('of a result of a part of the scene, with the bands that it holds', async () => {
    const { reader } = compared
    const half = { row: 4, col: 2, rows: ROWS - 4, cols: COLS - 2 }
    const part: Material = {
      scene: scene(),
      result: { ...compared, window: half, bands: [1, 2, 4], reader: { ...reader, header: { ...reader.header, rows: 2 * half.rows, cols: 2 * half.cols, bands: 3 }, readSamples: (window, bands) => reader.readSamples({ ...window, row: window.row + 8, col: window.col + 4 }, bands.map((band) => [1, 2, 4][band] ?? 0)) } },
    }
    const residual = await computedMap({ kind: 'consistency' }, part, signal)
    expect(residual).toMatchObject({ rows: half.rows, cols: half.cols, origin: { row: 4, col: 2 }, pixelSize: 1 })
    const ndvi = await computedMap({ kind: 'formula', formula: '860nm / 650nm' }, part, signal)
    expect(ndvi).toMatchObject({ rows: 2 * half.rows, cols: 2 * half.cols, origin: { row: 4, col: 2 }, pixelSize: 0.5 })
    await expect(computedMap({ kind: 'formula', formula: 'b1' }, part, signal)).rejects.toMatchObject({ tag: 'mismatch', message: expect.stringContaining('band 1') as string })
  })
})

describe('missing values', () => {
  it('take no part: a band that is missing in one pixel, a pixel that is missing, a band that is empty', async () => {
    const holed = scene((values) => {
      values[(2 * COLS + 3) * BANDS + 1] = NaN
      values.fill(NaN, 7 * COLS * BANDS, (7 * COLS + 1) * BANDS)
      for (let i = 0; i < values.length; i += BANDS) values[i] = NaN
    })
    const all = { row: 0, col: 0, rows: ROWS, cols: COLS }
    for (const analysis of [{ kind: 'spectral-angle', window: { row: 0, col: 0, rows: 3, cols: 5 } }, { kind: 'components' }] as const) {
      const map = await computedMap(analysis, { scene: holed, result: null }, signal)
      const values = await map.compute(all, signal)
      const bands = map.bandNames.length
      expect(values[7 * COLS * bands]).toBeNaN()
      expect(Array.from(values).filter(Number.isNaN).length).toBe(analysis.kind === 'components' ? 2 * bands : 1)
    }
    const ratio = await computedMap({ kind: 'formula', formula: '560nm / (b2 - b2)' }, { scene: holed, result: null }, signal)
    expect((await ratio.compute(all, signal)).every(Number.isNaN)).toBe(true)
  })

  it.each<[string, Analysis, Material, string]>([
    ['a place outside', { kind: 'spectral-angle', window: { row: 99, col: 0, rows: 1, cols: 1 } }, ofScene, 'invalid-argument'],
    ['a comparison without a result', { kind: 'consistency' }, ofScene, 'invalid-argument'],
    ['a result of another size', { kind: 'bicubic-angle' }, { scene: scene(), result: { ...compared, scale: 3 } }, 'mismatch'],
    ['an empty reference', { kind: 'spectral-angle', window: { row: 0, col: 0, rows: 1, cols: 1 } }, { scene: scene((values) => { values.fill(NaN) }), result: null }, 'invalid-argument'],
    ['components of nothing', { kind: 'components' }, { scene: scene((values) => { values.fill(7) }), result: null }, 'unsupported'],
  ])('refuse %s', async (_name, analysis, material, tag) => {
    await expect(computedMap(analysis, material, signal)).rejects.toMatchObject({ tag })
  })
})
