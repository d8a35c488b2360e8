import type { PixelWindow } from '../../../preload/pixel-contract'

/** What of a window is being dragged: all of it, or the sides that the letters name (n, s, w, e). */
export type WindowHandle = 'move' | 'n' | 's' | 'w' | 'e' | 'nw' | 'ne' | 'sw' | 'se'

export interface WindowLimits {
  /** Size of the ground, in pixels. */
  rows: number
  cols: number
  /** Corners and sides keep multiples of it; a side that reaches the ground's edge may end there. */
  align: number
  /** Smallest side. */
  least: number
}

/** A window after `handle` was dragged by `rows`, `cols` pixels: snapped to the grid, inside the ground, no side too small. */
export function dragWindow(window: PixelWindow, handle: WindowHandle, rows: number, cols: number, limits: WindowLimits): PixelWindow {
  const vertical = dragSide(window.row, window.rows, sideOf(handle, 'n', 's'), rows, limits.rows, limits)
  const horizontal = dragSide(window.col, window.cols, sideOf(handle, 'w', 'e'), cols, limits.cols, limits)
  return { row: vertical.start, rows: vertical.length, col: horizontal.start, cols: horizontal.length }
}

type Side = 'both' | 'start' | 'end' | null

function sideOf(handle: WindowHandle, start: string, end: string): Side {
  if (handle === 'move') return 'both'
  return handle.includes(start) ? 'start' : handle.includes(end) ? 'end' : null
}

function dragSide(start: number, length: number, side: Side, by: number, ground: number, { align, least }: WindowLimits): { start: number; length: number } {
  const snap = (at: number): number => Math.round(at / align) * align
  const smallest = Math.min(ground, Math.max(align, Math.ceil(least / align) * align))
  const end = start + length
  const clamp = (at: number, low: number, high: number): number => Math.min(Math.max(low, high), Math.max(low, at))
  switch (side) {
    case null: return { start, length }
    case 'both': return { start: clamp(snap(start + by), 0, Math.floor((ground - length) / align) * align), length }
    case 'start': {
      const moved = clamp(snap(start + by), 0, Math.floor((end - smallest) / align) * align)
      return { start: moved, length: end - moved }
    }
    case 'end': {
      const wanted = end + by
      // the ground's own edge counts as a grid line when it lies nearer than the last one
      const moved = wanted > ground - align / 2 ? ground - (ground % align === 0 ? 0 : edgeRest(ground, align)) : snap(wanted)
      return { start, length: clamp(moved, start + smallest, ground) - start }
    }
  }
}
