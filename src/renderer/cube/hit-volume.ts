import type { VolumeBlock } from '../../preload/pixel-contract'
import { lengthOf, type CubeAxis, type CubeCut, type CubeSize, type Point } from './cube-box'
import { crossBox, hitAt, placeAlong, type CubeHit, type Ray } from './hit-box'
import { strengthOf } from './transfer-function'

/** A volume as it is seen. */
export interface SeenVolume {
  block: VolumeBlock
  /** Slices of the cube that are taken, see `VolumePlan`. */
  slices: readonly number[]
  /** Opacity of the 256 values; null = the greatest value along each ray is seen. */
  opacity: Float32Array | null
  isSigned: boolean
}

/** As the renderer's at rest. */
const STEPS = 192
/** Samples along the longest way through a cube at which opacities are meant. */
const OPACITY_STEPS = 100
/** What covers less of its ground than this is not seen. */
const LEAST_SEEN = 0.02

/**
 * What of a volume is seen along a ray: the first of the greatest values, or the voxel that adds most to the colour; null
 * when nothing is seen. Samples as the renderer does, without interpolation.
 */
export function hitVolume(ray: Ray, size: CubeSize, lengths: Point, cut: CubeCut, { block, slices, opacity, isSigned }: SeenVolume): CubeHit | null {
  const crossing = crossBox(ray, size, lengths, cut)
  if (crossing === null) return null
  const sides: Record<CubeAxis, number> = { row: block.rows, col: block.cols, slice: block.slices }
  const stride = Math.hypot(...lengths) / STEPS
  let best: Record<CubeAxis, number> | null = null
  let most = 0
  let covered = 0
  for (let at = Math.max(0, crossing.enter) + stride / 2; at < crossing.leave; at += stride) {
    const place = placeAlong(ray, at, size, lengths)
    const voxelOf = (axis: CubeAxis): number => Math.min(sides[axis] - 1, Math.max(0, Math.floor((place[axis] / lengthOf(size, axis)) * sides[axis])))
    const voxel = { row: voxelOf('row'), col: voxelOf('col'), slice: voxelOf('slice') }
    const value = block.data[(voxel.slice * block.rows + voxel.row) * block.cols + voxel.col] as number
    let seen = strengthOf(value, isSigned)
    if (opacity !== null) {
      seen = (1 - covered) * (1 - (1 - (opacity[value] as number)) ** (OPACITY_STEPS / STEPS))
      covered += seen
    }
    if (seen > most) {
      most = seen
      best = voxel
    }
  }
  const hit = best
  if (hit === null || (opacity !== null && covered < LEAST_SEEN)) return null
  const middle = (axis: 'row' | 'col'): number => ((hit[axis] + 0.5) * lengthOf(size, axis)) / sides[axis]
  return hitAt({ row: middle('row'), col: middle('col'), slice: (slices[hit.slice] ?? 0) + 0.5 }, cut)
}
