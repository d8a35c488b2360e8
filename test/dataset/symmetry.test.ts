import { expect, it } from 'vitest'
import type { Image } from '../../src/main/cube/image'
import { ALL_SYMMETRIES, applySymmetry, inverseSymmetry, turnVector } from '../../src/main/dataset/symmetry'
import { picture, reference } from './reference'

const counted: Image = { rows: 2, cols: 3, bands: 1, data: Float32Array.from([0, 1, 2, 3, 4, 5]) }

it('turns as numpy: flip rows, flip cols, then transpose', () => {
  for (const symmetry of ALL_SYMMETRIES) {
    const truth = reference.turned[symmetry] as number[][]
    const turned = applySymmetry(counted, symmetry)
    expect([turned.rows, turned.cols]).toEqual([truth.length, truth[0]?.length])
    expect(Array.from(turned.data)).toEqual(truth.flat())
  }
})

it('the inverse undoes it, bands together', () => {
  const image = picture(5, 7, 3)
  for (const symmetry of ALL_SYMMETRIES) {
    const back = applySymmetry(applySymmetry(image, symmetry), inverseSymmetry(symmetry))
    expect(back).toEqual(image)
  }
})

it('turns a displacement as it turns the pixels', () => {
  const spot = (row: number, col: number): Image => ({ rows: 9, cols: 9, bands: 1, data: new Float32Array(81).fill(0).fill(1, row * 9 + col, row * 9 + col + 1) })
  const find = (image: Image): { rows: number; cols: number } => ({ rows: Math.floor(image.data.indexOf(1) / 9), cols: image.data.indexOf(1) % 9 })
  for (const symmetry of ALL_SYMMETRIES) {
    const from = find(applySymmetry(spot(4, 4), symmetry))
    const to = find(applySymmetry(spot(5, 7), symmetry))
    const turned = turnVector({ rows: 1, cols: 3 }, symmetry)
    expect([to.rows - from.rows, to.cols - from.cols]).toEqual([turned.rows, turned.cols])
  }
})
