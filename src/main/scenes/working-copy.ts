import type { CubeReader } from '../cube/cube-reader'
import { SAMPLE_TYPES } from '../cube/sample-type'

/** A scene that decodes to so little is decoded in half a second and kept in memory. */
const SMALL_SCENE_BYTES = 64e6
/** Decoded for one pixel's spectrum: more than this and the plot lags behind the cursor. */
const SPECTRUM_BYTES = 32e6
/** Decoded for a picture of one band: more than this takes longer than half a second. */
const PICTURE_BYTES = 128e6
/** Read for a picture where nothing is to be decoded: half a second from a fast disk. */
const READ_BYTES = 1e9
/** What is merely slow is not worth a larger copy: it would fill the disk. */
const LARGEST_COPY_BYTES = 10e9
/** What a picture shows of a large scene at its own resolution: a window of 1440 x 900 pixels and its margins. */
const SIGHT = { rows: 1350, cols: 2160 }

/**
 * true when a scene is so stored that one spectrum, or one band of what is in sight, means decoding or reading far more than was asked
 * for: a large MATLAB array, a gzip stream, a TIFF of tall strips or with many bands of a tile together, many bands pixel by pixel.
 * Reduced pictures don't count: they come from overviews.
 */
export function needsWorkingCopy({ header, compressedBlock }: Pick<CubeReader, 'header' | 'compressedBlock'>): boolean {
  const { rows, cols, bands, interleave } = header
  const { bytes } = SAMPLE_TYPES[header.sampleType]
  const seen = { rows: Math.min(rows, SIGHT.rows), cols: Math.min(cols, SIGHT.cols) }
  const sceneBytes = rows * cols * bands * bytes
  if (compressedBlock === undefined) return interleave === 'bip' && seen.rows * seen.cols * bands * bytes > READ_BYTES && sceneBytes <= LARGEST_COPY_BYTES
  if (sceneBytes <= SMALL_SCENE_BYTES) return false
  const planes = Math.ceil(bands / compressedBlock.bands)
  const blockBytes = compressedBlock.rows * compressedBlock.cols * compressedBlock.bands * bytes
  // a window begins in the middle of a block
  const blocksSeen = Math.min(Math.ceil(rows / compressedBlock.rows), Math.ceil(seen.rows / compressedBlock.rows) + 1)
    * Math.min(Math.ceil(cols / compressedBlock.cols), Math.ceil(seen.cols / compressedBlock.cols) + 1)
  return planes * blockBytes > SPECTRUM_BYTES || blocksSeen * blockBytes > PICTURE_BYTES
}
