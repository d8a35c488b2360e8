import type { VolumeBlock } from '../../preload/pixel-contract'
import { strengthOf } from './transfer-function'

/** Voxels along a side of a block. */
export const BLOCK = 8

/** The least and the greatest value in each block of a volume, with one voxel around it, which interpolation mixes in. */
export interface BlockRanges {
  slices: number
  rows: number
  cols: number
  /** Uint8 [slices, rows, cols] each. */
  min: Uint8Array
  max: Uint8Array
}

export function blockRanges({ slices, rows, cols, data }: VolumeBlock): BlockRanges {
  const size = { slices: Math.ceil(slices / BLOCK), rows: Math.ceil(rows / BLOCK), cols: Math.ceil(cols / BLOCK) }
  const min = new Uint8Array(size.slices * size.rows * size.cols).fill(255)
  const max = new Uint8Array(min.length)
  let at = 0
  for (let slice = 0; slice < size.slices; slice++) {
    for (let row = 0; row < size.rows; row++) {
      for (let col = 0; col < size.cols; col++, at++) {
        let low = 255
        let high = 0
        for (let z = Math.max(0, slice * BLOCK - 1); z <= Math.min(slices - 1, (slice + 1) * BLOCK); z++) {
          for (let y = Math.max(0, row * BLOCK - 1); y <= Math.min(rows - 1, (row + 1) * BLOCK); y++) {
            const line = (z * rows + y) * cols
            for (let x = Math.max(0, col * BLOCK - 1); x <= Math.min(cols - 1, (col + 1) * BLOCK); x++) {
              const value = data[line + x] as number
              if (value < low) low = value
              if (value > high) high = value
            }
          }
        }
        min[at] = low
        max[at] = high
      }
    }
  }
  return { ...size, min, max }
}

/**
 * What the renderer may skip: Uint8 [slices, rows, cols, 2] of the greatest strength, and 255 where a value between the least
 * and the greatest has any opacity. `opacity`: 256 entries.
 */
export function blockTexels({ min, max }: BlockRanges, opacity: ArrayLike<number>, isSigned: boolean): Uint8Array {
  /** Next value at or above this one that is not transparent. */
  const next = new Int32Array(257).fill(256)
  for (let value = 255; value >= 0; value--) next[value] = (opacity[value] as number) > 0 ? value : (next[value + 1] as number)
  const texels = new Uint8Array(max.length * 2)
  for (let i = 0; i < max.length; i++) {
    texels[2 * i] = Math.max(strengthOf(min[i] as number, isSigned), strengthOf(max[i] as number, isSigned))
    texels[2 * i + 1] = (next[min[i] as number] as number) <= (max[i] as number) ? 255 : 0
  }
  return texels
}
