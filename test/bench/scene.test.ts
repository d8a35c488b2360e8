import { expect, it } from 'vitest'
import { benchSamples } from '../../src/main/workers/bench-scene'

const whole = { row: 0, col: 0, rows: 48, cols: 40 }

it('makes the same scene whatever the blocks', () => {
  const bands = 6
  const all = benchSamples(whole, bands, 'int16')
  const part = benchSamples({ row: 17, col: 9, rows: 5, cols: 11 }, bands, 'int16')
  for (let row = 0; row < 5; row++) {
    const start = ((17 + row) * whole.cols + 9) * bands
    expect(part.subarray(row * 11 * bands, (row + 1) * 11 * bands)).toEqual(all.subarray(start, start + 11 * bands))
  }
})

it.each(['int16', 'float32'] as const)('has texture and fits its type: %s', (type) => {
  const samples = benchSamples(whole, 6, type)
  const values = Array.from(samples)
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...values)).toBeLessThan(8000)
  expect(new Set(values).size).toBeGreaterThan(1000)
  expect(values.every((value) => Number.isInteger(value * (type === 'float32' ? 8 : 1)))).toBe(true)
})
