import type { CompressedBlock, CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import { SAMPLE_TYPES } from '../cube/sample-type'

/** Reading so many bytes in vain costs as much as one more read. */
const GAP_BYTES = 128 * 1024
/** What one piece takes in memory at most, so that a cancellation is heard soon. */
const PIECE_BYTES = 4 * 2 ** 20

/** Part of a window to read at once, and the rows and columns of it that are wanted (places in the picture: [from, to)). */
export interface PicturePiece {
  window: PixelWindow
  rows: [from: number, to: number]
  cols: [from: number, to: number]
}

/** The pixel that stands for each of `count` equal parts of `size` pixels from `first` on: the one at the part's middle. */
export function nearestPixels(first: number, size: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => first + Math.floor(((2 * i + 1) * size) / (2 * count)))
}

/**
 * What to read for `bands` bands at `rows` x `cols` (ascending pixels of the raster): of plain files runs of wanted rows,
 * rows between them being skipped unless that costs more than reading them; of compressed ones the storage blocks that
 * hold a wanted pixel, each once.
 */
export function picturePieces({ header, compressedBlock }: Pick<CubeReader, 'header' | 'compressedBlock'>, rows: Int32Array, cols: Int32Array, bands: number): PicturePiece[] {
  return compressedBlock === undefined ? rowRuns(header, rows, cols, bands) : blockParts(compressedBlock, rows, cols)
}

function rowRuns({ cols: sceneCols, bands: sceneBands, interleave, sampleType }: CubeReader['header'], rows: Int32Array, cols: Int32Array, bands: number): PicturePiece[] {
  const [firstCol = 0] = cols
  const width = (cols[cols.length - 1] ?? 0) + 1 - firstCol
  // in the other interleaves the bands of a row lie between its pixels or lines
  const pixelBytes = SAMPLE_TYPES[sampleType].bytes * (interleave === 'bsq' ? 1 : sceneBands)
  const storedRowBytes = sceneCols * pixelBytes
  const rowBytes = width * Math.max(pixelBytes, bands * Float32Array.BYTES_PER_ELEMENT)
  const pieces: PicturePiece[] = []
  for (let from = 0; from < rows.length;) {
    const top = rows[from] as number
    let to = from + 1
    while (to < rows.length) {
      const skipped = (rows[to] as number) - (rows[to - 1] as number) - 1
      if (skipped * storedRowBytes > GAP_BYTES || ((rows[to] as number) + 1 - top) * rowBytes > PIECE_BYTES) break
      to++
    }
    const window = { row: top, col: firstCol, rows: (rows[to - 1] as number) + 1 - top, cols: width }
    pieces.push({ window, rows: [from, to], cols: [0, cols.length] })
    from = to
  }
  return pieces
}

function blockParts(block: CompressedBlock, rows: Int32Array, cols: Int32Array): PicturePiece[] {
  const across = runsWithinBlocks(cols, block.cols)
  return runsWithinBlocks(rows, block.rows).flatMap((rowRun) => across.map((colRun) => {
    const row = rows[rowRun[0]] as number
    const col = cols[colRun[0]] as number
    const window = { row, col, rows: (rows[rowRun[1] - 1] as number) + 1 - row, cols: (cols[colRun[1] - 1] as number) + 1 - col }
    return { window, rows: rowRun, cols: colRun }
  }))
}

/** Runs of places whose pixels lie in the same block. */
function runsWithinBlocks(pixels: Int32Array, blockSize: number): [from: number, to: number][] {
  const runs: [number, number][] = []
  for (let from = 0; from < pixels.length;) {
    const end = (Math.floor((pixels[from] as number) / blockSize) + 1) * blockSize
    let to = from + 1
    while (to < pixels.length && (pixels[to] as number) < end) to++
    runs.push([from, to])
    from = to
  }
  return runs
}
