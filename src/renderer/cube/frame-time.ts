const FRAMES = 12

/** Takes a frame's time into `frames` (the last dozen) and gives the median of them, which a single hitch does not move. */
export function steadyFrameMs(frames: number[], frameMs: number): number {
  frames.push(frameMs)
  if (frames.length > FRAMES) frames.shift()
  return [...frames].sort((p, q) => p - q)[Math.floor(frames.length / 2)] as number
}
