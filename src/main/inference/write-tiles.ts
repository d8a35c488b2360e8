import { basename } from 'node:path'
import type { JobContext } from '../common/job-context'
import type { CubeHeader } from '../cube/cube-header'
import type { CubeWriter, DroppedField, WrittenFile } from '../cube/cube-writer'
import type { Image } from '../cube/image'
import { wholeWindow, type PixelWindow } from '../cube/pixel-window'
import { quantise } from '../cube/quantise'
import type { Kernel } from '../dataset/degrade'
import type { Agreement } from './receipt/consistency-limits'
import { makeReceipt } from './receipt/make-receipt'
import type { Receipt } from './receipt/receipt'
import type { ServingMethod } from './serving-halo'
import type { UpscaleOutcome, UpscaleRequest } from './upscale-request'
import { writeOptions } from './write-options'

export interface TileWork {
  header: CubeHeader
  scale: number
  /** How the model takes low-resolution pixels to come from high-resolution ones. */
  kernel: Kernel
  /** Side of the output tiles in output pixels. */
  side: number
  /** How far the rendered pixels agree with the input before they are rounded. */
  agreement: Agreement
  /** What upscales, for the file's history. */
  method: ServingMethod
  started: number
  /** The pixels of `fine` (output pixels), [rows, cols, bands], NaN = no data. */
  render: (fine: PixelWindow) => Promise<Image>
}

/** Renders and writes the output, then reads it again for the receipt. */
export async function writeTiles(request: UpscaleRequest, context: JobContext, work: TileWork): Promise<UpscaleOutcome> {
  const { files, sizeBytes, tiles, clamped, dropped } = await renderTiles(request, context, work)
  const { header, started } = work
  return {
    files, sizeBytes, rows: header.rows, cols: header.cols, bands: header.bands, tiles, clamped, dropped,
    receipt: await receiptOf(request, context, work, files, dropped),
    seconds: (Date.now() - started) / 1000,
  }
}

async function receiptOf(
  { reader, window, bands, openWritten }: UpscaleRequest, context: JobContext, { header, scale, kernel, agreement, side }: TileWork, files: readonly string[], dropped: readonly DroppedField[],
): Promise<Receipt | null> {
  const [file] = files
  if (openWritten === null || file === undefined) return null
  const result = await openWritten(file)
  try {
    return await makeReceipt({ source: reader, window: window ?? wholeWindow(reader.header), bands, result, expected: header, dropped, scale, kernel, agreement, side }, context)
  } finally {
    await result.close()
  }
}

interface WrittenTiles extends WrittenFile {
  tiles: number
  clamped: number
  dropped: DroppedField[]
}

/**
 * Renders and writes the output tile by tile, after those that a continued file already holds. A cancelled or failed run
 * keeps what it has written; nothing stands under the final name before it is whole.
 */
async function renderTiles(request: UpscaleRequest, context: JobContext, work: TileWork): Promise<WrittenTiles> {
  const { header, scale, side, method, render } = work
  const writer = await request.openWriter(header, writeOptions(request, scale, method, basename(request.model), side))
  let clamped = 0
  let finished = false
  try {
    const first = request.resume ? writer.blocksDone : 0
    if (first > 0) context.log('info', `Continuing after tile ${first} of ${writer.blockCount}.`)
    for (let index = first; index < writer.blockCount; index++) {
      await context.breathe()
      const fine = writer.blockWindow(index)
      const tile = await render(fine)
      // a format without the scene's type stores a wider one
      const { samples, clamped: here } = quantise(tile.data, writer.header.sampleType, header.nodata)
      clamped += here
      await writer.writeBlock(index, samples)
      context.progress('Upscaling', index + 1, writer.blockCount, 'tiles')
      context.event('tile', { index, count: writer.blockCount, ...fine })
    }
    context.progress('Completing the file', 0, 1, 'files')
    const { files, sizeBytes } = await writer.finish()
    finished = true
    return { files, sizeBytes, tiles: writer.blockCount, clamped, dropped: [...writer.dropped] }
  } finally {
    await closeWriter(writer, finished, context)
  }
}

/** A cancelled run keeps what it has written, so that it can be continued; a failed one too. */
async function closeWriter(writer: CubeWriter, finished: boolean, context: JobContext): Promise<void> {
  await writer.close(!finished)
  if (!finished) context.log('info', 'The tiles written so far are kept, so that the upscaling can be continued.')
}
