import { text } from '../text'
import { axisTicks, tickCount } from './axis-ticks'
import { CUBE_AXES, type CubeAxis, type CubeCut, type CubeSize, type Point } from './cube-box'
import type { CubeSource } from './cube-source'
import type { GroundUnit } from './cube-store'
import { labelEdge, worldPoint } from './label-edge'
import type { SceneFacts } from './types'

/** What stands beside the cube: its middle on the canvas in CSS pixels, and how it is turned. */
export interface AxisLabel {
  key: string
  label: string
  /** The axis's name, not a number on it. */
  isName: boolean
  x: number
  y: number
  turnDegrees: number
}

export interface LabelledCube {
  source: CubeSource
  facts: SceneFacts
  size: CubeSize
  lengths: Point
  cut: CubeCut
  ground: GroundUnit
}

interface Screen {
  x: number
  y: number
}

/** From the edge, in pixels. */
const TICK_AWAY = 20
const NAME_AWAY = 44
/** An edge seen nearly end on has no labels. */
const LEAST_LENGTH = 24

/** Names and numbers along three edges of the cube. */
export function axisLabels(cube: LabelledCube, camera: Point, screenOf: (point: Point) => Screen): AxisLabel[] {
  const { source, facts, size, lengths, cut, ground } = cube
  const middle = screenOf(worldPoint(size, lengths, { row: mean(cut.row), col: mean(cut.col), slice: mean(cut.slice) }))
  return withoutOverlaps(CUBE_AXES.flatMap((axis) => {
    const edge = labelEdge(axis, size, lengths, cut, camera, screenOf)
    if (edge === null) return []
    const [p, q] = [screenOf(edge.from), screenOf(edge.to)]
    const length = Math.hypot(q.x - p.x, q.y - p.y)
    if (length < LEAST_LENGTH) return []
    const away = outward(p, q, middle)
    const beside = edge.at[axis === 'col' ? 'row' : 'col'] ?? 0
    const ticks = axisTicks(source, facts, cut, axis, ground, beside, tickCount(length, size, axis)).map(({ at, label }, index) => {
      const { x, y } = screenOf(worldPoint(size, lengths, { row: 0, col: 0, slice: 0, ...edge.at, [axis]: at }))
      return { key: `${axis} ${index}`, label, isName: false, x: x + TICK_AWAY * away.x, y: y + TICK_AWAY * away.y, turnDegrees: 0 }
    })
    const name = { key: axis, label: nameOf(cube, axis), isName: true, x: mean([p.x, q.x]) + NAME_AWAY * away.x, y: mean([p.y, q.y]) + NAME_AWAY * away.y, turnDegrees: readable(p, q) }
    return [...ticks, name]
  }))
}

/** Of a number's sign in 11 px type. */
const GLYPH = { width: 6.5, height: 11 }
/** Between two numbers, so that they are not read as one. */
const GAP = 8

/** Numbers that would be written over or close to another, where two axes end in one corner of a small cube, stand a little aside. */
function withoutOverlaps(labels: AxisLabel[]): AxisLabel[] {
  const kept: AxisLabel[] = []
  for (const one of labels) {
    const near = (other: AxisLabel): number => ((one.label.length + other.label.length) * GLYPH.width) / 2 + GAP - Math.abs(one.x - other.x)
    const beside = one.isName ? undefined : kept.find((other) => !other.isName && near(other) > 0 && Math.abs(one.y - other.y) < GLYPH.height)
    kept.push(beside === undefined ? one : { ...one, x: one.x + (one.x < beside.x ? -1 : 1) * near(beside) })
  }
  return kept
}

function nameOf({ source, facts, ground }: LabelledCube, axis: CubeAxis): string {
  const words = text.cube.axes
  if (axis === 'slice') return source.slices.every(({ nm }) => nm === null) ? words.band : words.nm
  if (ground === 'pixels' || facts.transform === null) return words[axis]
  const isColumn = axis === 'col'
  switch (facts.crs?.kind) {
    case 'projected': return isColumn ? words.easting : words.northing
    case 'geographic': return isColumn ? words.longitude : words.latitude
    case 'unknown': case undefined: return isColumn ? words.x : words.y
  }
}

function mean([p, q]: readonly [number, number]): number {
  return (p + q) / 2
}

/** Across an edge on the screen, away from the middle of the cube. */
function outward(p: Screen, q: Screen, middle: Screen): Screen {
  const length = Math.hypot(q.x - p.x, q.y - p.y)
  const [x, y] = [(q.y - p.y) / length, (p.x - q.x) / length]
  return x * (mean([p.x, q.x]) - middle.x) + y * (mean([p.y, q.y]) - middle.y) < 0 ? { x: -x, y: -y } : { x, y }
}

/** Along an edge, never upside down. */
function readable(p: Screen, q: Screen): number {
  const degrees = (Math.atan2(q.y - p.y, q.x - p.x) * 180) / Math.PI
  return degrees > 90 ? degrees - 180 : degrees < -90 ? degrees + 180 : degrees
}
