import { readWindow, type CubeReader } from '../cube/cube-reader'
import { allBands } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import { degrade, kernelHalo, type Kernel } from '../dataset/degrade'

/**
 * The part `window` (in coarse pixels) of the whole scene degraded by `scale`, as [rows, cols, bands] with NaN for no
 * data: the same numbers as degrading everything at once. Cost: memory for `scale` squared as many pixels, several
 * times with a Gaussian kernel.
 */
export async function degradeWindow(reader: CubeReader, window: PixelWindow, scale: number, kernel: Kernel, signal?: AbortSignal): Promise<Float32Array> {
  const halo = kernelHalo(kernel, scale)
  const { bands } = reader.header
  const row = Math.max(0, window.row * scale - halo)
  const col = Math.max(0, window.col * scale - halo)
  const fine = {
    row,
    col,
    rows: Math.min(reader.header.rows, (window.row + window.rows) * scale + halo) - row,
    cols: Math.min(reader.header.cols, (window.col + window.cols) * scale + halo) - col,
  }
  const data = await readWindow(reader, fine, allBands(reader.header), signal)
  const coarse = degrade({ rows: fine.rows, cols: fine.cols, bands, data }, scale, kernel)
  if (coarse.rows === window.rows && coarse.cols === window.cols) return coarse.data
  const cut = new Float32Array(window.rows * window.cols * bands)
  for (let r = 0; r < window.rows; r++) {
    const start = ((window.row - row / scale + r) * coarse.cols + window.col - col / scale) * bands
    cut.set(coarse.data.subarray(start, start + window.cols * bands), r * window.cols * bands)
  }
  return cut
}
