const FRAMES = 12

/** How a moving cube is drawn. */
export interface FrameTime {
  milliseconds: number
  /** Of the window's resolution. */
  share: number
}

/** Takes a frame's time into `frames` (the last dozen) and gives the median of them, which a single hitch does not move. */
export function steadyFrameMs(frames: number[], frameMs: number): number {
  frames.push(frameMs)
  if (frames.length > FRAMES) frames.shift()
  return [...frames].sort((p, q) => p - q)[Math.floor(frames.length / 2)] as number
}
