import type { Image } from '../cube/image'

/** Index inside [0, size) of a coordinate that may lie outside: reflected about the raster's edge, edge pixel repeated. */
export function mirrorIndex(index: number, size: number): number {
  const period = 2 * size
  const along = ((index % period) + period) % period
  return along < size ? along : period - 1 - along
}

/** The part of `image` that starts at (row, col) and may reach beyond its edges, where it is mirrored. */
export function mirroredWindow(image: Image, row: number, col: number, rows: number, cols: number): Image {
  const { bands } = image
  const data = new Float32Array(rows * cols * bands)
  const sourceCols = Int32Array.from({ length: cols }, (_, c) => mirrorIndex(col + c, image.cols))
  for (let r = 0; r < rows; r++) {
    const line = mirrorIndex(row + r, image.rows) * image.cols
    for (let c = 0; c < cols; c++) {
      const from = (line + (sourceCols[c] as number)) * bands
      data.set(image.data.subarray(from, from + bands), (r * cols + c) * bands)
    }
  }
  return { rows, cols, bands, data }
}

/** The inner part of an image: the window must lie inside. */
export function crop(image: Image, row: number, col: number, rows: number, cols: number): Image {
  const { bands } = image
  const data = new Float32Array(rows * cols * bands)
  for (let r = 0; r < rows; r++) {
    const from = ((row + r) * image.cols + col) * bands
    data.set(image.data.subarray(from, from + cols * bands), r * cols * bands)
  }
  return { rows, cols, bands, data }
}
