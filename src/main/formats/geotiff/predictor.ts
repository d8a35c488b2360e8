/** How the samples of one tile lie in memory: row by row, `interleaved` samples a pixel, little-endian. */
export interface TileShape {
  rows: number
  cols: number
  /** Samples that lie side by side in a pixel: all bands when pixel-interleaved, 1 when band-interleaved. */
  interleaved: number
  sampleBytes: 1 | 2 | 4 | 8
}

/** 1 none, 2 horizontal differencing (integers), 3 floating point: TIFF 6.0 section 14 and TIFF Technical Note 3. */
export type Predictor = 1 | 2 | 3

export function tileBytes({ rows, cols, interleaved, sampleBytes }: TileShape): number {
  return rows * cols * interleaved * sampleBytes
}

/** Replaces the samples in `bytes` (which starts at a multiple of 8 of its buffer) by what the compressor shall see. */
export function applyPredictor(bytes: Uint8Array, shape: TileShape, predictor: Predictor): void {
  const rowSamples = shape.cols * shape.interleaved
  const { rows, interleaved: stride, sampleBytes } = shape
  if (predictor === 2) {
    const samples = integerView(bytes, sampleBytes)
    for (let row = 0; row < rows; row++) differences(samples, row * rowSamples, rowSamples, stride)
  } else if (predictor === 3) {
    const rowBytes = rowSamples * sampleBytes
    const scratch = new Uint8Array(rowBytes)
    for (let start = 0; start < rows * rowBytes; start += rowBytes) {
      // most significant bytes of all samples first, so that bytes that resemble each other stand together
      for (let plane = 0; plane < sampleBytes; plane++) {
        const from = start + sampleBytes - 1 - plane
        const to = plane * rowSamples
        for (let i = 0; i < rowSamples; i++) scratch[to + i] = bytes[from + i * sampleBytes] as number
      }
      differences(scratch, 0, rowBytes, stride)
      bytes.set(scratch, start)
    }
  }
}

/** The inverse of `applyPredictor`, in place. */
export function undoPredictor(bytes: Uint8Array, shape: TileShape, predictor: Predictor): void {
  const rowSamples = shape.cols * shape.interleaved
  const { rows, interleaved: stride, sampleBytes } = shape
  if (predictor === 2) {
    const samples = integerView(bytes, sampleBytes)
    for (let row = 0; row < rows; row++) sums(samples, row * rowSamples, rowSamples, stride)
  } else if (predictor === 3) {
    const rowBytes = rowSamples * sampleBytes
    for (let start = 0; start < rows * rowBytes; start += rowBytes) {
      const scratch = bytes.slice(start, start + rowBytes)
      sums(scratch, 0, rowBytes, stride)
      for (let plane = 0; plane < sampleBytes; plane++) {
        const to = start + sampleBytes - 1 - plane
        const from = plane * rowSamples
        for (let i = 0; i < rowSamples; i++) bytes[to + i * sampleBytes] = scratch[from + i] as number
      }
    }
  }
}

type IntegerArray = Uint8Array | Uint16Array | Uint32Array

function integerView(bytes: Uint8Array, sampleBytes: TileShape['sampleBytes']): IntegerArray {
  const length = bytes.byteLength / sampleBytes
  if (sampleBytes === 1) return bytes
  return sampleBytes === 2
    ? new Uint16Array(bytes.buffer, bytes.byteOffset, length)
    : new Uint32Array(bytes.buffer, bytes.byteOffset, length)
}

// typed arrays wrap around, which is what both predictors ask for
function differences(values: IntegerArray, start: number, count: number, stride: number): void {
  for (let i = start + count - 1; i >= start + stride; i--) values[i] = (values[i] as number) - (values[i - stride] as number)
}

function sums(values: IntegerArray, start: number, count: number, stride: number): void {
  for (let i = start + stride; i < start + count; i++) values[i] = (values[i] as number) + (values[i - stride] as number)
}
