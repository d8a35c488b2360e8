import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextMovingScale } from '../../../src/renderer/cube/moving-scale'
import { addPoint, DEFAULT_OPACITY, movePoint, opacityAt, opacityTable, removePoint } from '../../../src/renderer/cube/transfer-function'
import { BLOCK, blockRanges, blockTexels } from '../../../src/renderer/cube/volume-blocks'
import { volumePlan } from '../../../src/renderer/cube/volume-plan'

describe('volumePlan', () => {
  it('leaves a small cube as it is', () => {
    expect(volumePlan({ rows: 3, cols: 4, slices: 5 }, 2048)).toEqual({ rows: 3, cols: 4, slices: [0, 1, 2, 3, 4] })
  })
  it('keeps to the limit of a side and of all voxels', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 64, max: 2048 }), (rows, cols, slices, limit) => {
      const plan = volumePlan({ rows, cols, slices }, limit)
      expect(Math.max(plan.rows, plan.cols, plan.slices.length)).toBeLessThanOrEqual(limit)
      expect(plan.rows * plan.cols * plan.slices.length).toBeLessThanOrEqual(Math.max(2 ** 23, 128 * Math.max(plan.rows, plan.cols)))
      expect(plan.slices.every((slice, i) => slice >= 0 && slice < slices && (i === 0 || slice > (plan.slices[i - 1] as number)))).toBe(true)
    }))
  })
})

describe('blocks that the renderer skips', () => {
  const rows = 11
  const cols = 9
  const slices = 10
  it('hold what lies in them and one voxel around', () => {
    const data = new Uint8Array(rows * cols * slices)
    data[(8 * rows + 3) * cols + 2] = 200
    const ranges = blockRanges({ rows, cols, slices, data })
    expect([ranges.slices, ranges.rows, ranges.cols]).toEqual([2, 2, 2])
    // slice 8 is the first of the second block, and the neighbour of the first
    expect(Array.from(ranges.max)).toEqual([200, 0, 0, 0, 200, 0, 0, 0])
    expect(Array.from(ranges.min)).toEqual(new Array(8).fill(0))
  })
  it('are never skipped when a voxel in them can be seen', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: rows * cols * slices, maxLength: rows * cols * slices }), fc.integer({ min: 1, max: 255 }), (data, threshold) => {
      const opacity = Float32Array.from({ length: 256 }, (_, value) => Number(value === threshold))
      const ranges = blockRanges({ rows, cols, slices, data })
      const texels = blockTexels(ranges, opacity, false)
      data.forEach((value, at) => {
        const [z, y, x] = [Math.floor(at / (rows * cols)), Math.floor(at / cols) % rows, at % cols].map((voxel) => Math.floor(voxel / BLOCK)) as [number, number, number]
        const block = (z * ranges.rows + y) * ranges.cols + x
        expect(texels[2 * block]).toBeGreaterThanOrEqual(value)
        if (value === threshold) expect(texels[2 * block + 1]).toBe(255)
      })
    }), { numRuns: 20 })
  })
  it('are skipped when nothing between their least and greatest value can be seen', () => {
    const ranges = { slices: 1, rows: 1, cols: 3, min: Uint8Array.from([10, 10, 0]), max: Uint8Array.from([20, 90, 0]) }
    const opacity = Float32Array.from({ length: 256 }, (_, value) => Number(value >= 50))
    expect(Array.from(blockTexels(ranges, opacity, false))).toEqual([20, 0, 90, 255, 0, 0])
    // of signed values what is farthest from 128 counts, on either side
    expect(Array.from(blockTexels({ ...ranges, min: Uint8Array.from([100, 128, 1]), max: Uint8Array.from([130, 138, 128]) }, opacity, true))).toEqual([56, 255, 20, 255, 254, 255])
  })
})

describe('the opacity curve', () => {
  const points = [{ at: 0, opacity: 0 }, { at: 0.5, opacity: 0.4 }, { at: 1, opacity: 1 }]
  it('is straight between its corners', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((at) => opacityAt(points, at))).toEqual([0, 0.2, 0.4, 0.7, 1].map((value) => expect.closeTo(value, 9) as number))
  })
  it('never shows what has no data', () => {
    expect(opacityTable([{ at: 0, opacity: 1 }, { at: 1, opacity: 1 }], false)[0]).toBe(0)
    const table = opacityTable(DEFAULT_OPACITY, false)
    expect([table[1], table[255]]).toEqual([0, expect.closeTo(0.6, 6)])
  })
  it('goes both ways from zero for signed values, and never shows zero', () => {
    const table = opacityTable([{ at: 0, opacity: 0.2 }, { at: 1, opacity: 1 }], true)
    expect([table[0], table[128]]).toEqual([0, 0])
    for (const step of [1, 50, 127]) {
      expect(table[128 - step]).toBeCloseTo(0.2 + (0.8 * step) / 127, 6)
      expect(table[128 + step]).toBe(table[128 - step])
    }
  })
  it('keeps its corners in order and inside', () => {
    expect(movePoint(points, 1, { at: 2, opacity: 7 })[1]).toEqual({ at: 1, opacity: 1 })
    expect(movePoint(points, 0, { at: 0.4, opacity: 0.3 })[0]).toEqual({ at: 0, opacity: 0.3 })
    expect(addPoint(points, { at: 0.7, opacity: 0.5 }).map(({ at }) => at)).toEqual([0, 0.5, 0.7, 1])
    expect(addPoint(points, { at: 5, opacity: -1 })[2]).toEqual({ at: 0.999, opacity: 0 })
    expect(removePoint(points, 1)).toHaveLength(2)
    expect(removePoint(points, 2)).toEqual(points)
  })
})

describe('nextMovingScale', () => {
  it('goes down at once, up slowly, and settles', () => {
    expect(nextMovingScale(1, 180)).toBeCloseTo(0.5, 9)
    expect(nextMovingScale(0.5, 10)).toBeCloseTo(0.55, 9)
    expect(nextMovingScale(0.3, 1e5)).toBe(0.2)
    let scale = 1
    // a card that needs 200 ms for the whole picture
    for (let i = 0; i < 20; i++) scale = nextMovingScale(scale, 200 * scale ** 2)
    expect(200 * scale ** 2).toBeCloseTo(45, 3)
  })
})
