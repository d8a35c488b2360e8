import type { Image } from '../cube/image'

/**
 * One of the eight symmetries of the square: bit 0 flips rows, bit 1 flips cols, bit 2 transposes afterwards. Pixel
 * (r, c) of the turned image is the source's pixel found by undoing the transposition, then the flips.
 */
export type Symmetry = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

export const ALL_SYMMETRIES: readonly Symmetry[] = [0, 1, 2, 3, 4, 5, 6, 7]

/** A turned copy of `image`; rows and cols change places when `symmetry` transposes. */
export function applySymmetry(image: Image, symmetry: Symmetry): Image {
  const { bands } = image
  const transposes = (symmetry & 4) !== 0
  const rows = transposes ? image.cols : image.rows
  const cols = transposes ? image.rows : image.cols
  const data = new Float32Array(image.data.length)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const flippedRow = transposes ? col : row
      const flippedCol = transposes ? row : col
      const sourceRow = (symmetry & 1) === 0 ? flippedRow : image.rows - 1 - flippedRow
      const sourceCol = (symmetry & 2) === 0 ? flippedCol : image.cols - 1 - flippedCol
      const from = (sourceRow * image.cols + sourceCol) * bands
      const to = (row * cols + col) * bands
      for (let band = 0; band < bands; band++) data[to + band] = image.data[from + band] as number
    }
  }
  return { rows, cols, bands, data }
}

/** The symmetry that undoes `symmetry`: moving the flips to the other side of a transposition exchanges them. */
export function inverseSymmetry(symmetry: Symmetry): Symmetry {
  return (symmetry & 4) === 0 ? symmetry : ((4 | ((symmetry & 1) << 1) | ((symmetry & 2) >> 1)) as Symmetry)
}

/** Where a displacement (rows, cols) points after the image was turned. */
export function turnVector({ rows, cols }: { rows: number; cols: number }, symmetry: Symmetry): { rows: number; cols: number } {
  const down = (symmetry & 1) === 0 ? rows : -rows
  const right = (symmetry & 2) === 0 ? cols : -cols
  return (symmetry & 4) === 0 ? { rows: down, cols: right } : { rows: right, cols: down }
}
