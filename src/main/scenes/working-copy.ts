import type { CubeReader } from '../cube/cube-reader'
import { SAMPLE_TYPES } from '../cube/sample-type'

/** A scene that decodes to so little is decoded in half a second and kept in memory. */
const SMALL_SCENE_BYTES = 64e6
/** Decoded for one pixel's spectrum: more than this and the plot lags behind the cursor. */
const SPECTRUM_BYTES = 32e6
/** Decoded for a picture of one band: more than this takes longer than a second. */
const PICTURE_BYTES = 128e6

/**
 * true when a scene is so compressed that one spectrum or one band means decoding far more than was asked for: a large
 * MATLAB array, a gzip stream, a TIFF of tall strips or with all bands of a tile together.
 */
export function needsWorkingCopy({ header, compressedBlock }: CubeReader): boolean {
  if (compressedBlock === undefined) return false
  const { rows, cols, bands } = header
  const { bytes } = SAMPLE_TYPES[header.sampleType]
  const planes = Math.ceil(bands / compressedBlock.bands)
  const blockBytes = compressedBlock.rows * compressedBlock.cols * compressedBlock.bands * bytes
  const bandBytes = rows * cols * compressedBlock.bands * bytes
  if (rows * cols * bands * bytes <= SMALL_SCENE_BYTES) return false
  return planes * blockBytes > SPECTRUM_BYTES || bandBytes > PICTURE_BYTES
}
