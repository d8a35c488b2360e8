import { expect, test } from 'vitest'
import { mtfAtNyquist } from '../../../src/renderer/training/mtf'

/** What is left of a wave of half a cycle a coarse pixel, whose crest is in the middle of one, when `count` fine pixels make a coarse one. */
function contrast(sigma: number, count: number): number {
  const wave = (at: number): number => Math.cos((Math.PI * at) / count)
  const reach = Math.ceil(6 * sigma)
  let [sum, total] = [0, 0]
  for (let shift = -reach; shift <= reach; shift++) {
    const weight = sigma === 0 ? 1 : Math.exp(-((shift / sigma) ** 2) / 2)
    for (let at = 0; at < count; at++) sum += weight * wave(at + 0.5 - count / 2 + shift)
    total += weight * count
  }
  return sum / total
}

test.each([[0, 0.64], [0.3, 0.41], [0.4, 0.29], [0.5, 0.19]])('MTF of block means seen through a Gaussian of %f coarse pixels: %f', (spread, rounded) => {
  expect(mtfAtNyquist(spread * 2, 2)).toBeCloseTo(contrast(spread * 400, 400), 4)
  expect(mtfAtNyquist(spread * 2, 2).toFixed(2)).toBe(rounded.toFixed(2))
  if (spread === 0) expect(mtfAtNyquist(null, 2)).toBe(mtfAtNyquist(0, 2))
})
