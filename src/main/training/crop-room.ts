import { StudioError } from '../common/errors'
import { cropOrigins } from '../dataset/training-image'
import { reduceMask } from './training-ground'

/** Low-resolution ground of one picture to draw crops from: 1 in `trainable` [rows * cols] where they may lie. */
export interface CropGround {
  rows: number
  cols: number
  trainable: Uint8Array
}

/** How a `studio` network is applied to a scene. */
export interface Passes {
  scale: number
  passes: number
  /** Side of the attention windows, and so of the smallest crops. */
  window: number
}

/**
 * The ground of the scene itself and, for cascades, of its reductions, as long as they hold crops. `trainable`
 * [rows * cols] in scene pixels.
 */
export function passGrounds(rows: number, cols: number, trainable: Uint8Array, { scale, passes, window }: Passes): CropGround[] {
  const grounds: CropGround[] = []
  let ground: CropGround = { rows, cols, trainable }
  for (let pass = 0; pass < passes; pass++) {
    ground = {
      rows: Math.floor(ground.rows / scale), cols: Math.floor(ground.cols / scale),
      trainable: reduceMask(ground.trainable, ground.rows, ground.cols, scale),
    }
    grounds.push(ground)
    if (Math.min(ground.rows, ground.cols) < window * scale) break
  }
  return grounds
}

/** Throws 'invalid-argument' when a scene is too small for the `studio` network to be tuned on. */
export function assertLargeEnough(file: string, { rows, cols }: { rows: number; cols: number }, { scale, passes, window }: Passes): void {
  const least = 2 * window * scale
  if (Math.min(rows, cols) >= least) return
  throw new StudioError('invalid-argument', `${file}: ${rows} x ${cols} pixels are too few to fine-tune at ${scale ** passes}x.`, {
    file, remedy: `Use a scene of at least ${least} pixels a side, or upscale it with the shipped model.`,
  })
}

const LARGEST_CROP = 24

/**
 * Side of the `studio` network's crops: whole windows, the largest that leaves room to move in the largest picture and
 * fits somewhere; null = not even one window does.
 */
export function studioCropSide(grounds: readonly CropGround[], window: number): number | null {
  const shorter = Math.max(...grounds.map(({ rows, cols }) => Math.min(rows, cols)))
  let side = Math.max(window, Math.min(LARGEST_CROP, Math.floor((shorter * 0.6) / window) * window))
  while (side >= window && !hasRoom(grounds, side)) side -= window
  return side >= window ? side : null
}

function hasRoom(grounds: readonly CropGround[], side: number): boolean {
  return grounds.some(({ rows, cols, trainable }) => cropOrigins(trainable, rows, cols, side).length > 0)
}

export function noRoomError(): StudioError {
  return new StudioError('invalid-argument', 'No part of the scenes outside the held-out block is large enough and free of gaps to train on.', {
    remedy: 'Use a larger scene or one with fewer gaps.',
  })
}
