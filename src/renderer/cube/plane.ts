import { boundedPiece, type Piece } from '../shared/map/needed-piece'
import type { PieceSource } from '../shared/map/piece-cache'
import { faceIndex, type CubeAxis, type CubeCut, type CubeFace } from './cube-box'
import type { CubeSource } from './cube-source'

/** A plane of the cube as it is asked for and shown. */
export interface Plane {
  axis: CubeAxis
  index: number
  /** Bands of the layer that are shown in colour instead, on the top of the cube; null = values. */
  rgb: readonly number[] | null
}

/** What a face shows; the top of an uncut stack is the picture in colour, when that is wanted. */
export function planeOf(cut: CubeCut, face: CubeFace, rgb: readonly number[] | null): Plane {
  const index = faceIndex(cut, face)
  return { axis: face.axis, index, rgb: face.axis === 'slice' && face.end === 'from' && index === 0 ? rgb : null }
}

export function samePlane(p: Plane, q: Plane): boolean {
  return p.axis === q.axis && p.index === q.index && p.rgb?.join() === q.rgb?.join()
}

/** Values of a picture on a face, at most: more than a screen shows, 64 MB. */
const MOST_FACE_VALUES = 2 ** 24

/** The question whose answer is the whole of a plane: all bands along a row or column, or one band's picture, reduced where it is large; no side longer than `limit`. */
export function planeQuestion({ layer, edition, rows, cols, slices, corner }: CubeSource, { axis, index, rgb }: Plane, limit: number): { source: PieceSource; piece: Piece } {
  const all = slices.map(({ band }) => band)
  const side = (length: number): number => Math.min(length, limit)
  switch (axis) {
    case 'row': return { source: { layer, edition, bands: all }, piece: { window: { row: corner.row + index, col: corner.col, rows: 1, cols }, rows: 1, cols: side(cols) } }
    case 'col': return { source: { layer, edition, bands: all }, piece: { window: { row: corner.row, col: corner.col + index, rows, cols: 1 }, rows: side(rows), cols: 1 } }
    case 'slice': {
      const bands = rgb ?? [all[index] as number]
      return { source: { layer, edition, bands }, piece: boundedPiece({ window: { row: corner.row, col: corner.col, rows, cols }, rows: side(rows), cols: side(cols) }, bands.length, MOST_FACE_VALUES) }
    }
  }
}
