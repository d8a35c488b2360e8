import { CUBE_AXES, toWorld, WORLD_AXIS, type CubeAxis, type CubeCut, type CubeSize, type Point } from './cube-box'

/** An edge of what is left, along which the labels of an axis stand. */
export interface LabelEdge {
  axis: CubeAxis
  /** Where the edge lies on the two other axes. */
  at: Partial<Record<CubeAxis, number>>
  from: Point
  to: Point
}

interface Screen {
  x: number
  y: number
}

/** World place of a place on the cube's axes. */
export function worldPoint(size: CubeSize, lengths: Point, place: Record<CubeAxis, number>): Point {
  const point: [number, number, number] = [0, 0, 0]
  for (const axis of CUBE_AXES) point[WORLD_AXIS[axis]] = toWorld(size, lengths, axis, place[axis])
  return point
}

/**
 * The edge for an axis's labels: one on the outline (one of its two faces is seen, the other is not), so that no face lies
 * behind them; the lowest on the screen along the ground, the leftmost along the stack. null where there is none: the axis
 * is seen end on.
 */
export function labelEdge(axis: CubeAxis, size: CubeSize, lengths: Point, cut: CubeCut, camera: Point, screenOf: (point: Point) => Screen): LabelEdge | null {
  const [p, q] = CUBE_AXES.filter((other) => other !== axis) as [CubeAxis, CubeAxis]
  const seen = (other: CubeAxis, end: 0 | 1): boolean => {
    const plane = toWorld(size, lengths, other, cut[other][end])
    const opposite = toWorld(size, lengths, other, cut[other][1 - end] as number)
    const eye = camera[WORLD_AXIS[other]]
    return plane > opposite ? eye > plane : eye < plane
  }
  let best: { edge: LabelEdge; score: number } | null = null
  for (const endOfP of [0, 1] as const) {
    for (const endOfQ of [0, 1] as const) {
      const at = { [p]: cut[p][endOfP], [q]: cut[q][endOfQ] } as Partial<Record<CubeAxis, number>>
      const end = (along: number): Point => worldPoint(size, lengths, { row: 0, col: 0, slice: 0, ...at, [axis]: along })
      const edge = { axis, at, from: end(cut[axis][0]), to: end(cut[axis][1]) }
      if (seen(p, endOfP) === seen(q, endOfQ)) continue
      const [s, t] = [screenOf(edge.from), screenOf(edge.to)]
      const score = axis === 'slice' ? -(s.x + t.x) : s.y + t.y - 1e-3 * (s.x + t.x)
      if (best === null || score > best.score) best = { edge, score }
    }
  }
  return best?.edge ?? null
}
