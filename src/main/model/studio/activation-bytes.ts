import { windowSide, type StudioShape } from './shape'

/** Pictures of all channels that are alive at once in the middle of a network: measured, the library's own work space included. */
const LIVE_COPIES = { convolutions: 14, windowed: 28 }

/** Memory of the network at inference for one component over `pixels` low-resolution pixels, on top of weights and result. */
export function activationBytes(shape: StudioShape, pixels: number): number {
  return pixels * shape.channels * 4 * (windowSide(shape) === 1 ? LIVE_COPIES.convolutions : LIVE_COPIES.windowed)
}
