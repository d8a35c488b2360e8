import { maskNodata } from '../../cube/cube-reader'
import type { CubeHeader } from '../../cube/cube-header'
import type { Image } from '../../cube/image'
import type { PixelWindow } from '../../cube/pixel-window'
import { allocateSamples, SAMPLE_TYPES, type SampleArray } from '../../cube/sample-type'
import { degrade, type Kernel } from '../../dataset/degrade'
import { crop } from '../../dataset/mirror'

/** A coarse value some of whose fine values stand at the lower or upper end of what the file's type leaves for valid ones: nodata may take an end. */
export const AT_LOWER_END = 1
export const AT_UPPER_END = 2

/** Bands that are reduced together: their intermediate pictures stay small beside the samples. */
const BANDS_AT_ONCE = 16

/** A part of the result brought back to the input's grid; arrays are [rows, cols, bands] of that grid. */
export interface ReducedPiece {
  /** NaN = no data. */
  reduced: Float32Array
  /** `AT_LOWER_END` and `AT_UPPER_END`; 0 for float types. */
  ends: Uint8Array
  /** How many of the scale x scale fine values are missing. */
  missing: Uint8Array
}

/**
 * Reduces stored `samples` of `fine` (output pixels, with what the kernel reaches beyond) to the coarse window `wanted`,
 * given in input pixels relative to the result. Memory beside the samples: a few pictures of 16 bands.
 */
export function reducePiece(samples: SampleArray, fine: PixelWindow, wanted: PixelWindow, header: CubeHeader, scale: number, kernel: Kernel): ReducedPiece {
  const { bands } = header
  const count = wanted.rows * wanted.cols
  const piece: ReducedPiece = { reduced: new Float32Array(count * bands), ends: new Uint8Array(count * bands), missing: new Uint8Array(count * bands) }
  const top = wanted.row - fine.row / scale
  const left = wanted.col - fine.col / scale
  for (let first = 0; first < bands; first += BANDS_AT_ONCE) {
    const group = Math.min(BANDS_AT_ONCE, bands - first)
    const stored = pickGroup(samples, bands, first, group, header)
    const image: Image = { rows: fine.rows, cols: fine.cols, bands: group, data: maskNodata(stored, header.nodata.slice(first, first + group)) }
    const coarse = crop(degrade(image, scale, kernel), top, left, wanted.rows, wanted.cols)
    for (let pixel = 0; pixel < count; pixel++) {
      for (let band = 0; band < group; band++) piece.reduced[pixel * bands + first + band] = coarse.data[pixel * group + band] as number
    }
    lookAtFineValues(image, stored, { row: top * scale, col: left * scale, rows: wanted.rows * scale, cols: wanted.cols * scale }, first, header, scale, piece)
  }
  return piece
}

function pickGroup(samples: SampleArray, bands: number, first: number, group: number, { sampleType }: CubeHeader): SampleArray {
  const pixels = samples.length / bands
  const out = allocateSamples(sampleType, pixels * group)
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let band = 0; band < group; band++) out[pixel * group + band] = samples[pixel * bands + first + band] as number
  }
  return out
}

/** Counts missing values and notes those at the ends of the type, within `inside` of a group's fine picture. */
function lookAtFineValues(
  { cols, bands: group, data }: Image, stored: SampleArray, inside: PixelWindow, first: number, { bands, sampleType, nodata }: CubeHeader, scale: number, piece: ReducedPiece,
): void {
  const { integer, min, max } = SAMPLE_TYPES[sampleType]
  // `quantise` moves a clamped value that would stand on nodata to its neighbour
  const lowest = Array.from({ length: group }, (_, band) => (nodata[first + band] === min ? min + 1 : min))
  const highest = Array.from({ length: group }, (_, band) => (nodata[first + band] === max ? max - 1 : max))
  const coarseCols = inside.cols / scale
  for (let row = 0; row < inside.rows; row++) {
    const coarseRow = Math.floor(row / scale) * coarseCols
    for (let col = 0; col < inside.cols; col++) {
      const to = (coarseRow + Math.floor(col / scale)) * bands + first
      const from = ((inside.row + row) * cols + inside.col + col) * group
      for (let band = 0; band < group; band++) {
        if (Number.isNaN(data[from + band])) piece.missing[to + band] = (piece.missing[to + band] as number) + 1
        else if (integer && stored[from + band] === lowest[band]) piece.ends[to + band] = (piece.ends[to + band] as number) | AT_LOWER_END
        else if (integer && stored[from + band] === highest[band]) piece.ends[to + band] = (piece.ends[to + band] as number) | AT_UPPER_END
      }
    }
  }
}
