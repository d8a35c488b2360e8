import { totalmem } from 'node:os'
import { StudioError } from '../common/errors'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import { wholeWindow, type PixelWindow } from '../cube/pixel-window'

/** Share of the machine's memory that scenes read whole may take, with what is computed from them. */
const MEMORY_SHARE = 0.6

/** Throws 'too-large' when `cubes` pictures of this size don't fit into memory together. */
export function assertFitsMemory({ rows, cols }: { rows: number; cols: number }, bands: number, cubes: number, file: string): void {
  const bytes = rows * cols * bands * Float32Array.BYTES_PER_ELEMENT
  // the second limit is that of a typed array in all supported versions of Node
  if (bytes * cubes <= totalmem() * MEMORY_SHARE && bytes < 2 ** 32) return
  throw new StudioError('too-large', `${file}: comparing ${rows} x ${cols} pixels in ${bands} bands needs more memory than there is.`, {
    file,
    remedy: 'Compare a part: cut the same window out of all scenes with `dacn convert --window`.',
  })
}

/** A part of a scene as stored values, [rows, cols, bands] in the order of `bands`, NaN for no data. */
export async function readImage(reader: CubeReader, bands: readonly number[], signal: AbortSignal, window: PixelWindow = wholeWindow(reader.header)): Promise<Image> {
  return { rows: window.rows, cols: window.cols, bands: bands.length, data: await readWindow(reader, window, bands, signal) }
}
