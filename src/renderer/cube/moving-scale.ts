/** A frame that takes longer is felt while the cube is turned. */
const WANTED_MS = 45
const LEAST = 0.2

/**
 * Share of the canvas's resolution for the next frame while the cube moves: the time goes with the number of pixels, the
 * square of the share. Grows slowly, so that it does not swing.
 */
export function nextMovingScale(scale: number, frameMs: number): number {
  const wanted = scale * Math.sqrt(WANTED_MS / frameMs)
  return Math.min(1, Math.max(LEAST, Math.min(wanted, scale * 1.1)))
}
