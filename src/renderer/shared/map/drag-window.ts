import type { PixelRequests } from '../../../preload/pixel-contract'

export type PixelWindow = PixelRequests['picture']['payload']['window']

/** Which edges of a window are pulled; none = the window as a whole is moved. */
export interface Grip {
  top: boolean
  left: boolean
  bottom: boolean
  right: boolean
}

/**
 * `start` with a grip moved by `byRows`, `byCols` pixels: edges on multiples of `align`, inside rows x cols, at least
 * `least` pixels a side.
 */
export function dragWindow(start: PixelWindow, grip: Grip, byRows: number, byCols: number, rows: number, cols: number, align: number, least: number): PixelWindow {
  const vertical = dragSpan(start.row, start.rows, grip.top, grip.bottom, byRows, rows, align, least)
  const horizontal = dragSpan(start.col, start.cols, grip.left, grip.right, byCols, cols, align, least)
  return { row: vertical.at, rows: vertical.size, col: horizontal.at, cols: horizontal.size }
}

function dragSpan(at: number, size: number, first: boolean, last: boolean, by: number, total: number, align: number, least: number): { at: number; size: number } {
  const snap = (value: number): number => Math.round(value / align) * align
  const end = Math.floor(total / align) * align
  const smallest = Math.min(end, Math.ceil(least / align) * align)
  if (first === last) {
    const room = Math.max(0, end - size)
    return { at: Math.min(room, Math.max(0, snap(at + by))), size }
  }
  if (first) {
    const from = Math.min(at + size - smallest, Math.max(0, snap(at + by)))
    return { at: from, size: at + size - from }
  }
  return { at, size: Math.min(end, Math.max(at + smallest, snap(at + size + by))) - at }
}
