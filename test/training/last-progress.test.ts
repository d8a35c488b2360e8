import { describe, expect, test } from 'vitest'
import { lastProgress } from '../../src/main/training/last-progress'

const history = (...scores: number[]) => scores.map((psnr, index) => ({ step: 34 * (index + 1), loss: 0.1, psnr }))

describe('progress of a fine-tuning', () => {
  test('none before the first validation, which is progress itself', () => {
    expect(lastProgress([])).toBe(0)
    expect(lastProgress(history(31.2))).toBe(34)
  })

  test('gains that are not worth waiting for do not count, even many of them in a row that stay within 0.05 dB', () => {
    expect(lastProgress(history(40.75, 40.64, 40.76, 40.78, 40.79, 40.72))).toBe(34)
  })

  test('slow gains that add up count', () => {
    expect(lastProgress(history(40, 40.03, 40.06, 40.09, 40.115))).toBe(34 * 5)
  })

  test('rising again after a fall is no progress', () => {
    expect(lastProgress(history(40, 40.2, 39, 40.1, 40.2))).toBe(68)
  })
})
