import { CUBE_AXES, fromWorld, lengthOf, toWorld, WORLD_AXIS, type CubeAxis, type CubeCut, type CubeFace, type CubeSize, type Point } from './cube-box'

export interface Ray {
  origin: Point
  /** Of length 1. */
  direction: Point
}

/** A place on the cube's axes: between 0 and the length of each, whole numbers between pixels and bands. */
export type CubePlace = Record<CubeAxis, number>

/** The value under the pointer: 0-based pixel and slice, and where exactly it was hit. */
export interface CubeHit {
  row: number
  col: number
  slice: number
  at: CubePlace
}

/** Where a ray enters and leaves a box: how far along the ray, and by which face. */
export interface Crossing {
  enter: number
  entered: CubeFace
  leave: number
  left: CubeFace
}

/**
 * How a ray crosses what the cut planes leave; null when it misses, or when all lies behind its origin. The slab method:
 * the ray is inside between the last plane that it enters by and the first that it leaves by. `enter` < 0 = it begins inside.
 */
export function crossBox({ origin, direction }: Ray, size: CubeSize, lengths: Point, cut: CubeCut): Crossing | null {
  let enter = -Infinity
  let leave = Infinity
  let entered: CubeFace | null = null
  let left: CubeFace | null = null
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
    const far = Math.max(atFrom, atTo)
    if (near > enter) {
      enter = near
      entered = { axis, end: atFrom < atTo ? 'from' : 'to' }
    }
    if (far < leave) {
      leave = far
      left = { axis, end: atFrom < atTo ? 'to' : 'from' }
    }
  }
  return entered === null || left === null || enter > leave || leave < 0 ? null : { enter, entered, leave, left }
}

/** The place on the cube's axes that a ray reaches after `distance`. */
export function placeAlong({ origin, direction }: Ray, distance: number, size: CubeSize, lengths: Point): CubePlace {
  const along = (axis: CubeAxis): number => fromWorld(size, lengths, axis, origin[WORLD_AXIS[axis]] + distance * direction[WORLD_AXIS[axis]])
  return { row: along('row'), col: along('col'), slice: along('slice') }
}

/** The same place on a cube of another size over the same ground and bands. */
export function scalePlace(at: CubePlace, from: CubeSize, to: CubeSize): CubePlace {
  const along = (axis: CubeAxis): number => (at[axis] * lengthOf(to, axis)) / lengthOf(from, axis)
  return { row: along('row'), col: along('col'), slice: along('slice') }
}

/** The pixel and slice of a place, of those that the cut planes leave. */
export function hitAt(at: CubePlace, cut: CubeCut): CubeHit {
  const cell = (axis: CubeAxis): number => Math.min(cut[axis][1] - 1, Math.max(cut[axis][0], Math.floor(at[axis])))
  return { row: cell('row'), col: cell('col'), slice: cell('slice'), at }
}

/**
 * What a ray meets of the six faces of what the cut planes leave: the near one, or where that has no data the inner side of
 * the far one; null when neither has. `hasData`: whether a face shows anything at a place on it.
 */
export function hitFaces(ray: Ray, size: CubeSize, lengths: Point, cut: CubeCut, hasData: (face: CubeFace, at: CubePlace) => boolean): CubeHit | null {
  const crossing = crossBox(ray, size, lengths, cut)
  if (crossing === null) return null
  const { enter, entered, leave, left } = crossing
  for (const [distance, face] of [[enter, entered], [leave, left]] as const) {
    if (distance < 0) continue
    const at = placeAlong(ray, distance, size, lengths)
    if (hasData(face, at)) return hitAt(at, cut)
  }
  return null
}
