import { FILL_REACH } from '../../dataset/fill-nearby'
import { receptiveHalo, windowSide, type StudioShape } from './shape'

/** How far back-projected bicubic reaches, in low-resolution pixels: five rounds of two pixels and the interpolation's own two. */
const BASE_REACH = 12

/** A network and how often it is applied: total scale = shape.scale ^ passes. */
export interface Cascade {
  shape: StudioShape
  passes: number
  /** How far around a pixel the network sees, in low-resolution pixels; absent = as far as it can, which results ask for. Less is for a quick look. */
  reach?: number
}

export function totalScale({ shape, passes }: Cascade): number {
  return shape.scale ** passes
}

/**
 * Surroundings, in low-resolution pixels and whole windows, that a tile needs so that its inside does not depend on
 * where tiles begin. Later passes work on finer pixels and need less of them.
 */
export function tileHalo(cascade: Cascade): number {
  return haloOfPasses(cascade, cascade.passes, FILL_REACH)
}

/** Halo before the last `passes` passes of a cascade, when the first one's input reaches `before` pixels further itself. */
export function haloOfPasses(cascade: Cascade, passes: number, before: number): number {
  if (passes === 0) return 0
  const { shape, reach = receptiveHalo(shape) } = cascade
  // base and detail both start from the same components, so the wider of the two counts
  const needed = Math.max(reach, BASE_REACH) + Math.ceil(haloOfPasses(cascade, passes - 1, 0) / shape.scale) + before
  const window = windowSide(shape)
  return Math.ceil(needed / window) * window
}
