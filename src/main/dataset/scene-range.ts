import { throwIfAborted } from '../common/job-context'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import { stripRows } from './scene-components'

export interface ValueExtent {
  smallest: number
  largest: number
}

/** Smallest and largest valid value of the given bands in a window; Infinity and -Infinity without any. Reads every pixel once. */
export async function sceneExtent(reader: CubeReader, window: PixelWindow, bands: readonly number[], signal?: AbortSignal): Promise<ValueExtent> {
  let smallest = Infinity
  let largest = -Infinity
  const strip = stripRows({ cols: window.cols, bands: bands.length })
  for (let row = 0; row < window.rows; row += strip) {
    throwIfAborted(signal)
    const rows = Math.min(strip, window.rows - row)
    const values = await readWindow(reader, { row: window.row + row, col: window.col, rows, cols: window.cols }, bands, signal)
    for (const value of values) {
      if (value < smallest) smallest = value
      if (value > largest) largest = value
    }
  }
  return { smallest, largest }
}

/** Largest minus smallest valid value, the peak of PSNR; 1 where all are equal or there is none. */
export function peakOf({ smallest, largest }: ValueExtent): number {
  return largest > smallest ? largest - smallest : 1
}

/** The peak of PSNR for the given bands in a window: see `peakOf`. */
export async function sceneRange(reader: CubeReader, window: PixelWindow, bands: readonly number[], signal?: AbortSignal): Promise<number> {
  return peakOf(await sceneExtent(reader, window, bands, signal))
}
