import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Interleave } from '../../src/main/cube/cube-header'
import { fromPixelOrder, gatherPixels, storedStrides, type CubeSize } from '../../src/main/cube/interleave'
import { bytesFromSamples, samplesFromBytes } from '../../src/main/cube/sample-bytes'
import { allocateSamples, SAMPLE_TYPES, type SampleArray, type SampleType } from '../../src/main/cube/sample-type'

const INTERLEAVES = ['bsq', 'bil', 'bip'] as const
const TYPES = Object.keys(SAMPLE_TYPES) as SampleType[]
const size = fc.record({ rows: fc.integer({ min: 1, max: 9 }), cols: fc.integer({ min: 1, max: 40 }), bands: fc.integer({ min: 1, max: 12 }) })

function randomSamples(type: SampleType, count: number, seed: number): SampleArray {
  const { min, max, integer } = SAMPLE_TYPES[type]
  const samples = allocateSamples(type, count)
  let state = seed | 1
  for (let i = 0; i < count; i++) {
    state = Math.imul(state, 1664525) + 1013904223
    const unit = (state >>> 0) / 2 ** 32
    const value = Math.max(min, -(2 ** 53)) * (1 - unit) + Math.min(max, 2 ** 53) * unit
    samples[i] = integer ? Math.round(value) : value
  }
  samples[0] = min
  samples[count - 1] = max
  return samples
}

function toPixelOrder(stored: SampleArray, interleave: Interleave, size: CubeSize): SampleArray {
  const { row, col, band } = storedStrides(interleave, size)
  const target = stored.slice().fill(0)
  const bandOffsets = Float64Array.from({ length: size.bands }, (_, b) => b * band)
  gatherPixels(stored, { start: 0, rowStride: row, colStride: col, bandOffsets }, target, { start: 0, rows: size.rows, cols: size.cols })
  return target
}

describe('interleave', () => {
  it('brings every interleave, byte order and type back unchanged', () => {
    fc.assert(fc.property(
      fc.constantFrom(...INTERLEAVES), fc.constantFrom('little' as const, 'big' as const), fc.constantFrom(...TYPES), size, fc.integer(),
      (interleave, byteOrder, type, shape, seed) => {
        const samples = randomSamples(type, shape.rows * shape.cols * shape.bands, seed)
        const bytes = bytesFromSamples(fromPixelOrder(samples, interleave, shape), type, byteOrder).slice()
        expect(bytes.length).toBe(samples.length * SAMPLE_TYPES[type].bytes)
        const back = toPixelOrder(samplesFromBytes(bytes, type, byteOrder), interleave, shape)
        expect(back).toEqual(samples)
      },
    ), { numRuns: 200 })
  })

  it('puts each sample where the interleave says', () => {
    fc.assert(fc.property(fc.constantFrom(...INTERLEAVES), size, (interleave, shape) => {
      const { rows, cols, bands } = shape
      const samples = Int32Array.from({ length: rows * cols * bands }, (_, i) => i)
      const stored = fromPixelOrder(samples, interleave, shape)
      const expected: number[] = []
      const at = (row: number, col: number, band: number): void => void expected.push((row * cols + col) * bands + band)
      if (interleave === 'bsq') for (let b = 0; b < bands; b++) for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) at(r, c, b)
      if (interleave === 'bil') for (let r = 0; r < rows; r++) for (let b = 0; b < bands; b++) for (let c = 0; c < cols; c++) at(r, c, b)
      if (interleave === 'bip') for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) for (let b = 0; b < bands; b++) at(r, c, b)
      expect([...stored]).toEqual(expected)
    }))
  })

  it('gathers bands in any order, repeated ones too', () => {
    const shape = { rows: 3, cols: 21, bands: 4 }
    const samples = Float32Array.from({ length: 3 * 21 * 4 }, (_, i) => i / 7)
    const stored = fromPixelOrder(samples, 'bil', shape)
    const { row, col, band } = storedStrides('bil', shape)
    const target = new Float32Array(3 * 21 * 3)
    const bandOffsets = Int32Array.from([3, 0, 3], (b) => b * band)
    gatherPixels(stored, { start: 0, rowStride: row, colStride: col, bandOffsets }, target, { start: 0, rows: 3, cols: 21 })
    for (let pixel = 0; pixel < 63; pixel++) {
      expect([...target.subarray(pixel * 3, pixel * 3 + 3)]).toEqual([3, 0, 3].map((b) => samples[pixel * 4 + b]))
    }
  })

  it('stores the big-endian bytes that other programs read', () => {
    expect([...bytesFromSamples(Int16Array.of(1, -2), 'int16', 'big')]).toEqual([0, 1, 255, 254])
    expect([...bytesFromSamples(Float32Array.of(1), 'float32', 'big')]).toEqual([0x3f, 0x80, 0, 0])
    expect([...bytesFromSamples(Float64Array.of(-1), 'int64', 'little')]).toEqual(new Array(8).fill(255))
    expect([...samplesFromBytes(Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0), 'uint64', 'big')]).toEqual([256])
  })

  it('leaves the samples it was given alone', () => {
    const samples = Int16Array.of(1, 2, 3)
    bytesFromSamples(samples, 'int16', 'big')
    expect([...samples]).toEqual([1, 2, 3])
  })
})
