import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import { fillMissing } from '../../src/main/dataset/fill-missing'
import { addComponentDetail, fitPrincipalComponents, projectComponents } from '../../src/main/dataset/principal-components'
import { largestDifference, picture, reference, withHoles } from './reference'

describe('principal components', () => {
  const image = picture(30, 30, 20)
  const fit = fitPrincipalComponents(image.data, 20, { count: 4 })

  it('as numpy', () => {
    const { vectors, deviations, totalVariance, mean, projected } = reference.components
    expect(largestDifference(fit.mean, mean)).toBeLessThan(1e-5)
    expect(largestDifference(fit.deviations, deviations)).toBeLessThan(1e-5)
    expect(fit.totalVariance).toBeCloseTo(totalVariance, 6)
    expect(largestDifference(fit.vectors, vectors)).toBeLessThan(1e-4)
    expect(largestDifference(projectComponents(image, fit).data.subarray(0, 200), projected)).toBeLessThan(1e-3)
  })

  it('skips pixels with a missing band, and projects them to missing', () => {
    const gaps = withHoles(image, (r, c, b) => r % 5 === 0 && b === c % 20)
    const complete = Float32Array.from({ length: 24 * 30 * 20 }, (_, i) => image.data[i + 600 * (1 + Math.floor(i / 2400))] as number)
    const expected = fitPrincipalComponents(complete, 20, { count: 4 })
    const actual = fitPrincipalComponents(gaps.data, 20, { count: 4 })
    expect(largestDifference(actual.vectors, expected.vectors)).toBe(0)
    const projected = projectComponents(gaps, actual).data
    expect(Number.isNaN(projected[0])).toBe(true)
    expect(Number.isNaN(projected[30 * 4])).toBe(false)
  })

  it('all components together restore the picture', () => {
    const all = fitPrincipalComponents(image.data, 20, { count: 20 })
    const mean = { ...image, data: Float32Array.from(image.data, (_, i) => all.mean[i % 20] as number) }
    expect(largestDifference(addComponentDetail(mean, projectComponents(image, all), all).data, image.data)).toBeLessThan(1e-3)
  })

  it('a constant scene gives finite numbers', () => {
    const constant = { rows: 8, cols: 8, bands: 3, data: new Float32Array(192).fill(5) }
    const flat = fitPrincipalComponents(constant.data, 3, { count: 2 })
    expect(projectComponents(constant, flat).data.every((value) => Math.abs(value) < 1e-6)).toBe(true)
  })

  it('400 bands of eight mixed spectra and noise: orthonormal, falling, in time', () => {
    const random = Random.fromSeed(3)
    const [bands, pixels] = [400, 1500]
    const spectra = Array.from({ length: 8 }, (_, k) => Float64Array.from({ length: bands }, (_, b) => (9 - k) * Math.sin((b * (k + 1)) / 60 + k)))
    const samples = new Float32Array(pixels * bands)
    for (let p = 0; p < pixels; p++) {
      const amounts = spectra.map(() => random.normal())
      for (let b = 0; b < bands; b++) samples[p * bands + b] = spectra.reduce((sum, spectrum, k) => sum + (amounts[k] as number) * (spectrum[b] as number), 0.01 * random.normal())
    }
    const { vectors, deviations, totalVariance } = fitPrincipalComponents(samples, bands, { count: 12 })
    for (let i = 0; i < 12; i++) {
      for (let j = 0; j <= i; j++) {
        let product = 0
        for (let b = 0; b < bands; b++) product += (vectors[i * bands + b] as number) * (vectors[j * bands + b] as number)
        expect(product).toBeCloseTo(i === j ? 1 : 0, 5)
      }
      if (i > 0) expect(deviations[i]).toBeLessThanOrEqual(deviations[i - 1] as number)
    }
    const kept = deviations.slice(0, 8).reduce((sum, deviation) => sum + deviation * deviation, 0)
    expect((totalVariance - kept) / (400 * 0.01 ** 2)).toBeCloseTo(1, 1)
  })
})

describe('fillMissing', () => {
  it('spans a membrane over a gap, as the solution of Laplace\'s equation', () => {
    const whole = { rows: 24, cols: 24, bands: 1, data: Float32Array.from(reference.membrane.picture) }
    const inHole = (r: number, c: number): boolean => (r >= 6 && r < 15 && c >= 8 && c < 20) || (r >= 20 && c < 4)
    const { filled, valid } = fillMissing(withHoles(whole, inHole))
    const span = Math.max(...whole.data) - Math.min(...whole.data)
    const inside = filled.data.filter((_, i) => inHole(Math.floor(i / 24), i % 24))
    expect(largestDifference(inside, reference.membrane.filled)).toBeLessThan(0.02 * span)
    filled.data.forEach((value, i) => { if (valid[i] === 1) expect(value).toBe(whole.data[i]) })
    expect(valid.filter((value) => value === 0).length).toBe(9 * 12 + 16)
  })

  it('fills each band by itself, an empty band with 0, and counts a pixel as valid when the others are', () => {
    const image = withHoles(picture(9, 7, 3), (r, c, b) => b === 1 || (b === 2 && r === 3 && c === 3))
    const { filled, valid } = fillMissing(image)
    expect(filled.data.some((value) => Number.isNaN(value))).toBe(false)
    expect(filled.data[1]).toBe(0)
    expect(Array.from(valid).flatMap((value, i) => (value === 0 ? [i] : []))).toEqual([3 * 7 + 3])
  })

  it('returns an image without gaps as it is', () => {
    const image = picture(5, 5, 2)
    expect(fillMissing(image).filled).toBe(image)
  })
})
