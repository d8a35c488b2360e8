import type { CubeSize } from './cube-box'

/** 256 x 256 x 128: what an integrated graphics processor draws fluently. */
const MOST_VOXELS = 2 ** 23
const MOST_SLICES = 128

export interface VolumePlan {
  rows: number
  cols: number
  /** Slices of the cube that are taken, evenly spread. */
  slices: number[]
}

/** How far a cube is reduced to be looked into: no side longer than `limit`, few enough voxels in all. */
export function volumePlan(size: CubeSize, limit: number): VolumePlan {
  const count = Math.min(size.slices, MOST_SLICES, limit)
  const share = Math.min(1, limit / Math.max(size.rows, size.cols), Math.sqrt(MOST_VOXELS / (size.rows * size.cols * count)))
  const side = (length: number): number => Math.max(1, Math.floor(length * share))
  return { rows: side(size.rows), cols: side(size.cols), slices: Array.from({ length: count }, (_, i) => Math.floor(((2 * i + 1) * size.slices) / (2 * count))) }
}
