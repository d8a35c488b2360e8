import { throwIfAborted } from '../common/job-context'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import { stripRows } from './scene-components'

/** Largest minus smallest valid value of the given bands in a window: the peak of PSNR. Reads every pixel once. */
export async function sceneRange(reader: CubeReader, window: PixelWindow, bands: readonly number[], signal?: AbortSignal): Promise<number> {
  let low = Infinity
  let high = -Infinity
  const strip = stripRows({ cols: window.cols, bands: bands.length })
  for (let row = 0; row < window.rows; row += strip) {
    throwIfAborted(signal)
    const rows = Math.min(strip, window.rows - row)
    const values = await readWindow(reader, { row: window.row + row, col: window.col, rows, cols: window.cols }, bands, signal)
    for (const value of values) {
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return high > low ? high - low : 1
}
