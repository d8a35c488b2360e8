import type { Image } from '../cube/image'
import { gaussianWeights, type Kernel } from './degrade'
import { mirrorIndex } from './mirror'
import { bicubicLines } from './resample'
import { alongCols, alongRows, asMatrix, type LineMatrix, type TapLines } from './tap-lines'

/**
 * What is left of a picture [rows, cols, bands] when it is enlarged (bicubic) and reduced again, computed on the coarse grid: the
 * same as `degrade(upsample(image, scale, 'bicubic'), scale, kernel)` at a fraction of its cost. Pictures have no missing values.
 */
export function roundTrip({ rows, cols }: Pick<Image, 'rows' | 'cols'>, scale: number, kernel: Kernel): (image: Image) => Image {
  const forRows = roundTripLines(rows, scale, kernel)
  const forCols = roundTripLines(cols, scale, kernel)
  return (image) => alongRows(forRows, alongCols(forCols, image))
}

/** `roundTrip` of `size` lines on one axis as a matrix [size, size]. */
export function roundTripMatrix(size: number, scale: number, kernel: Kernel): LineMatrix {
  return asMatrix(roundTripLines(size, scale, kernel), size)
}

/** Mean over a block of the blur of the enlargement: three steps along an axis, each linear, in one. */
function roundTripLines(size: number, scale: number, kernel: Kernel): TapLines {
  const enlarged = bicubicLines(size, scale, 0, size * scale)
  const blur = kernel.kind === 'gaussian' ? gaussianWeights(kernel.sigma) : [1]
  const total = scale * blur.reduce((sum, weight) => sum + weight, 0)
  const radius = (blur.length - 1) / 2
  const made = Array.from({ length: size }, (_, line) => {
    const sums = new Map<number, number>()
    for (let phase = 0; phase < scale; phase++) {
      for (const [at, weight] of blur.entries()) {
        const fine = mirrorIndex(line * scale + phase + at - radius, size * scale)
        for (let tap = fine * enlarged.count; tap < (fine + 1) * enlarged.count; tap++) {
          const source = enlarged.lines[tap] as number
          sums.set(source, (sums.get(source) ?? 0) + (weight * (enlarged.weights[tap] as number)) / total)
        }
      }
    }
    return [...sums].sort(([a], [b]) => a - b)
  })
  const count = Math.max(...made.map((taps) => taps.length))
  const lines = new Int32Array(size * count)
  const weights = new Float64Array(size * count)
  for (const [line, taps] of made.entries()) {
    for (const [at, [source, weight]] of taps.entries()) {
      lines[line * count + at] = source
      weights[line * count + at] = weight
    }
  }
  return { count, lines, weights }
}
