import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import { errorOfMean, gainError } from '../../src/main/training/gain-error'
import { pieceErrors, pieceGrid } from '../../src/main/training/piece-errors'

/** Errors that hang together over 5 x 5 pixels: [rows, cols, 2], the second band twice as wrong. */
function field(rows: number, cols: number, random: Random, size: number): Float32Array {
  const coarse = Array.from({ length: Math.ceil(rows / 5) * Math.ceil(cols / 5) }, () => random.normal())
  return Float32Array.from({ length: rows * cols * 2 }, (_, i) => {
    const pixel = i >> 1
    return size * (1 + (i & 1)) * (coarse[Math.floor(Math.floor(pixel / cols) / 5) * Math.ceil(cols / 5) + Math.floor((pixel % cols) / 5)] as number)
  })
}

const image = (rows: number, cols: number, data: Float32Array): Image => ({ rows, cols, bands: 2, data })
const zeros = (rows: number, cols: number): Image => image(rows, cols, new Float32Array(rows * cols * 2))

/** PSNR gain of `ours` over `theirs`, mean over bands, of the pixels that `counts` allows: straight from the definition. */
function plainGain(ours: Image, theirs: Image, counts: (row: number, col: number) => boolean): number {
  const decibels = [0, 1].map((band) => {
    let [own, other] = [0, 0]
    for (let row = 0; row < ours.rows; row++) {
      for (let col = 0; col < ours.cols; col++) {
        const at = (row * ours.cols + col) * 2 + band
        if (!counts(row, col) || Number.isNaN(ours.data[at])) continue
        own += (ours.data[at] as number) ** 2
        other += (theirs.data[at] as number) ** 2
      }
    }
    return 10 * Math.log10(other / own)
  })
  return ((decibels[0] as number) + (decibels[1] as number)) / 2
}

describe('pieces of a held-out block', () => {
  it('are eight low-resolution pixels wide at least, finer in small blocks, and nearly equal', () => {
    expect(pieceGrid(64, 100, 2)).toEqual([4, 6])
    expect(pieceGrid(64, 64, 8)).toEqual([2, 2])
    expect(pieceGrid(16, 120, 2)).toEqual([1, 7])
    expect(pieceGrid(16, 20, 2)).toEqual([2, 2])
    expect(pieceGrid(16, 64, 4)).toEqual([1, 4])
  })
})

describe('the standard error of a gain', () => {
  it('is the jackknife over the pieces, as leaving them out one by one gives it', () => {
    const random = Random.fromSeed(4)
    const [rows, cols] = [37, 50]
    const [ours, theirs] = [image(rows, cols, field(rows, cols, random, 1)), image(rows, cols, field(rows, cols, random, 1.2))]
    for (const estimate of [ours, theirs]) estimate.data.fill(NaN, 40, 52)
    const gains = Array.from({ length: 6 }, (_, piece) =>
      plainGain(ours, theirs, (row, col) => Math.floor((row * 2) / rows) * 3 + Math.floor((col * 3) / cols) !== piece))
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / 6
    const expected = Math.sqrt((5 / 6) * gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0))
    expect(pieceGrid(rows, cols, 2)).toEqual([2, 3])
    expect(gainError(pieceErrors(zeros(rows, cols), ours, 2), pieceErrors(zeros(rows, cols), theirs, 2))).toBeCloseTo(expected, 9)
  })

  it('is as large as gains scatter from ground to ground', () => {
    const random = Random.fromSeed(9)
    const [rows, cols] = [80, 80]
    const gains: number[] = []
    const errors: number[] = []
    for (let trial = 0; trial < 60; trial++) {
      const [ours, theirs] = [image(rows, cols, field(rows, cols, random, 1)), image(rows, cols, field(rows, cols, random, 1.1))]
      gains.push(plainGain(ours, theirs, () => true))
      errors.push(gainError(pieceErrors(zeros(rows, cols), ours, 2), pieceErrors(zeros(rows, cols), theirs, 2)) ?? NaN)
    }
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / 60
    const scatter = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / 59)
    const told = errors.reduce((sum, error) => sum + error, 0) / 60
    // sixty trials tell a scatter to a tenth
    expect(told / scatter).toBeGreaterThan(0.75)
    expect(told / scatter).toBeLessThan(1.33)
  })

  it('is not known where a method makes no error, and of several scenes that of their mean', () => {
    const exact = pieceErrors(zeros(40, 40), zeros(40, 40), 2)
    expect(gainError(exact, exact)).toBeNull()
    expect(errorOfMean([0.3, 0.4])).toBeCloseTo(0.25, 12)
    expect(errorOfMean([0.3, null])).toBeNull()
  })
})
