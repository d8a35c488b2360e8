import type { Interleave } from './cube-header'
import type { SampleArray } from './sample-type'

/**
 * Copies between the three ways in which files order a cube and the engine's own order [rows, cols, bands] ("pixel
 * order", which is bip). All distances are counted in samples, not in bytes.
 */
export interface CubeSize {
  rows: number
  cols: number
  bands: number
}

/** How far one step along an axis leads in the stored order. */
export interface Strides {
  row: number
  col: number
  band: number
}

export function storedStrides(interleave: Interleave, { rows, cols, bands }: CubeSize): Strides {
  switch (interleave) {
    case 'bsq': return { row: cols, col: 1, band: rows * cols }
    case 'bil': return { row: cols * bands, col: 1, band: cols }
    case 'bip': return { row: cols * bands, col: bands, band: 1 }
  }
}

/** Pixels copied together: few enough that one cache line per band and their target both stay in the first-level cache. */
const RUN = 16

/**
 * Fills `target` [rows, cols, bandOffsets.length] from a stored order: the sample of (row, col, k) is
 * source[start + row * rowStride + col * colStride + bandOffsets[k]].
 */
export function gatherPixels(
  source: SampleArray,
  from: { start: number; rowStride: number; colStride: number; bandOffsets: Int32Array | Float64Array },
  target: SampleArray,
  to: { start: number; rows: number; cols: number },
): void {
  const { rowStride, colStride, bandOffsets } = from
  const bands = bandOffsets.length
  const wholePixels = colStride === bands && bandOffsets.every((offset, band) => offset === band)
  for (let row = 0; row < to.rows; row++) {
    const sourceRow = from.start + row * rowStride
    const targetRow = to.start + row * to.cols * bands
    if (wholePixels) {
      target.set(source.subarray(sourceRow, sourceRow + to.cols * bands), targetRow)
      continue
    }
    for (let begin = 0; begin < to.cols; begin += RUN) {
      const end = Math.min(begin + RUN, to.cols)
      for (let band = 0; band < bands; band++) {
        const offset = sourceRow + (bandOffsets[band] as number)
        let t = targetRow + begin * bands + band
        for (let col = begin; col < end; col++, t += bands) target[t] = source[offset + col * colStride] as number
      }
    }
  }
}

/** The way back: [rows, cols, bands] into a stored order, in runs of the same kind. */
function scatterPixels(source: SampleArray, size: CubeSize, target: SampleArray, to: Strides): void {
  const { rows, cols, bands } = size
  for (let row = 0; row < rows; row++) {
    for (let begin = 0; begin < cols; begin += RUN) {
      const end = Math.min(begin + RUN, cols)
      for (let band = 0; band < bands; band++) {
        const offset = row * to.row + band * to.band
        let s = (row * cols + begin) * bands + band
        for (let col = begin; col < end; col++, s += bands) target[offset + col * to.col] = source[s] as number
      }
    }
  }
}

/** Samples [rows, cols, bands] in the order of `interleave`; `samples` itself for bip. */
export function fromPixelOrder<T extends SampleArray>(samples: T, interleave: Interleave, size: CubeSize): T {
  if (interleave === 'bip') return samples
  const target = new (samples.constructor as new (length: number) => T)(samples.length)
  scatterPixels(samples, size, target, storedStrides(interleave, size))
  return target
}
