import { intersectWindows, type PixelWindow } from '../cube/pixel-window'
import { PATCH, type ProtocolScale, type PublishedProtocol } from './published-protocols'

/** Where a protocol trains and tests, in scene pixels. */
export interface ProtocolGround {
  test: PixelWindow
  /** Share of the test patch that lies in the patches that the published networks are trained on, 0-1. */
  publishedOverlap: number
  /** The largest rectangle of the published training patches that keeps `guard` pixels clear of the test patch; its corner lies on whole coarse pixels. */
  training: PixelWindow
  guard: number
}

/**
 * Low-resolution pixels between our training ground and the test patch: how far the `studio` network looks around it, so
 * that no pixel that it learns from depends on one that it is tested on.
 */
export const GUARD_REACH = 30

/** Divides a scene of `rows` x `cols` pixels, which must have one of the protocol's sizes. */
export function protocolGround(protocol: PublishedProtocol, { rows, cols }: { rows: number; cols: number }, scale: ProtocolScale): ProtocolGround {
  const test = { ...protocol.testCorner(rows), rows: PATCH, cols: PATCH }
  const guard = GUARD_REACH * scale
  // whole patches from the first pixel on; the rest of the scene is not used
  const patches = { row: 0, col: 0, rows: Math.floor(rows / PATCH) * PATCH, cols: Math.floor(cols / PATCH) * PATCH }
  return { test, publishedOverlap: publishedOverlap(test, patches), training: largestClear(patches, test, guard, scale), guard }
}

/** Only the patch that is the test patch itself is left out of the published training. */
function publishedOverlap(test: PixelWindow, patches: PixelWindow): number {
  if (test.row % PATCH === 0 && test.col % PATCH === 0) return 0
  const common = intersectWindows(test, patches)
  return common === null ? 0 : (common.rows * common.cols) / (test.rows * test.cols)
}

/** The largest of the four rectangles of `patches` above, below, left and right of `test` at a distance of `guard`; the corner is a multiple of `align`. */
function largestClear({ rows, cols }: PixelWindow, test: PixelWindow, guard: number, align: number): PixelWindow {
  const below = Math.ceil((test.row + test.rows + guard) / align) * align
  const beyond = Math.ceil((test.col + test.cols + guard) / align) * align
  const sides: PixelWindow[] = [
    { row: 0, col: 0, rows: test.row - guard, cols },
    { row: below, col: 0, rows: rows - below, cols },
    { row: 0, col: 0, rows, cols: test.col - guard },
    { row: 0, col: beyond, rows, cols: cols - beyond },
  ]
  const area = (side: PixelWindow): number => Math.max(0, side.rows) * Math.max(0, side.cols)
  return sides.reduce((best, side) => (area(side) > area(best) ? side : best))
}
