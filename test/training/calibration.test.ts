import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import type { PrincipalComponents } from '../../src/main/dataset/principal-components'
import { errorSigns } from '../../src/main/inference/error-signs'
import { expectedError } from '../../src/main/inference/expected-error'
import { calibrate, coverageOf } from '../../src/main/training/calibration'
import { fitErrorModel } from '../../src/main/training/fit-error-model'
import { joinErrors, knownErrors, type KnownErrors } from '../../src/main/training/known-errors'

const TRUE = { floor: 0.02, spread: 3, detail: 0.4 }

/** Low-resolution pixels of 2 x 2 fine ones whose errors are normal with the variance that `TRUE` gives. */
function drawn(count: number, random: Random): KnownErrors {
  const spread = Float32Array.from({ length: count }, () => 0.05 * random.uniform() ** 3)
  const detail = Float32Array.from({ length: count }, () => random.uniform() ** 2)
  const fine = Float32Array.from({ length: count * 4 }, (_, i) => {
    const pixel = Math.floor(i / 4)
    return (TRUE.floor + TRUE.spread * (spread[pixel] as number) + TRUE.detail * (detail[pixel] as number)) * random.normal() ** 2
  })
  const squared = spread.map((_, pixel) => fine.subarray(4 * pixel, 4 * pixel + 4).reduce((sum, value) => sum + value, 0) / 4)
  return { spread, detail, squared, fine, fineCount: 4 }
}

describe('the calibration of expected errors', () => {
  it('finds the weights that the errors were drawn with', () => {
    const model = fitErrorModel(drawn(40_000, Random.fromSeed(2)))
    for (const sign of ['floor', 'spread', 'detail'] as const) {
      const share = (model?.[sign] ?? NaN) / TRUE[sign]
      expect(share).toBeGreaterThan(0.9)
      expect(share).toBeLessThan(1.1)
    }
  })

  it('gives a sign that says nothing no weight, and nothing where nothing is wrong', () => {
    const known = drawn(2000, Random.fromSeed(3))
    expect(fitErrorModel({ ...known, spread: new Float32Array(2000) })).toMatchObject({ spread: 0 })
    expect(fitErrorModel({ ...known, squared: new Float32Array(2000) })).toBeNull()
    expect(calibrate([])).toBeNull()
  })

  it('counts on each half what was fitted on the other, pixel by pixel', () => {
    const random = Random.fromSeed(5)
    const [first, second] = [drawn(900, random), drawn(700, random)]
    first.fine.fill(NaN, 0, 40)
    // the second half errs more than the first: each is misjudged by the other
    for (const values of [second.fine, second.squared]) values.forEach((value, i) => { values[i] = 4 * value })
    const calibration = calibrate([[first, second]])
    let [pixels, one, two] = [0, 0, 0]
    for (const [half, other] of [[first, second], [second, first]] as const) {
      const model = fitErrorModel(other)
      if (model === null) throw new Error('nothing fitted')
      for (let pixel = 0; pixel < half.spread.length; pixel++) {
        for (let i = 0; i < 4; i++) {
          const error = Math.sqrt(half.fine[4 * pixel + i] as number)
          if (Number.isNaN(error)) continue
          const expected = Math.sqrt(model.floor + model.spread * (half.spread[pixel] as number) + model.detail * (half.detail[pixel] as number))
          pixels++
          if (error <= expected) one++
          if (error <= 2 * expected) two++
        }
      }
    }
    expect(pixels).toBe(1600 * 4 - 40)
    expect(calibration?.coverage.pixels).toBe(pixels)
    expect(calibration?.coverage.withinOne).toBeCloseTo(one / pixels, 12)
    expect(calibration?.coverage.withinTwo).toBeCloseTo(two / pixels, 12)
    expect(calibration?.errorModel).toEqual(fitErrorModel(joinErrors([first, second])))
  })

  it('is right about normal errors on other ground: 68 and 95 of a hundred', () => {
    const model = fitErrorModel(drawn(20_000, Random.fromSeed(7)))
    if (model === null) throw new Error('nothing fitted')
    const { withinOne, withinTwo } = coverageOf(model, drawn(20_000, Random.fromSeed(8)))
    expect(withinOne).toBeCloseTo(0.683, 1)
    expect(withinTwo).toBeCloseTo(0.954, 1)
  })
})

