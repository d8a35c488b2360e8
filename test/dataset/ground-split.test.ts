import { describe, expect, it } from 'vitest'
import { splitGround } from '../../src/main/dataset/ground-split'

const invalid = expect.objectContaining({ tag: 'invalid-argument' }) as Error

describe('splitGround', () => {
  it.each([
    [100, 100, 2], [140, 80, 4], [86, 123, 8], [64, 128, 2], [90, 90, 3], [700, 500, 8], [2000, 300, 4],
  ])('%i x %i pixels, aligned to %i: no trained pixel within the guard of the block', (rows, cols, align) => {
    const guard = 7
    const { validation: w, trainable } = splitGround(rows, cols, { fraction: 0.15, guard, align })
    for (const value of [w.row, w.col, w.rows, w.cols]) expect(value % align).toBe(0)
    const share = (w.rows * w.cols) / (rows * cols)
    expect(share).toBeGreaterThan(0.1)
    expect(share).toBeLessThan(0.25)
    let [trained, wrong] = [0, 0]
    trainable.forEach((value, i) => {
      const [r, c] = [Math.floor(i / cols), i % cols]
      const distance = Math.max(w.row - r, r - (w.row + w.rows - 1), w.col - c, c - (w.col + w.cols - 1))
      if (value !== (distance > guard ? 1 : 0)) wrong++
      trained += value
    })
    expect(wrong).toBe(0)
    expect(trained / (rows * cols)).toBeGreaterThan(0.6)
  })

  it('takes a strip across small scenes and a square in large ones', () => {
    expect(splitGround(140, 80, { fraction: 0.15, guard: 4 }).validation).toMatchObject({ rows: 21, cols: 80 })
    expect(splitGround(86, 123, { fraction: 0.15, guard: 4 }).validation).toMatchObject({ rows: 86, cols: 18 })
    expect(splitGround(400, 600, { fraction: 0.15, guard: 4 }).validation).toMatchObject({ rows: 190, cols: 190 })
  })

  it('lies where the picture is valid, and missing pixels are not trained on', () => {
    const valid = Uint8Array.from({ length: 120 * 90 }, (_, i) => (Math.floor(i / 90) < 60 ? 0 : 1))
    const { validation, trainable } = splitGround(120, 90, { fraction: 0.15, guard: 4, valid })
    expect(validation.row).toBeGreaterThanOrEqual(60)
    expect(trainable.subarray(0, 60 * 90).includes(1)).toBe(false)
    expect(trainable.includes(1)).toBe(true)
  })

  it('accepts a given block', () => {
    const block = { row: 40, col: 20, rows: 24, cols: 24 }
    const { validation, trainable } = splitGround(100, 100, { fraction: 0.15, guard: 2, block, align: 4 })
    expect(validation).toEqual(block)
    expect(trainable.reduce((sum, value) => sum + value, 0)).toBe(100 * 100 - 28 * 28)
  })

  it('refuses what can not be divided', () => {
    expect(() => splitGround(20, 20, { fraction: 0.15, guard: 8 })).toThrow(invalid)
    expect(() => splitGround(12, 400, { fraction: 0.15, guard: 2 })).toThrow(invalid)
    expect(() => splitGround(100, 100, { fraction: 0.15, guard: 2, valid: new Uint8Array(10_000) })).toThrow(invalid)
    expect(() => splitGround(100, 100, { fraction: 0.9, guard: 2 })).toThrow(invalid)
    expect(() => splitGround(100, 100, { fraction: 0.15, guard: 2, align: 4, block: { row: 2, col: 0, rows: 20, cols: 20 } })).toThrow(invalid)
    expect(() => splitGround(100, 100, { fraction: 0.15, guard: 2, block: { row: 90, col: 0, rows: 20, cols: 20 } })).toThrow(invalid)
  })
})
