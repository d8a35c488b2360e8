import { StudioError } from '../../common/errors'
import type { JobContext } from '../../common/job-context'
import { compareHeaders } from '../../cube/compare-headers'
import type { CubeHeader } from '../../cube/cube-header'
import { allBands, readWindow, type CubeReader } from '../../cube/cube-reader'
import type { DroppedField } from '../../cube/cube-writer'
import type { PixelWindow } from '../../cube/pixel-window'
import { kernelHalo, type Kernel } from '../../dataset/degrade'
import { peakOf, sceneExtent } from '../../dataset/scene-range'
import { AlignmentPictures } from './alignment-pictures'
import { consistencyLimits, type Agreement } from './consistency-limits'
import { ConsistencySums } from './consistency-sums'
import { hashFile } from './file-hash'
import type { Receipt } from './receipt'
import { reducePiece } from './reduced-piece'

/** Values of the result that are held at once, unless one block has more. */
const PIECE_VALUES = 32e6

export interface ReceiptRequest {
  source: CubeReader
  /** The part of the source that was upscaled, and its bands (0-based) in the order of the result. */
  window: PixelWindow
  bands: readonly number[]
  /** The file that was written, opened again. */
  result: CubeReader
  /** What its header was to say. */
  expected: CubeHeader
  /** What the writer said that its format can't hold. */
  dropped: readonly DroppedField[]
  scale: number
  kernel: Kernel
  agreement: Agreement
  /** Side of the result's storage blocks, a multiple of the scale. */
  side: number
}

/**
 * Compares a written result with its source: pixels, place and header. Every pixel of both is read once, block by block;
 * memory: the samples of a block and about 200 MB. Cost: some hundredths of the time of the upscaling.
 * Errors: those of reading; 'malformed' when the file has another size than was written.
 */
export async function makeReceipt(request: ReceiptRequest, context: JobContext): Promise<Receipt> {
  const { source, window, bands, result, expected, dropped, scale, kernel, agreement } = request
  const file = result.files[0] ?? ''
  const { rows, cols } = result.header
  if (rows !== window.rows * scale || cols !== window.cols * scale || result.header.bands !== bands.length) {
    throw new StudioError('malformed', `${file}: has ${rows} x ${cols} pixels and ${result.header.bands} bands when it is read again, not those that were written.`, {
      file, remedy: 'Check the disk, and upscale the scene again.',
    })
  }
  context.progress('Checking the file', 0, window.rows, 'rows')
  const extent = await sceneExtent(source, window, bands, context.signal)
  const limits = consistencyLimits({
    agreement, kernel, sampleType: result.header.sampleType, hasNodata: result.header.nodata.some((value) => value !== null), extent,
  })
  const sums = new ConsistencySums(bands.length, scale, peakOf(extent), limits)
  const good = allBands(expected).filter((band) => expected.badBands?.[band] !== true)
  const pictures = new AlignmentPictures(window, good.length > 0 ? good : allBands(expected), agreement)
  for (const place of pieces(request)) {
    await context.breathe()
    const fine = withHalo(place, scale, kernelHalo(kernel, scale), result.header)
    const samples = await result.readSamples(fine, allBands(result.header), context.signal)
    const input = await readWindow(source, { ...place, row: window.row + place.row, col: window.col + place.col }, bands, context.signal)
    const piece = reducePiece(samples, fine, place, result.header, scale, kernel)
    sums.add(input, piece)
    pictures.add(place, bands.length, input, piece.reduced)
    context.progress('Checking the file', place.row + place.rows, window.rows, 'rows')
  }
  return {
    consistency: sums.result,
    alignment: pictures.result,
    fields: compareHeaders({ source: source.header, expected, written: result.header, scale, dropped }),
    sha256: await hashFile(file, context.signal),
    pixels: sums.pixels,
  }
}

/** Parts of the input, relative to its window: a storage block high, and as many blocks wide as memory allows. */
function* pieces({ window, bands, scale, side }: ReceiptRequest): Generator<PixelWindow> {
  const high = side / scale
  const wide = Math.max(1, Math.floor(PIECE_VALUES / (side * side * bands.length))) * high
  for (let row = 0; row < window.rows; row += high) {
    for (let col = 0; col < window.cols; col += wide) {
      yield { row, col, rows: Math.min(high, window.rows - row), cols: Math.min(wide, window.cols - col) }
    }
  }
}

/** The output pixels that a part of the input comes from, cut at the result's edge. */
function withHalo(place: PixelWindow, scale: number, halo: number, size: { rows: number; cols: number }): PixelWindow {
  const row = Math.max(0, place.row * scale - halo)
  const col = Math.max(0, place.col * scale - halo)
  return {
    row, col,
    rows: Math.min(size.rows, (place.row + place.rows) * scale + halo) - row,
    cols: Math.min(size.cols, (place.col + place.cols) * scale + halo) - col,
  }
}
