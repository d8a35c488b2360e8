import { StudioError } from '../common/errors'
import { MOST_BLOCK_BYTES } from '../cube/cube-writer'
import { BAND_HALO } from './serving-halo'

/** Sides of output blocks to choose from, in output pixels: multiples of 16 (GeoTIFF) and of every scale. */
const SIDES = [576, 384, 288, 192, 96]

/** TensorFlow and Node. */
const FIXED_BYTES = 450e6

/** Activations of one band group for each output pixel of a tile: measured, 1.2 GB resident in all at 144 x 144. */
const ACTIVATION_BYTES = 32e3

export interface BlockNeeds {
  /** Of the scene, even where fewer are written. */
  bands: number
  scale: number
  /** Output size. */
  rows: number
  cols: number
  /** Side of the network's tiles in output pixels. */
  tileSide: number
  /** Of an output sample. */
  sampleBytes: number
}

export interface BlockPlan {
  /** Of an output block, in output pixels. */
  side: number
  /** For sharpened tiles. */
  cacheBytes: number
  /** Resident memory at the peak, at most. */
  peakBytes: number
}

/**
 * The largest output block that fits the memory budget beside a few sharpened tiles, and that a format takes as one, not much larger than the picture;
 * the rest keeps tiles that the next blocks share. Throws 'too-large' when not even the smallest fits.
 */
export function planBlocks({ bands, scale, rows, cols, tileSide, sampleBytes }: BlockNeeds, budgetBytes: number): BlockPlan {
  const useful = Math.max(rows, cols)
  const tiles = 4 * 4 * tileSide * tileSide * bands
  const activations = ACTIVATION_BYTES * tileSide * tileSide
  const bytes = (side: number): number => FIXED_BYTES + activations + tiles + 4 * bands * (4 * side * side + 2 * (side / scale + 2 * BAND_HALO) ** 2)
  const fitting = SIDES.filter((side) => bytes(side) <= budgetBytes && side * side * bands * sampleBytes <= MOST_BLOCK_BYTES)
  const enough = fitting.filter((side) => side >= useful)
  const side = enough[enough.length - 1] ?? fitting[0]
  if (side === undefined) {
    throw new StudioError('too-large', `${Math.floor(budgetBytes / 1e6)} MB are too few for ${bands} bands at ${scale}x with a paper model.`, {
      remedy: `Allow at least ${Math.ceil(bytes(SIDES[SIDES.length - 1] as number) / 1e6)} MB.`,
    })
  }
  return { side, cacheBytes: tiles + budgetBytes - bytes(side), peakBytes: Math.min(budgetBytes, bytes(side) + 4 * rows * cols * bands) }
}
