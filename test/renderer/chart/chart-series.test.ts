import { describe, expect, it } from 'vitest'
import { alignSeries, seriesToCsv, smooth, valueRange } from '../../../src/renderer/shared/chart/chart-series'

describe('alignSeries', () => {
  it('puts series of different x side by side; gaps and absences differ', () => {
    const aligned = alignSeries([{ x: [1, 2, 3], y: [5, NaN, 7] }, { x: [2, 4], y: [1, 2] }], false)
    expect(aligned).toEqual([[1, 2, 3, 4], [5, null, 7, undefined], [undefined, 1, undefined, 2]])
  })

  it('keeps the columns of series that share their x', () => {
    const x = Float64Array.of(1, 2)
    expect(alignSeries([{ x, y: [1, 2] }, { x: [1, 2], y: [3, 4] }], false)).toEqual([[1, 2], [1, 2], [3, 4]])
  })

  it('leaves out what a logarithmic axis cannot show', () => {
    expect(alignSeries([{ x: [1, 2, 3], y: [0, -1, 2] }], true)).toEqual([[1, 2, 3], [null, null, 2]])
  })

  it('is empty without series', () => {
    expect(alignSeries([], false)).toEqual([[]])
  })
})

describe('valueRange', () => {
  it('covers values in view and lines, with a margin', () => {
    expect(valueRange([[1, 2, 3], [0, 10, 1000]], [{ label: '', value: 20, color: '' }], false, 1, 2)).toEqual([-1.6, 21.6])
  })

  it('is not empty for one value or none', () => {
    const [low, high] = valueRange([[1], [5]], [], false)
    expect(low).toBeLessThan(5)
    expect(high).toBeGreaterThan(5)
    expect(valueRange([[]], [], false)).toEqual([0, 1])
    expect(valueRange([[1], [0]], [], true)).toEqual([0.1, 1])
  })
})

describe('valueRange of a logarithmic axis', () => {
  it('ends at one significant digit, around all values', () => {
    expect(valueRange([[1, 2], [0.123, 0.36]], [], true)).toEqual([0.1, 0.4])
    expect(valueRange([[1], [0.0957]], [], true)).toEqual([0.08, 0.2])
    expect(valueRange([[1], [950]], [], true)).toEqual([800, 2000])
  })
})

describe('seriesToCsv', () => {
  it('has a column a series and quotes labels', () => {
    const csv = seriesToCsv('step', [{ label: 'loss, smooth', x: [1, 2], y: [0.5, NaN], color: '' }, { label: 'psnr', x: [2], y: [30], color: '' }])
    expect(csv).toBe('step,"loss, smooth",psnr\n1,0.5,\n2,,30\n')
  })
})

describe('smooth', () => {
  it('is unbiased from the first value on', () => {
    expect([...smooth([4, 4, 4], 0.9)].map((value) => Number(value.toFixed(12)))).toEqual([4, 4, 4])
    expect([...smooth([1, 2], 0)]).toEqual([1, 2])
  })

  it('passes over gaps', () => {
    const values = smooth([1, NaN, 1], 0.5)
    expect(values[1]).toBeNaN()
    expect(values[2]).toBeCloseTo(1, 12)
  })
})
