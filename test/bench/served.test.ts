import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import { degrade } from '../../src/main/dataset/degrade'
import { fitNoiseWhitening } from '../../src/main/workers/ablation/noise-whitening'
import { BLOCK_MEANS, seen, taken } from '../../src/main/workers/ablation/sensor'

const [rows, cols, bands] = [64, 64, 4]

/** A slow tilt with independent noise of deviations 1 to 4. */
function noisyScene(): Image {
  const random = Random.fromSeed(3)
  const data = Float32Array.from({ length: rows * cols * bands }, (_, i) => 100 + Math.floor(i / bands / cols) * 0.5 + (1 + (i % bands)) * random.normal())
  return { rows, cols, bands, data }
}

function deviation(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

const bandOf = ({ data, bands: count }: Image, band: number): number[] => Array.from(data).filter((_, i) => i % count === band)

describe('a coarser sensor', () => {
  it('that is noisy takes pixels as noisy as the fine ones', () => {
    const fine = noisyScene()
    const [clean, noisy] = [taken(fine, 2, BLOCK_MEANS), taken(fine, 2, { ...BLOCK_MEANS, noise: 1 })]
    expect(clean).toEqual(degrade(fine, 2))
    for (let band = 0; band < bands; band++) {
      const [p, q] = [bandOf(noisy, band), bandOf(clean, band)]
      // block means keep half of the deviation at 2x
      const added = deviation(p.map((value, i) => value - (q[i] as number)))
      expect(added / ((1 + band) * Math.sqrt(3 / 4))).toBeGreaterThan(0.9)
      expect(added / ((1 + band) * Math.sqrt(3 / 4))).toBeLessThan(1.1)
    }
  })

  it('whose spectrometers lie apart sees the second half of the bands one fine pixel to the right', () => {
    const fine = noisyScene()
    const moved = seen(fine, { ...BLOCK_MEANS, apart: true })
    const at = (image: Image, row: number, col: number, band: number): number => image.data[(row * cols + col) * bands + band] as number
    for (const col of [1, 7, 63]) {
      expect(at(moved, 5, col, 1)).toBe(at(fine, 5, col, 1))
      expect(at(moved, 5, col, 2)).toBe(at(fine, 5, col - 1, 2))
    }
  })
})

describe('whitening of noise', () => {
  it('makes noise alike in all bands, mixed ones too, and finds back', () => {
    const scene = noisyScene()
    const mixed = { ...scene, data: scene.data.map((value, i) => (i % bands === 3 ? value + 2 * (scene.data[i - 1] as number) : value)) }
    const { whiten, unwhiten } = fitNoiseWhitening(mixed)
    const white = whiten(mixed)
    const differences = (band: number): number[] => {
      const values = bandOf(white, band)
      return values.flatMap((value, i) => (i % cols === cols - 1 ? [] : [(value - (values[i + 1] as number)) / Math.SQRT2]))
    }
    for (let band = 0; band < bands; band++) expect(deviation(differences(band))).toBeCloseTo(1, 2)
    const [p, q] = [differences(2), differences(3)]
    expect(Math.abs(p.reduce((sum, value, i) => sum + value * (q[i] as number), 0) / p.length)).toBeLessThan(0.01)
    const back = unwhiten(white)
    for (let i = 0; i < back.data.length; i += 97) expect(back.data[i]).toBeCloseTo(mixed.data[i] as number, 2)
  })
})
