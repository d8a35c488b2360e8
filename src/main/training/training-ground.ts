import { StudioError } from '../common/errors'
import type { PixelWindow } from '../cube/pixel-window'
import { splitGround, type GroundSplit } from '../dataset/ground-split'
import { CASCADE } from './cascade'

/** Share of a scene's ground that is held out to judge the result. */
const HELD_OUT_SHARE = 0.15

/** Low-resolution pixels around the held-out block that are not trained on either. */
const GUARD = 4

/** What the held-out block must keep to, in scene pixels. */
export interface GroundRules {
  /** Width of the strip around the block that is not trained on. */
  guard: number
  /** Row, col and sides of the block are multiples of this. */
  align: number
}

/** The rules at a scale; both presets have the same, so that their results can be compared. */
export function groundRules(scale: 2 | 3 | 4 | 8): GroundRules {
  return { guard: GUARD * CASCADE[scale].scale, align: scale }
}

/**
 * Divides `rows` x `cols` pixels into ground to train on and a block to judge on: `block` where the user gave one, else
 * chosen. `valid` [rows * cols] is 1 where every usable band is. Errors: those of `splitGround`.
 */
export function divideGround({ rows, cols }: { rows: number; cols: number }, scale: 2 | 3 | 4 | 8, valid: Uint8Array, block: PixelWindow | null): GroundSplit & GroundRules {
  const rules = groundRules(scale)
  return { ...rules, ...splitGround(rows, cols, { fraction: HELD_OUT_SHARE, ...rules, valid, ...(block === null ? {} : { block }) }) }
}

/** A block that the user drew belongs to one scene. Throws 'invalid-argument'. */
export function assertOneScene(validation: PixelWindow | null, scenes: number): void {
  if (validation === null || scenes === 1) return
  throw new StudioError('invalid-argument', `A held-out block can be given for one scene only, not for ${scenes}.`, {
    remedy: 'Train on one scene, or let the program choose a block in each of them.',
  })
}

/** 1 where all scale x scale pixels of a block are 1; trailing pixels are cut. */
export function reduceMask(mask: Uint8Array, rows: number, cols: number, scale: number): Uint8Array {
  const lowRows = Math.floor(rows / scale)
  const lowCols = Math.floor(cols / scale)
  const reduced = new Uint8Array(lowRows * lowCols).fill(1)
  for (let row = 0; row < lowRows * scale; row++) {
    for (let col = 0; col < lowCols * scale; col++) {
      if (mask[row * cols + col] === 0) reduced[Math.floor(row / scale) * lowCols + Math.floor(col / scale)] = 0
    }
  }
  return reduced
}
