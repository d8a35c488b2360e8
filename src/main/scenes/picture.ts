import { throwIfAborted } from '../common/job-context'
import { StudioError } from '../common/errors'
import { maskNodata, type CubeReader, type ReducedCube } from '../cube/cube-reader'
import { intersectWindows, wholeWindow, type PixelWindow } from '../cube/pixel-window'
import { allocateSamples, type SampleArray } from '../cube/sample-type'
import { MOST_PICTURE_VALUES, type PixelBlock } from '../../preload/pixel-contract'
import { nearestPixels, picturePieces, type PicturePiece } from './picture-pieces'

/** A picture may be so much coarser than asked for when it comes from a level: nobody sees it, and a third less is read. */
const COARSER = 1.2
/** Pieces read at a time: the disk works on the next ones while the last is sorted in. */
const READS_AT_ONCE = 4

export interface PictureRequest {
  /** In scene pixels; what lies outside is cut off, and `rows` and `cols` shrink in proportion. */
  window: PixelWindow
  /** 0-based, in any order. */
  bands: readonly number[]
  rows: number
  cols: number
}

/**
 * Stored values of `bands` over a window, reduced to at most `rows` x `cols` by taking the pixel in the middle of each part
 * (never enlarged: a side that asks for more than there is gives all its pixels). Where the scene has a reduced edition that is
 * hardly coarser than the picture, the pixel comes from there, a mean over those around it; the picture may be a sixth smaller
 * then. Float32 [rows, cols, bands], NaN = no data. Reads only rows that are needed, or of a compressed scene only the blocks; a cancellation is heard between them.
 * Errors: 'invalid-argument' (window outside, no such band), 'too-large' (over 2^26 values), 'cancelled', those of reading.
 */
export async function readPicture(reader: CubeReader, { window, bands, rows, cols }: PictureRequest, signal?: AbortSignal): Promise<PixelBlock> {
  const inside = intersectWindows(window, wholeWindow(reader.header))
  if (inside === null) {
    throw new StudioError('invalid-argument', `The window at row ${window.row}, column ${window.col} lies outside the scene of ${reader.header.rows} x ${reader.header.cols} pixels.`, {
      remedy: 'Choose a window inside the scene.',
    })
  }
  assertBands(bands, reader)
  const size = { rows: partCount(rows, window.rows, inside.rows), cols: partCount(cols, window.cols, inside.cols) }
  if (size.rows * size.cols * bands.length > MOST_PICTURE_VALUES) {
    throw new StudioError('too-large', `A picture of ${size.rows} x ${size.cols} pixels with ${bands.length} bands is too large.`, { remedy: 'Ask for fewer pixels or bands.' })
  }
  const level = coarsestFor(reader, Math.min(inside.rows / size.rows, inside.cols / size.cols))
  const reduction = level?.reduction ?? 1
  const pick = (first: number, length: number, count: number): Int32Array => (
    nearestPixels(first, length, Math.min(count, Math.ceil(length / reduction))).map((pixel) => Math.floor(pixel / reduction))
  )
  const pixelRows = pick(inside.row, inside.rows, size.rows)
  const pixelCols = pick(inside.col, inside.cols, size.cols)
  return { rows: pixelRows.length, cols: pixelCols.length, data: await readPixels(level ?? reader, pixelRows, pixelCols, bands, signal) }
}

/** Stored values where `rows` and `cols`, ascending pixels of the raster, cross: Float32 [rows, cols, bands], NaN = no data. Errors as `readPicture`. */
export async function readPixels(
  raster: Pick<CubeReader, 'header' | 'compressedBlock' | 'readSamples'>, rows: Int32Array, cols: Int32Array, bands: readonly number[], signal?: AbortSignal,
): Promise<Float32Array> {
  const { nodata, sampleType } = raster.header
  const picked = allocateSamples(sampleType, rows.length * cols.length * bands.length)
  await readPieces(picturePieces(raster, rows, cols, bands.length), async (piece) => {
    throwIfAborted(signal)
    pickPixels(await raster.readSamples(piece.window, bands, signal), piece, rows, cols, bands.length, picked)
  })
  return maskNodata(picked, bands.map((band) => nodata[band] ?? null))
}

/** The most reduced edition that is hardly coarser than parts of `pixels` pixels a side; null = only the scene itself will do. */
function coarsestFor({ levels = [] }: CubeReader, pixels: number): ReducedCube | null {
  const most = COARSER * pixels
  return levels.reduce<ReducedCube | null>((best, level) => (level.reduction <= most && level.reduction > (best?.reduction ?? 1) ? level : best), null)
}

/** Parts of a side of which `inside` of `asked` pixels lie in the scene: at least one, and none smaller than a pixel. */
function partCount(parts: number, asked: number, inside: number): number {
  return Math.min(inside, Math.max(1, Math.round((parts * inside) / asked)))
}

function assertBands(bands: readonly number[], { header, files }: CubeReader): void {
  const wrong = bands.find((band) => !Number.isInteger(band) || band < 0 || band >= header.bands)
  if (wrong === undefined && bands.length > 0) return
  throw new StudioError('invalid-argument', wrong === undefined ? 'No band was chosen.' : `${files[0] ?? 'The scene'} has no band ${wrong}.`, {
    remedy: `Choose bands within 0-${header.bands - 1}.`,
  })
}

/** Hands out `pieces` to a few readers in turn; the first failure ends them all. */
async function readPieces(pieces: readonly PicturePiece[], read: (piece: PicturePiece) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < pieces.length) {
      try {
        await read(pieces[next++] as PicturePiece)
      } catch (error) {
        next = pieces.length
        throw error
      }
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: READS_AT_ONCE }, lane))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** Copies the wanted pixels of a piece, `samples` [rows, cols, bands] of its window, to their places in the picture. */
function pickPixels(samples: SampleArray, { window, rows, cols }: PicturePiece, pixelRows: Int32Array, pixelCols: Int32Array, bands: number, picture: SampleArray): void {
  for (let row = rows[0]; row < rows[1]; row++) {
    const line = ((pixelRows[row] as number) - window.row) * window.cols - window.col
    let to = (row * pixelCols.length + cols[0]) * bands
    for (let col = cols[0]; col < cols[1]; col++) {
      const from = (line + (pixelCols[col] as number)) * bands
      for (let band = 0; band < bands; band++) picture[to++] = samples[from + band] as number
    }
  }
}
