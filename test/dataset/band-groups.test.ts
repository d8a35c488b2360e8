import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandGroups, blendWeights, groupBands } from '../../src/main/dataset/band-groups'

describe('band groups', () => {
  it('move the last group back so that no band is lost', () => {
    expect(bandGroups(102).map(({ start }) => start)).toEqual([0, 24, 48, 70])
    expect(bandGroups(103).map(({ start }) => start)).toEqual([0, 24, 48, 71])
    expect(bandGroups(32)).toEqual([{ start: 0 }])
    expect(bandGroups(33).map(({ start }) => start)).toEqual([0, 1])
    expect(bandGroups(56).map(({ start }) => start)).toEqual([0, 24])
  })

  it('fill up a scene of fewer bands by repeating its last band', () => {
    expect(bandGroups(5)).toEqual([{ start: 0 }])
    expect(groupBands({ start: 0 }, 5)).toEqual([0, 1, 2, 3, ...Array<number>(28).fill(4)])
    expect([...(blendWeights(bandGroups(5), 5)[0] as Float64Array)]).toEqual([1, 1, 1, 1, 1, ...Array<number>(27).fill(0)])
  })

  it('cover every band of 1 to 400, share the overlap, and blend with weights that sum to one', () => {
    for (let bands = 1; bands <= 400; bands++) {
      const groups = bandGroups(bands)
      const sums = new Float64Array(bands)
      blendWeights(groups, bands).forEach((weights, index) => {
        const members = groupBands(groups[index] as { start: number }, bands)
        weights.forEach((weight, place) => {
          sums[members[place] as number] = (sums[members[place] as number] as number) + weight
        })
      })
      expect(Math.max(...sums.map((sum) => Math.abs(sum - 1))), `${bands} bands`).toBeLessThan(1e-12)
      expect(blendWeights(groups, bands).every((weights) => weights.every((weight) => weight >= 0))).toBe(true)
      groups.slice(1).forEach(({ start }, index) => {
        expect(start).toBeGreaterThan((groups[index] as { start: number }).start)
        expect((groups[index] as { start: number }).start + 32 - start).toBeGreaterThanOrEqual(8)
      })
      expect((groups[groups.length - 1] as { start: number }).start).toBe(Math.max(0, bands - 32))
    }
  })

  it('hold for any size and overlap', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 64 }), fc.nat(), (bands, size, draw) => {
      const overlap = draw % size
      const groups = bandGroups(bands, size, overlap)
      const sums = new Float64Array(bands)
      blendWeights(groups, bands, size).forEach((weights, index) => {
        weights.forEach((weight, place) => { if (weight > 0) sums[(groups[index] as { start: number }).start + place] = (sums[(groups[index] as { start: number }).start + place] as number) + weight })
      })
      return sums.every((sum) => Math.abs(sum - 1) < 1e-12)
    }))
  })

  it('are refused for nonsense', () => {
    expect(() => bandGroups(0)).toThrow(/cannot be put into groups/)
    expect(() => bandGroups(10, 8, 8)).toThrow(/cannot be put into groups/)
    expect(() => bandGroups(1.5)).toThrow(/cannot be put into groups/)
  })
})
