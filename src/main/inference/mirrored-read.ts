import { allBands, readWindow, type CubeReader } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import { intersectWindows, type PixelWindow } from '../cube/pixel-window'
import { mirrorIndex } from '../dataset/mirror'

/**
 * Reads `window`, which may reach beyond `within` (the part of the scene that is used), NaN = no data; all bands, or those
 * given. Outside, pixels are mirrored about the edge of `within`.
 */
export async function readMirrored(
  reader: CubeReader,
  within: PixelWindow,
  window: PixelWindow,
  signal?: AbortSignal,
  picked: readonly number[] = allBands(reader.header),
): Promise<Image> {
  const bands = picked.length
  const rowsOf = span(window.row, window.rows, within.rows)
  const colsOf = span(window.col, window.cols, within.cols)
  const inside = intersectWindows(
    { row: rowsOf.first, col: colsOf.first, rows: rowsOf.count, cols: colsOf.count },
    { row: 0, col: 0, rows: within.rows, cols: within.cols },
  ) as PixelWindow
  const values = await readWindow(reader, { ...inside, row: inside.row + within.row, col: inside.col + within.col }, picked, signal)
  if (inside.rows === window.rows && inside.cols === window.cols) return { rows: window.rows, cols: window.cols, bands, data: values }
  const data = new Float32Array(window.rows * window.cols * bands)
  for (let row = 0; row < window.rows; row++) {
    const line = (mirrorIndex(window.row + row, within.rows) - inside.row) * inside.cols
    for (let col = 0; col < window.cols; col++) {
      const from = (line + mirrorIndex(window.col + col, within.cols) - inside.col) * bands
      data.set(values.subarray(from, from + bands), (row * window.cols + col) * bands)
    }
  }
  return { rows: window.rows, cols: window.cols, bands, data }
}

/** The smallest stretch of [0, size) that holds all mirrored indices of [start, start + count). */
function span(start: number, count: number, size: number): { first: number; count: number } {
  let first = size
  let last = -1
  for (let i = start; i < start + count; i++) {
    const index = mirrorIndex(i, size)
    first = Math.min(first, index)
    last = Math.max(last, index)
  }
  return { first, count: last - first + 1 }
}
