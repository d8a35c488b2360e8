import { expect, it } from 'vitest'
import { regionSpectrum } from '../../src/main/scenes/region-spectrum'
import { BANDS, COLS, reference, ROWS, scene } from '../analysis/cubes'

it('gives mean and standard deviation as numpy does', async () => {
  const { mean, deviation, pixels } = await regionSpectrum(scene(), { row: 3, col: 2, rows: 6, cols: 5 })
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
  const { mean, deviation, pixels } = await regionSpectrum(holed, { row: -5, col: -5, rows: 6, cols: 8 })
  expect(pixels).toBe(2)
  expect(mean[2]).toBeNaN()
  expect([deviation[0], deviation[2]]).toEqual([0, NaN])
  await expect(regionSpectrum(holed, { row: ROWS, col: 0, rows: 1, cols: COLS })).rejects.toMatchObject({ tag: 'invalid-argument' })
})
