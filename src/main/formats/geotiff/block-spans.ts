import { intersectWindows, type PixelWindow } from '../../cube/pixel-window'
import { blockBytes, bytesPerSample, rowsInBlock, type BlockLayout } from './block-layout'
import { COMPRESSION } from './tiff-tags'

/**
 * One piece of the file that a window needs: a whole compressed block, or some pixel rows of an uncompressed one.
 * The piece starts with the pixel at `pixels.row`, `pixels.col` of the image (for a compressed block: with the block's
 * first pixel, see `skipRows`, `skipCols`), and rows follow each other after `strideCols` pixels.
 */
export interface BlockSpan {
  block: number
  plane: number
  position: number
  length: number
  /** Rows that decoding yields (compressed) or that the piece holds (uncompressed). */
  storedRows: number
  strideCols: number
  skipRows: number
  skipCols: number
  /** What the window takes from the piece, in image coordinates. */
  pixels: PixelWindow
}

/** Spans that are read with one call; `position` and `length` cover them all. */
export interface SpanRun {
  position: number
  length: number
  spans: BlockSpan[]
}

const MAX_PIECE_BYTES = 8 << 20
/** Reading this much in vain is cheaper than another call. */
const MAX_GAP_BYTES = 16 << 10

/** The spans of `window` in the given planes (0 in a pixel-interleaved file), unordered. */
export function spansOfWindow(layout: BlockLayout, window: PixelWindow, planes: readonly number[]): BlockSpan[] {
  const spans: BlockSpan[] = []
  const lastBlockRow = Math.floor((window.row + window.rows - 1) / layout.blockRows)
  const lastBlockCol = Math.floor((window.col + window.cols - 1) / layout.blockCols)
  for (const plane of planes) {
    for (let blockRow = Math.floor(window.row / layout.blockRows); blockRow <= lastBlockRow; blockRow++) {
      for (let blockCol = Math.floor(window.col / layout.blockCols); blockCol <= lastBlockCol; blockCol++) {
        addBlock(spans, layout, window, plane, blockRow, blockCol)
      }
    }
  }
  return spans
}

function addBlock(spans: BlockSpan[], layout: BlockLayout, window: PixelWindow, plane: number, blockRow: number, blockCol: number): void {
  const row = blockRow * layout.blockRows
  const col = blockCol * layout.blockCols
  const pixels = intersectWindows(window, { row, col, rows: layout.blockRows, cols: layout.blockCols })
  if (pixels === null) return
  const block = (plane * layout.blocksDown + blockRow) * layout.blocksAcross + blockCol
  const position = layout.offsets[block] as number
  const length = layout.byteCounts[block] as number
  const skipRows = pixels.row - row
  const skipCols = pixels.col - col
  const strideCols = layout.blockCols
  if (layout.compression !== COMPRESSION.none || length === 0) {
    const storedRows = layout.tiled ? layout.blockRows : rowsInBlock(layout, blockRow)
    spans.push({ block, plane, position, length, storedRows, strideCols, skipRows, skipCols, pixels })
    return
  }
  const rowBytes = blockBytes(layout, 1)
  const pixelBytes = layout.blockBands * bytesPerSample(layout)
  const wantedBytes = pixels.cols * pixelBytes
  const whole = rowBytes - wantedBytes <= MAX_GAP_BYTES || rowBytes <= 2 * wantedBytes
  const step = whole ? Math.max(1, Math.floor(MAX_PIECE_BYTES / rowBytes)) : 1
  for (let first = 0; first < pixels.rows; first += step) {
    const rows = Math.min(step, pixels.rows - first)
    spans.push({
      block, plane, strideCols, storedRows: rows, skipRows: 0, skipCols: 0,
      position: position + (skipRows + first) * rowBytes + skipCols * pixelBytes,
      length: (rows - 1) * rowBytes + wantedBytes,
      pixels: { ...pixels, row: pixels.row + first, rows },
    })
  }
}

/** Orders spans by position and joins neighbours. A run is at most 8 MB unless a single span is longer. */
export function joinSpans(spans: readonly BlockSpan[]): SpanRun[] {
  const runs: SpanRun[] = []
  let current: SpanRun | undefined
  for (const span of [...spans].sort((p, q) => p.position - q.position)) {
    const end = Math.max(span.position + span.length, current === undefined ? 0 : current.position + current.length)
    const joins = current !== undefined && span.position - (current.position + current.length) <= MAX_GAP_BYTES && end - current.position <= MAX_PIECE_BYTES
    if (current !== undefined && joins) {
      current.length = end - current.position
      current.spans.push(span)
    } else {
      current = { position: span.position, length: span.length, spans: [span] }
      runs.push(current)
    }
  }
  return runs
}
