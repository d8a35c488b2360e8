import { allBands, type CubeReader } from '../cube/cube-reader'
import { wholeWindow } from '../cube/pixel-window'
import { allowedSymmetries, sceneBandShift } from '../dataset/band-shift'
import type { PixelRequests } from '../../preload/pixel-contract'

/**
 * How far red and blue bands of a scene are apart in its middle, and the symmetries (0..7) that training may use because
 * of it; bad bands are left out. null where it can't be measured: fewer than two usable bands, sides below 16 pixels.
 */
export async function describeBandShift(reader: CubeReader, signal?: AbortSignal): Promise<PixelRequests['band-shift']['reply']> {
  const { header } = reader
  const usable = allBands(header).filter((band) => header.badBands?.[band] !== true)
  const shift = await sceneBandShift(reader, wholeWindow(header), usable, signal)
  return shift === null ? null : { ...shift, symmetries: allowedSymmetries(shift) }
}
