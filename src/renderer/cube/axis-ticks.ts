import { formatCount, formatNumber } from '../shared/format'
import { decimalsOf } from '../viewer/map-coordinates'
import { lengthOf, type CubeAxis, type CubeCut, type CubeSize } from './cube-box'
import { scenePlace, type CubeSource } from './cube-source'
import type { GroundUnit } from './cube-store'
import type { SceneFacts } from './types'

/** A mark on an axis: its place between 0 and the axis's length. */
export interface AxisTick {
  at: number
  label: string
}

/** 1, 2 or 5 times a power of ten: the least step that makes at most `most` of them in `range`. */
export function niceStep(range: number, most: number): number {
  const rough = range / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= rough * (1 - 1e-9)) ?? 10 * power
}

/** Rows and columns of the layer counted from 1: the first and the last that are left, and round ones between. */
export function pixelTicks({ corner }: Pick<CubeSource, 'corner'>, cut: CubeCut, axis: 'row' | 'col', most: number): AxisTick[] {
  const [from, to] = cut[axis]
  const before = corner[axis]
  return withEnds(before + from + 1, before + to, most).map((number) => ({ at: number - before - 0.5, label: formatCount(number) }))
}

/** The ends, and between them the multiples of a round step that keep away from both. */
function withEnds(first: number, last: number, most: number): number[] {
  if (first === last) return [first]
  const step = Math.max(1, niceStep(last - first, most))
  const between: number[] = []
  for (let at = Math.ceil(first / step) * step; at < last; at += step) if (at - first >= step / 2 && last - at >= step / 2) between.push(at)
  return [first, ...between, last]
}

/** Wavelengths in nm, or band numbers where there are none. */
export function sliceTicks({ slices }: CubeSource, cut: CubeCut, most: number): AxisTick[] {
  const [from, to] = cut.slice
  const nm = slices.slice(from, to).map((slice) => slice.nm)
  const [first, last] = [nm[0], nm[nm.length - 1]]
  if (first == null || last == null || first === last) {
    return withEnds(from + 1, to, most).map((number) => ({ at: number - 0.5, label: String((slices[number - 1]?.sceneBand ?? 0) + 1) }))
  }
  return withEnds(first, last, most).map((wanted) => ({ at: from + placeBetween(nm as number[], wanted), label: formatNumber(wanted, wanted === first || wanted === last ? 4 : 5) }))
}

/** Where a value lies between the middles of the slices around it; `values` ascending, from the first up to the last. */
function placeBetween(values: readonly number[], wanted: number): number {
  const after = values.findIndex((value) => value >= wanted)
  if (after <= 0) return 0.5
  const [p, q] = [values[after - 1] as number, values[after] as number]
  return after - 0.5 + (wanted - p) / (q - p)
}

/**
 * What stands at the ticks of an axis. Coordinates are those of the marked pixels' middles on the edge along which the
 * labels lie, at `edge` (row of a column's label, column of a row's): x along columns, y along rows.
 */
export function axisTicks(source: CubeSource, facts: SceneFacts, cut: CubeCut, axis: CubeAxis, unit: GroundUnit, edge: number, most: number): AxisTick[] {
  if (axis === 'slice') return sliceTicks(source, cut, most)
  const { transform } = facts
  if (unit === 'pixels' || transform === null) return pixelTicks(source, cut, axis, most)
  const decimals = Math.max(0, decimalsOf(Math.hypot(transform.a, transform.d)) - 1)
  return pixelTicks(source, cut, axis, Math.max(1, Math.floor(most / 2))).map(({ at }) => {
    const { row, col } = scenePlace(source, axis === 'col' ? { row: edge, col: at } : { row: at, col: edge })
    const value = axis === 'col' ? transform.a * col + transform.b * row + transform.c : transform.d * col + transform.e * row + transform.f
    return { at, label: value.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, '\u2009') }
  })
}

/** As many labels as fit along so many screen pixels. */
export function tickCount(screenLength: number, size: CubeSize, axis: CubeAxis): number {
  return Math.max(1, Math.min(lengthOf(size, axis), Math.floor(screenLength / 56)))
}
