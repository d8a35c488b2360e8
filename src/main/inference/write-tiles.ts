import { basename } from 'node:path'
import type { JobContext } from '../common/job-context'
import type { CubeHeader } from '../cube/cube-header'
import type { CubeWriter } from '../cube/cube-writer'
import { refineHeader, windowHeader } from '../cube/derive-header'
import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { quantise } from '../cube/quantise'
import type { UpscaleOutcome, UpscaleRequest } from './upscale-request'

/** Header of the upscaled scene in the type that was asked for. */
export function upscaledHeader({ reader, window, sampleType }: UpscaleRequest, scale: number): CubeHeader {
  const header = refineHeader(window === null ? reader.header : windowHeader(reader.header, window), scale)
  return sampleType === 'source' ? header : { ...header, sampleType: 'float32' }
}

export interface TileWork {
  header: CubeHeader
  scale: number
  /** Side of the output tiles in output pixels. */
  side: number
  /** What upscales, for the file's history. */
  method: string
  started: number
  /** The pixels of `fine` (output pixels), [rows, cols, bands], NaN = no data. */
  render: (fine: PixelWindow) => Promise<Image>
}

/**
 * Renders and writes the output tile by tile, after those that a continued file already holds. A cancelled or failed run
 * keeps what it has written; nothing stands under the final name before it is whole.
 */
export async function writeTiles(request: UpscaleRequest, context: JobContext, work: TileWork): Promise<UpscaleOutcome> {
  const { header, scale, side, method, started, render } = work
  const writer = await request.openWriter(header, {
    interleave: request.interleave, compression: request.compression, blockSize: side, resumable: true,
    history: [`Upscaled ${scale}x with DACN Studio (${method}, model ${basename(request.model)})`],
  })
  let clamped = 0
  let finished = false
  try {
    const first = request.resume ? writer.blocksDone : 0
    if (first > 0) context.log('info', `Continuing after tile ${first} of ${writer.blockCount}.`)
    for (let index = first; index < writer.blockCount; index++) {
      await context.breathe()
      const fine = writer.blockWindow(index)
      const tile = await render(fine)
      const { samples, clamped: here } = quantise(tile.data, header.sampleType, header.nodata)
      clamped += here
      await writer.writeBlock(index, samples)
      context.progress('Upscaling', index + 1, writer.blockCount, 'tiles')
      context.event('tile', { index, count: writer.blockCount, ...fine })
    }
    context.progress('Completing the file', 0, 1, 'files')
    const { files, sizeBytes } = await writer.finish()
    finished = true
    return {
      files, sizeBytes, rows: header.rows, cols: header.cols, bands: header.bands, tiles: writer.blockCount,
      seconds: (Date.now() - started) / 1000, clamped, dropped: [...writer.dropped],
    }
  } finally {
    await closeWriter(writer, finished, context)
  }
}

/** A cancelled run keeps what it has written, so that it can be continued; a failed one too. */
async function closeWriter(writer: CubeWriter, finished: boolean, context: JobContext): Promise<void> {
  await writer.close(!finished)
  if (!finished) context.log('info', 'The tiles written so far are kept: --resume continues.')
}
