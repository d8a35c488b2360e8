import { CUBE_AXES, fromWorld, toWorld, WORLD_AXIS, type CubeAxis, type CubeCut, type CubeFace, type CubeSize, type Point } from './cube-box'

export interface Ray {
  origin: Point
  direction: Point
}

/** The value under the pointer: 0-based pixel and slice, and the face that shows it. */
export interface CubeHit {
  row: number
  col: number
  slice: number
  face: CubeFace
}

/**
 * Where a ray first meets what the cut planes leave; null when it misses. The slab method: the ray is inside between the
 * last plane that it enters by and the first that it leaves by.
 */
export function hitBox({ origin, direction }: Ray, size: CubeSize, lengths: Point, cut: CubeCut): CubeHit | null {
  let enter = -Infinity
  let leave = Infinity
  let face: CubeFace | null = null
  for (const axis of CUBE_AXES) {
    const index = WORLD_AXIS[axis]
    const [p, q] = [toWorld(size, lengths, axis, cut[axis][0]), toWorld(size, lengths, axis, cut[axis][1])]
    const along = direction[index]
    if (along === 0) {
      if (origin[index] < Math.min(p, q) || origin[index] > Math.max(p, q)) return null
      continue
    }
    const [atFrom, atTo] = [(p - origin[index]) / along, (q - origin[index]) / along]
    const near = Math.min(atFrom, atTo)
    if (near > enter) {
      enter = near
      face = { axis, end: atFrom < atTo ? 'from' : 'to' }
    }
    leave = Math.min(leave, Math.max(atFrom, atTo))
  }
  if (face === null || enter > leave || enter < 0) return null
  const cell = (axis: CubeAxis): number => {
    const index = WORLD_AXIS[axis]
    const at = Math.floor(fromWorld(size, lengths, axis, origin[index] + enter * direction[index]))
    return Math.min(cut[axis][1] - 1, Math.max(cut[axis][0], at))
  }
  return { row: cell('row'), col: cell('col'), slice: cell('slice'), face }
}
