import { throwIfAborted } from '../common/job-context'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import { SAMPLE_TYPES } from '../cube/sample-type'
import { stripRows } from './scene-components'

/** true when no value can be missing: whole numbers, none of which means "no data". */
export function isGapless({ header }: CubeReader, bands: readonly number[]): boolean {
  return SAMPLE_TYPES[header.sampleType].integer && bands.every((band) => (header.nodata[band] ?? null) === null)
}

/** 1 where all of `bands` have a value, [rows * cols] of a window. Reads every pixel once, strip by strip, unless the scene has no gaps. */
export async function validPixels(reader: CubeReader, window: PixelWindow, bands: readonly number[], signal?: AbortSignal): Promise<Uint8Array> {
  const valid = new Uint8Array(window.rows * window.cols).fill(1)
  if (isGapless(reader, bands)) return valid
  const strip = stripRows({ cols: window.cols, bands: bands.length })
  for (let row = 0; row < window.rows; row += strip) {
    throwIfAborted(signal)
    const rows = Math.min(strip, window.rows - row)
    const values = await readWindow(reader, { row: window.row + row, col: window.col, rows, cols: window.cols }, bands, signal)
    const first = row * window.cols
    for (let pixel = 0, i = 0; pixel < rows * window.cols; pixel++) {
      for (let band = 0; band < bands.length; band++, i++) if (Number.isNaN(values[i])) valid[first + pixel] = 0
    }
  }
  return valid
}
