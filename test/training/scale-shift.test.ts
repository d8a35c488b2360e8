import { describe, expect, it } from 'vitest'
import type { Image } from '../../src/main/cube/image'
import { degrade } from '../../src/main/dataset/degrade'
import { halfway, shiftedTruths, softened } from '../../src/main/training/scale-shift'

const components: Image = { rows: 24, cols: 24, bands: 2, data: Float32Array.from({ length: 24 * 24 * 2 }, (_, i) => Math.sin(i * 1.7) + Math.cos(i * 0.13)) }
const variance = ({ data }: Image): number => data.reduce((sum, value) => sum + value * value, 0) / data.length

describe('truths at the scale of use', () => {
  it('are noisy only where a low-resolution pixel is, and the same for the same seed', () => {
    const [sharp, soft] = shiftedTruths(components, 2, 7) as [Image, Image]
    // block means carry the noise, what is within a block does not
    const within = (image: Image): number[] => {
      const means = degrade(image, 2)
      return Array.from(image.data, (value, i) => value - (means.data[(Math.floor(i / 48 / 2) * 12 + Math.floor((i % 48) / 4)) * 2 + (i % 2)] as number))
    }
    const own = within(components)
    within(sharp).forEach((value, i) => { expect(value).toBeCloseTo(own[i] as number, 5) })
    expect(Math.sqrt(variance({ ...components, data: degrade(sharp, 2).data.map((value, i) => value - (degrade(components, 2).data[i] as number)) }))).toBeCloseTo(0.1, 1)
    expect(variance(soft)).toBeLessThan(variance(softened(components)) + 0.08)
    expect(shiftedTruths(components, 2, 7)[1]?.data).toEqual(soft.data)
    expect(shiftedTruths(components, 2, 8)[1]?.data).not.toEqual(soft.data)
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
