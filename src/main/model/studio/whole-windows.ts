import type { Image } from '../../cube/image'

/** `image`, grown downwards and to the right to whole attention windows by repeating its last rows and cols: only halo and what lies outside the scene is ever added. */
export function wholeWindows(image: Image, window: number): Image {
  const rows = Math.ceil(image.rows / window) * window
  const cols = Math.ceil(image.cols / window) * window
  return rows === image.rows && cols === image.cols ? image : padTo(image, rows, cols)
}

function padTo(image: Image, rows: number, cols: number): Image {
  const { bands } = image
  const data = new Float32Array(rows * cols * bands)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const from = (Math.min(row, image.rows - 1) * image.cols + Math.min(col, image.cols - 1)) * bands
      data.set(image.data.subarray(from, from + bands), (row * cols + col) * bands)
    }
  }
  return { rows, cols, bands, data }
}
