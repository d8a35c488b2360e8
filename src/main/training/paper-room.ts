import { StudioError } from '../common/errors'
import { cropOrigins } from '../dataset/training-image'
import type { CropGround } from './crop-room'

/** A scene lies in memory as a whole, once in full and once degraded. */
const MOST_BYTES = 4e9

/** Side of the published patches in high-resolution pixels. */
const PATCH = 144

/** Crops must have this many places, or be smaller: fewer would be learnt by heart. */
const ENOUGH_PLACES = 64
const SMALLEST_SIDE = 8

/** Throws 'too-large' when a scene is too large for the `paper` network to be trained on. */
export function assertFitsPaper(file: string, { rows, cols }: { rows: number; cols: number }, bands: number): void {
  if (rows * cols * bands * 6 <= MOST_BYTES) return
  throw new StudioError('too-large', `${file}: ${rows} x ${cols} pixels in ${bands} bands are too many to train the paper network on at once.`, {
    file, remedy: 'Train on a window of the scene, or use the studio preset.',
  })
}

/** Side of the published crops in low-resolution pixels. */
export function publishedCropSide(scale: number): number {
  return PATCH / scale
}

/** Side of the `paper` network's crops in low-resolution pixels: even, at most `largest`, with enough places for them; null = no room at all. */
export function paperCropSide(grounds: readonly CropGround[], largest: number): number | null {
  for (let side = largest - (largest % 2); side >= SMALLEST_SIDE; side -= 2) {
    const places = countPlaces(grounds, side)
    if (places >= ENOUGH_PLACES || (side === SMALLEST_SIDE && places > 0)) return side
  }
  return null
}

function countPlaces(grounds: readonly CropGround[], side: number): number {
  return grounds.reduce((sum, { rows, cols, trainable }) => sum + cropOrigins(trainable, rows, cols, side).length, 0)
}
