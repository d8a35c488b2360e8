import { StudioError } from '../common/errors'
import type { CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import type { VolumeBlock } from '../../preload/pixel-contract'
import { readPicture } from './picture'

/** Values of one volume: 32 MB of bytes, read as 128 MB of numbers. */
const MOST_VOXELS = 2 ** 25

export interface VolumeRequest {
  /** In scene pixels; what lies outside is cut off. */
  window: PixelWindow
  /** 0-based, in any order. */
  bands: readonly number[]
  /** Stored values that become 1 and 255: one entry a band. */
  limits: readonly { low: number; high: number }[]
  rows: number
  cols: number
}

/**
 * A window of the scene reduced to at most `rows` x `cols` by the nearest pixel, as bytes between each band's limits:
 * Uint8 [bands, rows, cols], 0 = no data. Of a band whose limits are one value, what lies above is 255.
 * Errors: 'invalid-argument' (limits for another number of bands, no such band, a window outside), 'too-large', 'cancelled', those of reading.
 */
export async function readVolume(reader: CubeReader, { window, bands, limits, rows, cols }: VolumeRequest, signal?: AbortSignal): Promise<VolumeBlock> {
  if (limits.length !== bands.length) {
    throw new StudioError('invalid-argument', `A volume of ${bands.length} bands was asked for with the limits of ${limits.length}.`, { remedy: 'Give limits for each band.' })
  }
  if (Math.min(rows, window.rows) * Math.min(cols, window.cols) * bands.length > MOST_VOXELS) {
    throw new StudioError('too-large', `A volume of ${rows} x ${cols} pixels with ${bands.length} bands is too large.`, { remedy: 'Ask for fewer pixels or bands.' })
  }
  const picture = await readPicture(reader, { window, bands, rows, cols }, signal)
  const pixels = picture.rows * picture.cols
  const data = new Uint8Array(pixels * bands.length)
  limits.forEach(({ low, high }, band) => {
    const factor = high > low ? 254 / (high - low) : Infinity
    let to = band * pixels
    for (let from = band; from < picture.data.length; from += bands.length, to++) {
      const value = picture.data[from] as number
      if (value !== value) continue
      const level = value > low ? (value - low) * factor : 0
      data[to] = 1 + Math.round(level < 254 ? level : 254)
    }
  })
  return { slices: bands.length, rows: picture.rows, cols: picture.cols, data }
}
