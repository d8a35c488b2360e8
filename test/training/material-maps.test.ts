import { expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import { withMaterialMaps } from '../../src/main/training/material-maps'

/** Two fields of different colour beside each other, with a little variation. */
function twoFields(): Image {
  const random = Random.fromSeed(4)
  const data = Float32Array.from({ length: 12 * 10 * 2 }, (_, i) => ((Math.floor(i / 2) % 10 < 5 ? -1 : 1) * (i % 2 === 0 ? 1 : -1)) + 0.05 * random.normal())
  return { rows: 12, cols: 10, bands: 2, data }
}

it('keeps the components and adds standardised maps of where a colour lies', () => {
  const image = twoFields()
  const made = withMaterialMaps(image, 3, Random.fromSeed(1))
  expect([made.rows, made.cols, made.bands]).toEqual([12, 10, 5])
  const band = (at: number): number[] => Array.from({ length: 120 }, (_, pixel) => made.data[pixel * 5 + at] as number)
  expect(band(0)).toEqual(Array.from({ length: 120 }, (_, pixel) => image.data[pixel * 2]))
  for (const at of [2, 3, 4]) {
    const values = band(at)
    const mean = values.reduce((sum, value) => sum + value, 0) / 120
    expect(mean).toBeCloseTo(0, 5)
    expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 120).toBeCloseTo(1, 4)
    // one field is the material, the other is not: every pixel of one lies above every pixel of the other
    const left = values.filter((_, pixel) => pixel % 10 < 5)
    const right = values.filter((_, pixel) => pixel % 10 >= 5)
    expect(Math.min(...left) > Math.max(...right) || Math.min(...right) > Math.max(...left)).toBe(true)
  }
})

it('draws the same maps for the same seed, and none of a picture without contrast', () => {
  const image = twoFields()
  expect(withMaterialMaps(image, 2, Random.fromSeed(7)).data).toEqual(withMaterialMaps(image, 2, Random.fromSeed(7)).data)
  const flat = { rows: 4, cols: 4, bands: 1, data: new Float32Array(16) }
  expect(withMaterialMaps(flat, 2, Random.fromSeed(1)).bands).toBe(1)
})