describe('the signs of a result', () => {
  const BANDS = 3
  const principal: PrincipalComponents = {
    bands: BANDS, mean: new Float32Array(BANDS), vectors: Float32Array.from([0.6, 0.8, 0, 0.8, -0.6, 0]), deviations: Float32Array.from([5, 2]), totalVariance: 30,
  }
  const random = Random.fromSeed(1)
  const image = (rows: number, cols: number, bands: number): Image => ({ rows, cols, bands, data: Float32Array.from({ length: rows * cols * bands }, () => random.normal()) })

  it('are those of the bands themselves', () => {
    const [sharp, coarse, variance] = [image(4, 6, 2), image(2, 3, 2), image(4, 6, 2).data.map(Math.abs)]
    const signs = errorSigns(sharp, variance, coarse, principal)
    const inBands = (values: ArrayLike<number>, at: number): number[] => Array.from({ length: BANDS }, (_, band) =>
      5 * (values[at] as number) * (principal.vectors[band] as number) + 2 * (values[at + 1] as number) * (principal.vectors[BANDS + band] as number))
    for (let pixel = 0; pixel < 6; pixel++) {
      let [detail, spread] = [0, 0]
      for (let i = 0; i < 4; i++) {
        const fine = ((Math.floor(pixel / 3) * 2 + (i >> 1)) * 6 + (pixel % 3) * 2 + (i & 1)) * 2
        const [high, low] = [inBands(sharp.data, fine), inBands(coarse.data, pixel * 2)]
        for (let band = 0; band < BANDS; band++) {
          detail += ((high[band] as number) - (low[band] as number)) ** 2 / BANDS / 4
          const weight = (k: number): number => (principal.vectors[k * BANDS + band] as number) ** 2 * (principal.deviations[k] as number) ** 2
          spread += (weight(0) * (variance[fine] as number) + weight(1) * (variance[fine + 1] as number)) / BANDS / 4
        }
      }
      const unit = principal.totalVariance / BANDS
      expect(signs.detail[pixel]).toBeCloseTo(detail / unit, 5)
      expect(signs.spread[pixel]).toBeCloseTo(spread / unit, 5)
      expect(expectedError(signs, TRUE, principal)[pixel]).toBeCloseTo(Math.sqrt(TRUE.floor * unit + TRUE.spread * spread + TRUE.detail * detail), 4)
    }
  })

  it('stand beside what the error was, without pixels that have no truth', () => {
    const [reference, estimate] = [image(4, 8, BANDS), image(4, 8, BANDS)]
    // all of one low-resolution pixel, and one fine pixel of another
    for (const pixel of [0, 1, 8, 9, 31]) reference.data.fill(NaN, pixel * BANDS, (pixel + 1) * BANDS)
    const signs = { spread: Float32Array.from({ length: 8 }, (_, i) => i), detail: Float32Array.from({ length: 8 }, (_, i) => 10 * i) }
    const [left, right] = knownErrors(reference, estimate, signs, 2, principal)
    expect([...left.spread]).toEqual([1, 4, 5])
    expect([...right.detail]).toEqual([20, 30, 60, 70])
    const error = (pixel: number): number => {
      let sum = 0
      for (let i = pixel * BANDS; i < (pixel + 1) * BANDS; i++) sum += ((reference.data[i] as number) - (estimate.data[i] as number)) ** 2
      return sum / BANDS / (principal.totalVariance / BANDS)
    }
    expect([...right.fine.subarray(12)]).toEqual([expect.closeTo(error(22), 4), expect.closeTo(error(23), 4), expect.closeTo(error(30), 4), NaN])
    expect(right.squared[3]).toBeCloseTo((error(22) + error(23) + error(30)) / 3, 4)
  })
})
