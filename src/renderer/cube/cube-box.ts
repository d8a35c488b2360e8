/** A cube's sides in pixels and bands. Slices are bands in the order in which they are stacked, from the top down. */
export interface CubeSize {
  rows: number
  cols: number
  slices: number
}

export type CubeAxis = 'row' | 'col' | 'slice'
export const CUBE_AXES: readonly CubeAxis[] = ['row', 'col', 'slice']

/** What the cut planes leave, half open: [from, to) along each axis. */
export type CubeCut = Record<CubeAxis, readonly [from: number, to: number]>

/** One of the six sides of what is left: at the low or the high end of an axis. */
export interface CubeFace {
  axis: CubeAxis
  end: 'from' | 'to'
}
export const CUBE_FACES: readonly CubeFace[] = CUBE_AXES.flatMap((axis) => [{ axis, end: 'from' as const }, { axis, end: 'to' as const }])

/** A place in the world of the cube: x along columns, y up, z along rows; the middle of the whole cube is 0, 0, 0. */
export type Point = readonly [x: number, y: number, z: number]

/** World axis of a cube axis. Slices go down. */
export const WORLD_AXIS: Record<CubeAxis, 0 | 1 | 2> = { col: 0, slice: 1, row: 2 }

export function lengthOf(size: CubeSize, axis: CubeAxis): number {
  return axis === 'row' ? size.rows : axis === 'col' ? size.cols : size.slices
}

export function wholeCut({ rows, cols, slices }: CubeSize): CubeCut {
  return { row: [0, rows], col: [0, cols], slice: [0, slices] }
}

/** Lengths in the world: the longer side of the ground is 1, the stack of bands `stretch` high. */
export function worldLengths({ rows, cols }: CubeSize, stretch: number): Point {
  const longest = Math.max(rows, cols)
  return [cols / longest, stretch, rows / longest]
}

/** World coordinate along an axis of a place between 0 and the axis's length. */
export function toWorld(size: CubeSize, lengths: Point, axis: CubeAxis, at: number): number {
  const share = at / lengthOf(size, axis) - 0.5
  return (axis === 'slice' ? -share : share) * lengths[WORLD_AXIS[axis]]
}

/** The inverse of `toWorld`, with fractions. */
export function fromWorld(size: CubeSize, lengths: Point, axis: CubeAxis, world: number): number {
  const share = world / lengths[WORLD_AXIS[axis]]
  return ((axis === 'slice' ? -share : share) + 0.5) * lengthOf(size, axis)
}

/** The plane of pixels or bands that a face shows. */
export function faceIndex(cut: CubeCut, { axis, end }: CubeFace): number {
  return end === 'from' ? cut[axis][0] : cut[axis][1] - 1
}

/** `cut` with one end moved to `at` (rounded, kept inside and at least one pixel or band from the other end). */
export function moveCut(cut: CubeCut, size: CubeSize, { axis, end }: CubeFace, at: number): CubeCut {
  const [from, to] = cut[axis]
  const wanted = Math.round(at)
  const range: [number, number] = end === 'from' ? [Math.min(to - 1, Math.max(0, wanted)), to] : [from, Math.max(from + 1, Math.min(lengthOf(size, axis), wanted))]
  return { ...cut, [axis]: range }
}

/** The same share of another cube's sides; what was whole stays whole. */
export function scaleCut(cut: CubeCut, from: CubeSize, to: CubeSize): CubeCut {
  const along = (axis: CubeAxis): [number, number] => {
    const factor = lengthOf(to, axis) / lengthOf(from, axis)
    const first = Math.min(lengthOf(to, axis) - 1, Math.round(cut[axis][0] * factor))
    return [first, Math.max(first + 1, Math.round(cut[axis][1] * factor))]
  }
  return { row: along('row'), col: along('col'), slice: along('slice') }
}
