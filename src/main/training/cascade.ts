import type { StudioShape } from '../model/studio/shape'

/** How each total scale is made of networks: 8x is the 2x network three times, each pass on the last one's result. */
export const CASCADE: Record<2 | 3 | 4 | 8, { scale: StudioShape['scale']; passes: number }> = {
  2: { scale: 2, passes: 1 },
  3: { scale: 3, passes: 1 },
  4: { scale: 4, passes: 1 },
  8: { scale: 2, passes: 3 },
}
