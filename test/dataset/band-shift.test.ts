import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { Image } from '../../src/main/cube/image'
import { allowedSymmetries, imageBandShift } from '../../src/main/dataset/band-shift'
import { measureBandShift } from '../../src/main/dataset/phase-correlation'
import { withHoles } from './reference'

/** A texture of 500 waves with the 1/f amplitudes of natural scenes, displaced exactly, with noise of its own. */
function texture(rows: number, cols: number, shift: { rows: number; cols: number }, options: { seed?: number; gain?: number; offset?: number; noise?: number } = {}): Image {
  const { seed = 1, gain = 1, offset = 100, noise = 0 } = options
  const random = Random.fromSeed(seed)
  const waves = Array.from({ length: 500 }, () => {
    const frequency = 0.45 * Math.sqrt(random.uniform())
    const direction = 2 * Math.PI * random.uniform()
    return { u: frequency * Math.cos(direction), v: frequency * Math.sin(direction), phase: 2 * Math.PI * random.uniform(), size: 0.05 / (0.02 + frequency) }
  })
  const grain = Random.fromSeed(Math.round(1000 * (shift.rows + 7 * shift.cols + gain)) + 99)
  const data = Float32Array.from({ length: rows * cols }, (_, i) => {
    const r = Math.floor(i / cols) - shift.rows
    const c = (i % cols) - shift.cols
    return offset + noise * grain.normal() + gain * waves.reduce((sum, { u, v, phase, size }) => sum + size * Math.cos(2 * Math.PI * (u * r + v * c) + phase), 0)
  })
  return { rows, cols, bands: 1, data }
}

const still = { rows: 0, cols: 0 }

describe('measureBandShift', () => {
  it.each([[0, 0], [0.3, -0.2], [0.05, 0.8], [-0.5, 0.5], [-2.4, 5.6]])('finds a shift of (%d, %d) pixels', (rows, cols) => {
    const found = measureBandShift(texture(64, 80, still), texture(64, 80, { rows, cols }, { gain: 0.4, offset: 30 }))
    expect(Math.hypot(found.rows - rows, found.cols - cols)).toBeLessThan(0.05)
    expect(found.confidence).toBeGreaterThan(0.9)
  })

  it('with noise of a third of the contrast', () => {
    const found = measureBandShift(texture(96, 96, still, { noise: 0.5 }), texture(96, 96, { rows: 0.25, cols: -0.7 }, { noise: 0.5 }))
    expect(Math.hypot(found.rows - 0.25, found.cols + 0.7)).toBeLessThan(0.1)
  })

  it('across missing pixels', () => {
    const gap = (r: number, c: number): boolean => r > 40 && c < 20
    const found = measureBandShift(withHoles(texture(64, 64, still), gap), withHoles(texture(64, 64, { rows: 0, cols: 0.6 }), gap))
    expect(Math.hypot(found.rows, found.cols - 0.6)).toBeLessThan(0.1)
  })

  it('does not trust unrelated or constant pictures', () => {
    expect(measureBandShift(texture(64, 64, still), texture(64, 64, still, { seed: 2 })).confidence).toBeLessThan(0.3)
    expect(measureBandShift(texture(32, 32, still), texture(32, 32, still, { gain: 0 }))).toEqual({ rows: 0, cols: 0, confidence: 0 })
  })

  it('refuses pictures of different sizes', () => {
    expect(() => measureBandShift(texture(32, 32, still), texture(32, 31, still))).toThrow(expect.objectContaining({ tag: 'invalid-argument' }))
  })
})

describe('imageBandShift', () => {
  /** Bands displaced in proportion to their number; the contrast of a second texture turns over half way. */
  function scene(bands: number, perBand: number): Image {
    const planes = Array.from({ length: bands }, (_, b) => {
      const shift = { rows: 0, cols: perBand * b }
      const [fixed, turning] = [texture(48, 48, shift), texture(48, 48, shift, { seed: 5, offset: 0, gain: 1 - (2 * b) / (bands - 1) })]
      return fixed.data.map((value, i) => value + (turning.data[i] as number))
    })
    return { rows: 48, cols: 48, bands, data: Float32Array.from({ length: 48 * 48 * bands }, (_, i) => (planes[i % bands] as Float32Array)[Math.floor(i / bands)] as number) }
  }

  it('sums the shifts from blue to red where a direct comparison fails', async () => {
    const image = scene(7, 0.13)
    const wavelengths = Array.from({ length: 7 }, (_, b) => 480 + 33 * b)
    const error = (shift: { rows: number; cols: number } | null, cols: number): number => (shift === null ? Infinity : Math.hypot(shift.rows, shift.cols - cols))
    const band = (b: number): Image => ({ ...image, bands: 1, data: image.data.filter((_, i) => i % 7 === b) })
    expect(error(measureBandShift(band(0), band(6)), 0.78)).toBeGreaterThan(0.5)
    expect(error(await imageBandShift(image, wavelengths), 0.78)).toBeLessThan(0.3)
    expect(error(await imageBandShift(image, [...wavelengths].reverse()), -0.78)).toBeLessThan(0.3)
  })

  it('is not defined for one band', async () => {
    expect(await imageBandShift(texture(32, 32, still), [500])).toBeNull()
  })
})

describe('allowedSymmetries', () => {
  const allowed = (rows: number, cols: number, confidence = 0.9): number[] => allowedSymmetries({ rows, cols, confidence })

  it('keeps what maps the shift to itself', () => {
    expect(allowed(0.05, -0.1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(allowed(0.02, 0.78)).toEqual([0, 1])
    expect(allowed(-0.8, 0)).toEqual([0, 2])
    expect(allowed(0.5, 0.5)).toEqual([0, 4])
    expect(allowed(0.5, -0.5)).toEqual([0, 7])
    expect(allowed(0.9, 0.4)).toEqual([0])
  })

  it('allows nothing when the shift is not known, all for a single band', () => {
    expect(allowed(0, 0, 0.1)).toEqual([0])
    expect(allowedSymmetries(null)).toHaveLength(8)
  })
})
