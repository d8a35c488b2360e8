import { describe, expect, it } from 'vitest'
import { backProject, backProjectedBicubic, projectConsistent } from '../../src/main/dataset/back-projection'
import { degrade } from '../../src/main/dataset/degrade'
import { upsample } from '../../src/main/dataset/resample'
import { roundTrip } from '../../src/main/dataset/round-trip'
import { largestDifference, picture, reference, withHoles } from './reference'

const TOLERANCE = 2e-5

describe('degrade', () => {
  it('takes block means and cuts what does not fill a block', () => {
    const image = picture(13, 11, 2)
    expect(degrade(image, 2)).toMatchObject({ rows: 6, cols: 5, bands: 2 })
    expect(largestDifference(degrade(image, 2).data, reference.block2)).toBeLessThan(TOLERANCE)
    expect(largestDifference(degrade(image, 3).data, reference.block3)).toBeLessThan(TOLERANCE)
  })

  it('blurs by the Gaussian of scipy first', () => {
    const low = degrade(picture(13, 11, 2), 2, { kind: 'gaussian', sigma: 1.5 })
    expect(largestDifference(low.data, reference.gaussian2)).toBeLessThan(TOLERANCE)
  })

  it('averages the valid pixels, NaN where fewer than half are valid', () => {
    const image = { rows: 2, cols: 6, bands: 1, data: Float32Array.from([1, 2, 1, NaN, 1, NaN, 3, NaN, 4, NaN, NaN, NaN]) }
    expect(Array.from(degrade(image, 2).data)).toEqual([2, 2.5, NaN])
  })

  it.each([{ kind: 'block' } as const, { kind: 'gaussian', sigma: 1 } as const])('keeps a constant constant beside gaps: %j', (kernel) => {
    const image = withHoles({ rows: 12, cols: 12, bands: 2, data: new Float32Array(288).fill(7) }, (r, c, b) => b === 1 && r > 3 && r < 7 && c > 4)
    const { data } = degrade(image, 2, kernel)
    expect(data.some((value) => Number.isNaN(value))).toBe(true)
    expect(data.every((value) => Number.isNaN(value) || Math.abs(value - 7) < 1e-5)).toBe(true)
  })
})

describe('upsample', () => {
  it.each(['nearest', 'bilinear', 'bicubic', 'lanczos3'] as const)('%s as Pillow, with repeated edges', (method) => {
    for (const scale of [2, 3, 4]) {
      const result = upsample(picture(6, 5, 2), scale, method)
      expect(result).toMatchObject({ rows: 6 * scale, cols: 5 * scale, bands: 2 })
      expect(largestDifference(result.data, reference.resample[method][String(scale)] as number[]), `${scale}x`).toBeLessThan(TOLERANCE)
    }
  })

  it.each(['nearest', 'bilinear', 'bicubic', 'lanczos3'] as const)('%s is missing exactly where the nearest pixel is and keeps a constant', (method) => {
    const image = withHoles({ rows: 9, cols: 8, bands: 2, data: new Float32Array(144).fill(3) }, (r, c, b) => b === 0 && ((r === 4 && c > 2) || (r === 0 && c === 0)))
    const { data } = upsample(image, 3, method)
    const nearest = upsample(image, 3, 'nearest').data
    data.forEach((value, i) => {
      expect(Number.isNaN(value)).toBe(Number.isNaN(nearest[i]))
      if (!Number.isNaN(value)) expect(value).toBeCloseTo(3, 4)
    })
  })

  it.each([2, 3, 4, 8])('round trip on the coarse grid equals enlarging and reducing, %ix', (scale) => {
    const image = picture(9, 7, 2)
    for (const kernel of [{ kind: 'block' }, { kind: 'gaussian', sigma: 0.3 * scale }, { kind: 'gaussian', sigma: 0.7 * scale }] as const) {
      const slow = degrade(upsample(image, scale, 'bicubic'), scale, kernel).data
      expect(largestDifference(roundTrip(image, scale, kernel)(image).data, slow)).toBeLessThan(TOLERANCE)
    }
  })
})

describe('back-projection', () => {
  it.each([2, 3] as const)('bicubic and five rounds at %ix as the definition in numpy', (scale) => {
    const low = picture(7, 6, 1)
    const truth = reference[`backProjected${scale}`]
    expect(largestDifference(backProjectedBicubic(low, scale, 5).data, truth)).toBeLessThan(5e-5)
    expect(largestDifference(backProject(upsample(low, scale, 'bicubic'), low, 5).data, truth)).toBeLessThan(5e-5)
  })

  it.each([{ kind: 'block' } as const, { kind: 'gaussian', sigma: 1 } as const])('brings the degraded result closer to the input: %j', (kernel) => {
    const low = picture(12, 12, 2)
    const distance = (iterations: number): number => largestDifference(degrade(backProjectedBicubic(low, 2, iterations, kernel), 2, kernel).data, low.data)
    expect(distance(5)).toBeLessThan(0.5 * distance(0))
  })

  it('does not spread missing values', () => {
    const low = withHoles(picture(10, 10, 2), (r, c, b) => b === 1 && r > 6 && c > 5)
    const result = backProjectedBicubic(low, 2, 5)
    const nearest = upsample(low, 2, 'nearest')
    result.data.forEach((value, i) => expect(Number.isNaN(value)).toBe(Number.isNaN(nearest.data[i])))
    expect(Math.max(...result.data.filter((value) => !Number.isNaN(value)))).toBeLessThan(25)
  })

  it('projectConsistent makes the block means equal to the input', () => {
    const low = withHoles(picture(8, 8, 2), (r, c) => r === 2 && c === 3)
    const estimate = picture(16, 16, 2)
    const result = projectConsistent(estimate, low, 2)
    const means = degrade(result, 2).data
    low.data.forEach((value, i) => { if (!Number.isNaN(value)) expect(means[i]).toBeCloseTo(value, 4) })
    // Where the input knows nothing the estimate stays.
    expect(result.data[(4 * 16 + 6) * 2]).toBe(estimate.data[(4 * 16 + 6) * 2])
    expect(result.data.some((value) => Number.isNaN(value))).toBe(false)
  })
})
