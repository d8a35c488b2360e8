import { faceIndex, lengthOf, toWorld, WORLD_AXIS, type CubeAxis, type CubeCut, type CubeFace, type CubeSize, type Point } from './cube-box'

/** Axes along the width and the height of a face's picture. */
export const PICTURE_AXES: Record<CubeAxis, [across: CubeAxis, down: CubeAxis]> = { row: ['col', 'slice'], col: ['row', 'slice'], slice: ['col', 'row'] }

export interface FaceQuad {
  /** Four corners: [x, y, z] each. */
  positions: Float32Array
  /** Places of the corners in the picture of the whole plane, [across, down] from 0 to 1. */
  places: Float32Array
}

/** The rectangle of a face in the world and in the picture of its plane, which shows the whole plane whatever is cut. */
export function faceQuad(size: CubeSize, lengths: Point, cut: CubeCut, face: CubeFace): FaceQuad {
  const [across, down] = PICTURE_AXES[face.axis]
  const plane = faceIndex(cut, face) + (face.end === 'to' ? 1 : 0)
  const positions = new Float32Array(12)
  const places = new Float32Array(8)
  for (let corner = 0; corner < 4; corner++) {
    const u = cut[across][corner & 1] as number
    const v = cut[down][corner >> 1] as number
    for (const [axis, at] of [[face.axis, plane], [across, u], [down, v]] as const) positions[corner * 3 + WORLD_AXIS[axis]] = toWorld(size, lengths, axis, at)
    places[corner * 2] = u / lengthOf(size, across)
    places[corner * 2 + 1] = v / lengthOf(size, down)
  }
  return { positions, places }
}
