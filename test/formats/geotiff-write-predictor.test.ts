import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPredictor, undoPredictor, type TileShape } from '../../src/main/formats/geotiff/predictor'

const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 5 }),
  cols: fc.integer({ min: 1, max: 9 }),
  interleaved: fc.integer({ min: 1, max: 4 }),
})

function randomBytes(shape: TileShape, seed: number): Uint8Array {
  let state = seed
  return Uint8Array.from({ length: shape.rows * shape.cols * shape.interleaved * shape.sampleBytes }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  })
}

/** TIFF 6.0, section 14, in words: each sample is the stored difference plus the same sample of the pixel before. */
function decodeHorizontal(stored: Uint8Array, { rows, cols, interleaved, sampleBytes }: TileShape): Uint8Array {
  const view = new DataView(stored.slice().buffer)
  const bits = sampleBytes * 8
  const read = (at: number) => (bits === 8 ? view.getUint8(at) : bits === 16 ? view.getUint16(at, true) : view.getUint32(at, true))
  for (let row = 0; row < rows; row++) {
    for (let col = 1; col < cols; col++) {
      for (let sample = 0; sample < interleaved; sample++) {
        const at = ((row * cols + col) * interleaved + sample) * sampleBytes
        const value = (read(at) + read(at - interleaved * sampleBytes)) % 2 ** bits
        if (bits === 8) view.setUint8(at, value)
        else if (bits === 16) view.setUint16(at, value, true)
        else view.setUint32(at, value, true)
      }
    }
  }
  return new Uint8Array(view.buffer)
}

/** TIFF Technical Note 3: undo byte differences along the row, then gather each sample's bytes, most significant first. */
function decodeFloatingPoint(stored: Uint8Array, { rows, cols, interleaved, sampleBytes }: TileShape): Uint8Array {
  const rowSamples = cols * interleaved
  const out = new Uint8Array(stored.length)
  for (let row = 0; row < rows; row++) {
    const line = [...stored.slice(row * rowSamples * sampleBytes, (row + 1) * rowSamples * sampleBytes)]
    for (let i = interleaved; i < line.length; i++) line[i] = ((line[i] as number) + (line[i - interleaved] as number)) % 256
    for (let i = 0; i < rowSamples; i++) {
      for (let byte = 0; byte < sampleBytes; byte++) {
        out[(row * rowSamples + i) * sampleBytes + byte] = line[(sampleBytes - 1 - byte) * rowSamples + i] as number
      }
    }
  }
  return out
}

describe('predictors', () => {
  it.each([1, 2, 4] as const)('horizontal differencing of %i-byte samples decodes by the specification', (sampleBytes) => {
    fc.assert(fc.property(shapes, fc.integer(), (size, seed) => {
      const shape = { ...size, sampleBytes }
      const raw = randomBytes(shape, seed)
      const coded = raw.slice()
      applyPredictor(coded, shape, 2)
      expect(decodeHorizontal(coded, shape)).toEqual(raw)
      undoPredictor(coded, shape, 2)
      expect(coded).toEqual(raw)
    }))
  })

  it.each([4, 8] as const)('the floating-point predictor of %i-byte samples decodes by the specification', (sampleBytes) => {
    fc.assert(fc.property(shapes, fc.integer(), (size, seed) => {
      const shape = { ...size, sampleBytes }
      const raw = randomBytes(shape, seed)
      const coded = raw.slice()
      applyPredictor(coded, shape, 3)
      expect(decodeFloatingPoint(coded, shape)).toEqual(raw)
      undoPredictor(coded, shape, 3)
      expect(coded).toEqual(raw)
    }))
  })
})
