import type { PixelWindow } from '../../cube/pixel-window'

/** Differences of brightness count this much beside those of colour, which a spectral method has more trouble with. */
const BRIGHTNESS_WEIGHT = 0.3
/** More than any pixel's detail can be. */
const GAP_PENALTY = 4 * 255

/** How much each pixel of a picture differs from its left and upper neighbours, and where it has no data. */
export interface DetailMap {
  rows: number
  cols: number
  /** [rows, cols]; 0 beside and inside gaps. */
  detail: Float64Array
  /** [rows, cols]; 1 = no data. */
  gaps: Uint8Array
}

/** From an RGBA picture [rows, cols, 4]; `valid` says which pixels have data. */
export function detailMap(picture: Uint8ClampedArray, rows: number, cols: number, valid: (pixel: number) => boolean): DetailMap {
  const map: DetailMap = { rows, cols, detail: new Float64Array(rows * cols), gaps: new Uint8Array(rows * cols) }
  const difference = (p: number, q: number): number => {
    const red = (picture[p * 4] as number) - (picture[q * 4] as number)
    const green = (picture[p * 4 + 1] as number) - (picture[q * 4 + 1] as number)
    const blue = (picture[p * 4 + 2] as number) - (picture[q * 4 + 2] as number)
    return Math.max(red, green, blue) - Math.min(red, green, blue) + BRIGHTNESS_WEIGHT * Math.abs(red + green + blue) / 3
  }
  for (let pixel = 0; pixel < rows * cols; pixel++) {
    if (!valid(pixel)) {
      map.gaps[pixel] = 1
      continue
    }
    let sum = 0
    if (pixel % cols > 0 && valid(pixel - 1)) sum += difference(pixel, pixel - 1)
    if (pixel >= cols && valid(pixel - cols)) sum += difference(pixel, pixel - cols)
    map.detail[pixel] = sum
  }
  return map
}

/**
 * The window of `size` (cut to the picture) with the most detail, windows without gaps first, moved so that its detail
 * lies in its middle. Summed tables make the cost independent of the window's size.
 */
export function mostDetailedWindow(map: DetailMap, size: { rows: number; cols: number }): PixelWindow {
  const rows = Math.min(size.rows, map.rows)
  const cols = Math.min(size.cols, map.cols)
  const detail = summedTable(map, (pixel) => map.detail[pixel] as number)
  const gaps = summedTable(map, (pixel) => map.gaps[pixel] as number)
  let best: PixelWindow = { row: 0, col: 0, rows, cols }
  let bestScore = -Infinity
  for (let row = 0; row + rows <= map.rows; row++) {
    for (let col = 0; col + cols <= map.cols; col++) {
      const window = { row, col, rows, cols }
      const score = detail(window) - GAP_PENALTY * gaps(window)
      if (score > bestScore) {
        bestScore = score
        best = window
      }
    }
  }
  const moved = centredOnDetail(map, best)
  return gaps(moved) > gaps(best) ? best : moved
}

/** The pixel of `window` that differs most from its neighbours. */
export function mostDetailedPixel({ cols, detail }: DetailMap, window: PixelWindow): { row: number; col: number } {
  let best = { row: window.row, col: window.col }
  for (let row = window.row; row < window.row + window.rows; row++) {
    for (let col = window.col; col < window.col + window.cols; col++) {
      if ((detail[row * cols + col] as number) > (detail[best.row * cols + best.col] as number)) best = { row, col }
    }
  }
  return best
}

function centredOnDetail(map: DetailMap, window: PixelWindow): PixelWindow {
  let weight = 0
  let rowSum = 0
  let colSum = 0
  for (let row = window.row; row < window.row + window.rows; row++) {
    for (let col = window.col; col < window.col + window.cols; col++) {
      const detail = map.detail[row * map.cols + col] as number
      weight += detail
      rowSum += detail * (row + 0.5)
      colSum += detail * (col + 0.5)
    }
  }
  if (weight === 0) return window
  const inside = (start: number, length: number, whole: number): number => Math.max(0, Math.min(whole - length, Math.round(start)))
  return {
    ...window,
    row: inside(rowSum / weight - window.rows / 2, window.rows, map.rows),
    col: inside(colSum / weight - window.cols / 2, window.cols, map.cols),
  }
}

/** Sum of `value` over any window in four look-ups. */
function summedTable({ rows, cols }: DetailMap, value: (pixel: number) => number): (window: PixelWindow) => number {
  const stride = cols + 1
  const table = new Float64Array((rows + 1) * stride)
  const at = (row: number, col: number): number => table[row * stride + col] as number
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      table[(row + 1) * stride + col + 1] = value(row * cols + col) + at(row + 1, col) + at(row, col + 1) - at(row, col)
    }
  }
  return (w) => at(w.row + w.rows, w.col + w.cols) - at(w.row, w.col + w.cols) - at(w.row + w.rows, w.col) + at(w.row, w.col)
}
