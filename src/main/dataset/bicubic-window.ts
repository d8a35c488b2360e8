import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import { upsample } from './resample'
import type { ResultPlace } from './result-place'

/** Source pixels that a bicubic value depends on, on each side. */
const HALO = 2

/**
 * Window `fine` (output pixels) of the bicubic enlargement of a part of a scene, whose edge pixels are repeated: stored values
 * of `bands` of the scene, Float32 [rows, cols, bands], NaN = no data. Reads only what the window depends on. Errors: those
 * of reading.
 */
export async function bicubicWindow(scene: CubeReader, place: Pick<ResultPlace, 'window' | 'scale'>, bands: readonly number[], fine: PixelWindow, signal?: AbortSignal): Promise<Float32Array> {
  const { window: within, scale } = place
  const { row, col, rows, cols } = coarseWindow(fine, scale, within)
  const data = await readWindow(scene, { row: within.row + row, col: within.col + col, rows, cols }, bands, signal)
  const part = { ...fine, row: fine.row - row * scale, col: fine.col - col * scale }
  return upsample({ rows, cols, bands: bands.length, data }, scale, 'bicubic', part).data
}

/** The input pixels of `within` (counted from its corner) that a window of the output depends on, cut at its edge. */
function coarseWindow({ row, col, rows, cols }: PixelWindow, scale: number, within: PixelWindow): PixelWindow {
  const top = Math.max(0, Math.floor(row / scale) - HALO)
  const left = Math.max(0, Math.floor(col / scale) - HALO)
  return {
    row: top, col: left,
    rows: Math.min(within.rows, Math.ceil((row + rows) / scale) + HALO) - top,
    cols: Math.min(within.cols, Math.ceil((col + cols) / scale) + HALO) - left,
  }
}
