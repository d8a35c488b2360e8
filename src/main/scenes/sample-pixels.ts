import type { CubeReader } from '../cube/cube-reader'
import { SAMPLE_TYPES } from '../cube/sample-type'
import { nearestPixels } from './picture-pieces'

const MOST_PIXELS = 1e6
/** Stored bytes read where rows must be read whole; a quarter of a second from a fast disk. */
const READ_BYTES = 256e6
/** Bytes decoded for a band where pixels are compressed in blocks: a tenth of a second. */
const DECODED_BYTES = 24e6
/** However long its rows are, so many of them speak for a scene. */
const LEAST_ROWS = 64

/** Pixels where rows and columns cross, ascending. */
interface PixelSample {
  rows: Int32Array
  cols: Int32Array
}

/**
 * At most a million pixels that speak for a scene and are read within a second: spread evenly; of a scene whose rows must be
 * read whole, fewer rows with more of their pixels; of a scene in many compressed blocks, the pixels of some blocks.
 */
export function samplePixels({ header, compressedBlock }: Pick<CubeReader, 'header' | 'compressedBlock'>): PixelSample {
  const { rows, cols, bands, interleave, sampleType } = header
  const { bytes } = SAMPLE_TYPES[sampleType]
  const share = Math.min(1, Math.sqrt(MOST_PIXELS / (rows * cols)))
  const even = { rows: Math.max(1, Math.floor(rows * share)), cols: Math.max(1, Math.floor(cols * share)) }
  if (compressedBlock !== undefined) {
    const decoded = Math.min(1, Math.sqrt(DECODED_BYTES / (rows * cols * compressedBlock.bands * bytes)))
    return { rows: ofSomeBlocks(rows, compressedBlock.rows, even.rows, decoded), cols: ofSomeBlocks(cols, compressedBlock.cols, even.cols, decoded) }
  }
  const affordable = Math.max(LEAST_ROWS, Math.floor(READ_BYTES / (cols * bands * bytes)))
  const wide = interleave !== 'bsq' && affordable < even.rows
  const count = wide ? { rows: affordable, cols: Math.min(cols, Math.floor(MOST_PIXELS / affordable)) } : even
  return { rows: nearestPixels(0, rows, count.rows), cols: nearestPixels(0, cols, count.cols) }
}

/** About `count` of the `size` pixels of a side, from a `share` of its blocks. */
function ofSomeBlocks(size: number, blockSize: number, count: number, share: number): Int32Array {
  const blocks = Math.ceil(size / blockSize)
  const kept = Math.max(1, Math.round(blocks * share))
  if (kept === blocks) return nearestPixels(0, size, count)
  return Int32Array.from([...nearestPixels(0, blocks, kept)].flatMap((block) => {
    const first = block * blockSize
    const inBlock = Math.min(blockSize, size - first)
    return [...nearestPixels(first, inBlock, Math.min(inBlock, Math.max(1, Math.floor(count / kept))))]
  }))
}
