import { describe, expect, it } from 'vitest'
import type { Image } from '../../src/main/cube/image'
import { degrade } from '../../src/main/dataset/degrade'
import { halfway, shiftedTruths, softened } from '../../src/main/training/scale-shift'

const components: Image = { rows: 24, cols: 24, bands: 2, data: Float32Array.from({ length: 24 * 24 * 2 }, (_, i) => Math.sin(i * 1.7) + Math.cos(i * 0.13)) }
const variance = ({ data }: Image): number => data.reduce((sum, value) => sum + value * value, 0) / data.length

describe('truths at the scale of use', () => {
  it('differ from seed to seed by noise that is one value for a low-resolution pixel, and one is softer than the other', () => {
    const [ours, others] = [shiftedTruths(components, 2, 7), shiftedTruths(components, 2, 8)]
    for (const [variant, noise] of [0.02, 0.1].entries()) {
      const difference = { ...components, data: components.data.map((_, i) => (ours[variant]?.data[i] as number) - (others[variant]?.data[i] as number)) }
      const means = degrade(difference, 2)
      difference.data.forEach((value, i) => {
        const [pixel, band] = [Math.floor(i / 2), i % 2]
        const block = Math.floor(pixel / 24 / 2) * 12 + Math.floor((pixel % 24) / 2)
        expect(value).toBeCloseTo(means.data[block * 2 + band] as number, 5)
      })
      expect(Math.sqrt(variance(means) / 2) / noise).toBeCloseTo(1, 0)
    }
    expect(variance(ours[1] as Image)).toBeLessThan(variance(ours[0] as Image))
    expect(shiftedTruths(components, 2, 7)).toEqual(ours)
  })

  it('leave the components as they are', () => {
    const before = components.data.slice()
    shiftedTruths(components, 2, 1)
    expect(components.data).toEqual(before)
    expect(variance(softened(components))).toBeLessThan(variance(components))
  })
})

describe('halfway', () => {
  it('is the mean of two weights, or what was learnt from none', () => {
    expect(halfway(Float32Array.of(0, 2), Float32Array.of(1, 6))).toEqual(Float32Array.of(0.5, 4))
    const after = Float32Array.of(1)
    expect(halfway(null, after)).toBe(after)
  })
})
