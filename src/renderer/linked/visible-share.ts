import type { MapView } from '../shared/map/map-layer'

const LONGEST_SIDE = 128
const SHORTEST_SIDE = 24

/** Size of the small map of rows x cols pixels on the screen. */
export function insetSize({ rows, cols }: { rows: number; cols: number }): { width: number; height: number } {
  const scale = LONGEST_SIDE / Math.max(rows, cols)
  return { width: Math.max(SHORTEST_SIDE, Math.round(cols * scale)), height: Math.max(SHORTEST_SIDE, Math.round(rows * scale)) }
}

/** The part of the raster that a map shows, as shares of its height and width. `half`: of the map's size on the screen. */
export function visibleShare({ row, col, zoom }: MapView, half: { x: number; y: number }, { rows, cols }: { rows: number; cols: number }): { top: number; left: number; bottom: number; right: number } {
  const inside = (value: number): number => Math.min(1, Math.max(0, value))
  return {
    top: inside((row - half.y / zoom) / rows), bottom: inside((row + half.y / zoom) / rows),
    left: inside((col - half.x / zoom) / cols), right: inside((col + half.x / zoom) / cols),
  }
}
