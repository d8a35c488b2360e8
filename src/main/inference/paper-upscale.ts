import { StudioError } from '../common/errors'
import type { JobContext } from '../common/job-context'
import { wholeWindow } from '../cube/pixel-window'
import { PaperBlocks } from './paper-blocks'
import { loadPaperServing } from './paper-serving'
import { BAND_HALO } from './studio-tile'
import type { UpscaleOutcome, UpscaleRequest } from './upscale-request'
import { upscaledHeader, writeTiles } from './write-tiles'

/** Sides of output blocks to choose from, in output pixels: multiples of 16 (GeoTIFF) and of every scale. */
const SIDES = [576, 384, 288, 192, 96]

/** TensorFlow and Node. */
const FIXED_BYTES = 450e6

/** Activations of one band group for each output pixel of a tile: measured, 1.2 GB resident in all at 144 x 144. */
const ACTIVATION_BYTES = 32e3

/**
 * Upscales a scene with a `paper` model, block by block within the memory budget; the result does not depend on the
 * blocks. With `resume` a killed run goes on after its last complete block. Cost on two cores: one to three seconds for
 * every tile of 144 x 144 output pixels and 32 bands.
 */
export async function runPaperUpscale(request: UpscaleRequest, context: JobContext): Promise<UpscaleOutcome> {
  const started = Date.now()
  const { reader } = request
  const serving = await loadPaperServing(request.model, reader)
  try {
    const { scale, model, method } = serving
    const header = upscaledHeader(request, scale)
    const { side, cacheBytes } = planBlocks({ bands: header.bands, scale, rows: header.rows, cols: header.cols, tileSide: (model?.side ?? 0) * scale }, request.memoryBudgetBytes)
    const blocks = new PaperBlocks(reader, request.window ?? wholeWindow(reader.header), serving, request.consistency, cacheBytes, context.signal)
    return await writeTiles(request, context, { header, scale, side, method, started, render: (fine) => blocks.render(fine) })
  } finally {
    serving.dispose()
  }
}

export interface BlockNeeds {
  bands: number
  scale: number
  /** Output size. */
  rows: number
  cols: number
  /** Side of the network's tiles in output pixels. */
  tileSide: number
}

/**
 * The largest output block that fits the memory budget beside a few sharpened tiles, not much larger than the picture;
 * the rest keeps tiles that the next blocks share. Throws 'too-large' when not even the smallest fits.
 */
export function planBlocks({ bands, scale, rows, cols, tileSide }: BlockNeeds, budgetBytes: number): { side: number; cacheBytes: number } {
  const useful = Math.max(rows, cols)
  const tiles = 4 * 4 * tileSide * tileSide * bands
  const activations = ACTIVATION_BYTES * tileSide * tileSide
  const bytes = (side: number): number => FIXED_BYTES + activations + tiles + 4 * bands * (4 * side * side + 2 * (side / scale + 2 * BAND_HALO) ** 2)
  const fitting = SIDES.filter((side) => bytes(side) <= budgetBytes)
  const enough = fitting.filter((side) => side >= useful)
  const side = enough[enough.length - 1] ?? fitting[0]
  if (side === undefined) {
    throw new StudioError('too-large', `${Math.floor(budgetBytes / 1e6)} MB are too few for ${bands} bands at ${scale}x with a paper model.`, {
      remedy: `Allow at least ${Math.ceil(bytes(SIDES[SIDES.length - 1] as number) / 1e6)} MB.`,
    })
  }
  return { side, cacheBytes: tiles + budgetBytes - bytes(side) }
}
