import { z } from 'zod'
import { StudioError } from '../common/errors'

/** A raster rectangle, half open: rows [row, row + rows), cols [col, col + cols), 0-based. */
export interface PixelWindow {
  row: number
  col: number
  rows: number
  cols: number
}

/** A window that crossed a process boundary or came from a file; whether it lies inside a raster is another question. */
export const pixelWindowSchema = z.strictObject({
  row: z.int().min(0),
  col: z.int().min(0),
  rows: z.int().min(1),
  cols: z.int().min(1),
})

export function wholeWindow(size: { rows: number; cols: number }): PixelWindow {
  return { row: 0, col: 0, rows: size.rows, cols: size.cols }
}

/** Throws 'invalid-argument' unless `window` is a non-empty rectangle inside the raster. */
export function assertWindowInside(window: PixelWindow, size: { rows: number; cols: number }): void {
  const { row, col, rows, cols } = window
  const whole = [row, col, rows, cols].every(Number.isInteger)
  if (!whole || row < 0 || col < 0 || rows < 1 || cols < 1 || row + rows > size.rows || col + cols > size.cols) {
    throw new StudioError(
      'invalid-argument',
      `The window row ${row}, col ${col}, ${rows} x ${cols} pixels does not lie inside the raster of ${size.rows} x ${size.cols} pixels.`,
      { remedy: `Choose rows within 0-${size.rows} and columns within 0-${size.cols}.` },
    )
  }
}

export function intersectWindows(p: PixelWindow, q: PixelWindow): PixelWindow | null {
  const row = Math.max(p.row, q.row)
  const col = Math.max(p.col, q.col)
  const rows = Math.min(p.row + p.rows, q.row + q.rows) - row
  const cols = Math.min(p.col + p.cols, q.col + q.cols) - col
  return rows > 0 && cols > 0 ? { row, col, rows, cols } : null
}

export function scaleWindow(w: PixelWindow, scale: number): PixelWindow {
  return { row: w.row * scale, col: w.col * scale, rows: w.rows * scale, cols: w.cols * scale }
}
