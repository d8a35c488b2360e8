import type { Image } from '../cube/image'

/** Side of a piece in low-resolution pixels: errors further apart than that hardly know of each other. */
const PIECE_SIDE = 8

/** A standard error of fewer pieces says nothing: small blocks are cut finer. */
const LEAST_PIECES = 4

/** Squared errors of one method over the pieces of a held-out block, in stored units. */
export interface PieceErrors {
  bands: number
  /** [pieces, bands] */
  squares: Float64Array
  /** Values that were compared, [pieces, bands]. */
  counts: Float64Array
}

/** Sums the squared errors of `estimate` against `reference`, both [rows, cols, bands], piece by piece; NaN takes no part. */
export function pieceErrors(reference: Image, estimate: Image, scale: number): PieceErrors {
  const { rows, cols, bands } = reference
  const [down, across] = pieceGrid(rows, cols, scale)
  const squares = new Float64Array(down * across * bands)
  const counts = new Float64Array(down * across * bands)
  for (let row = 0; row < rows; row++) {
    const line = Math.floor((row * down) / rows) * across
    for (let col = 0; col < cols; col++) {
      const to = (line + Math.floor((col * across) / cols)) * bands
      const from = (row * cols + col) * bands
      for (let band = 0; band < bands; band++) {
        const error = (estimate.data[from + band] as number) - (reference.data[from + band] as number)
        if (Number.isNaN(error)) continue
        squares[to + band] = (squares[to + band] as number) + error * error
        counts[to + band] = (counts[to + band] as number) + 1
      }
    }
  }
  return { bands, squares, counts }
}

/** Pieces along rows and columns: as square as they come and nearly equal. */
export function pieceGrid(rows: number, cols: number, scale: number): [down: number, across: number] {
  const side = PIECE_SIDE * scale
  let down = Math.max(1, Math.floor(rows / side))
  let across = Math.max(1, Math.floor(cols / side))
  while (down * across < LEAST_PIECES) {
    if (rows / down > cols / across) down++
    else across++
  }
  return [down, across]
}
