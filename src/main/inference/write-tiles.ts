import type { JobContext } from '../common/job-context'
import type { CubeHeader } from '../cube/cube-header'
import type { DroppedField, WrittenFile } from '../cube/cube-writer'
import { wholeWindow, type PixelWindow } from '../cube/pixel-window'
import type { Kernel } from '../dataset/degrade'
import type { Agreement } from './receipt/consistency-limits'
import { makeReceipt } from './receipt/make-receipt'
import type { Receipt } from './receipt/receipt'
import type { UpscaledTile } from './studio-tile'
import { TileWriters } from './tile-writers'
import type { UpscaleOutcome, UpscaleRequest } from './upscale-request'
import { writeOptions, type Rendering } from './write-options'

export interface TileWork {
  header: CubeHeader
  /** How the model takes low-resolution pixels to come from high-resolution ones. */
  kernel: Kernel
  /** Side of the output tiles in output pixels. */
  side: number
  /** How far the rendered pixels agree with the input before they are rounded. */
  agreement: Agreement
  /** What the file's history says. */
  rendering: Rendering
  started: number
  /** The pixels of `fine` (output pixels), and their expected errors where the request wants them. */
  render: (fine: PixelWindow) => Promise<UpscaledTile>
}

/** Renders and writes the output, then reads it again for the receipt. */
export async function writeTiles(request: UpscaleRequest, context: JobContext, work: TileWork): Promise<UpscaleOutcome> {
  const { dropped, ...written } = await renderTiles(request, context, work)
  const { header, started } = work
  return {
    ...written, rows: header.rows, cols: header.cols, bands: header.bands, dropped,
    receipt: await receiptOf(request, context, work, written.files, dropped),
    seconds: (Date.now() - started) / 1000,
  }
}

async function receiptOf(
  { reader, window, bands, openWritten }: UpscaleRequest, context: JobContext, { header, rendering, kernel, agreement, side }: TileWork, files: readonly string[], dropped: readonly DroppedField[],
): Promise<Receipt | null> {
  const [file] = files
  if (openWritten === null || file === undefined) return null
  const result = await openWritten(file)
  try {
    return await makeReceipt({ source: reader, window: window ?? wholeWindow(reader.header), bands, result, expected: header, dropped, scale: rendering.scale, kernel, agreement, side }, context)
  } finally {
    await result.close()
  }
}

interface WrittenTiles extends WrittenFile {
  errorFile?: string
  tiles: number
  clamped: number
  dropped: DroppedField[]
}

/**
 * Renders and writes the output tile by tile, after those that a continued file already holds. A cancelled or failed run
 * keeps what it has written, so that it can be continued; nothing stands under the final name before it is whole.
 */
async function renderTiles(request: UpscaleRequest, context: JobContext, work: TileWork): Promise<WrittenTiles> {
  const { header, side, rendering, render } = work
  const writers = await TileWriters.open(request, header, writeOptions(request, rendering, side))
  let finished = false
  try {
    const first = request.resume ? writers.blocksDone : 0
    if (first > 0) context.log('info', `Continuing after tile ${first} of ${writers.blockCount}.`)
    for (let index = first; index < writers.blockCount; index++) {
      await context.breathe()
      const fine = writers.blockWindow(index)
      await writers.write(index, await render(fine))
      context.progress('Upscaling', index + 1, writers.blockCount, 'tiles')
      context.event('tile', { index, count: writers.blockCount, ...fine })
    }
    context.progress('Completing the file', 0, 1, 'files')
    const written = await writers.finish()
    finished = true
    return { ...written, tiles: writers.blockCount, clamped: writers.clamped, dropped: [...writers.dropped] }
  } finally {
    await writers.close(!finished)
    if (!finished) context.log('info', 'The tiles written so far are kept, so that the upscaling can be continued.')
  }
}
