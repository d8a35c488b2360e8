import { throwIfAborted } from '../../common/job-context'
import { gatherPixels, storedStrides } from '../../cube/interleave'
import type { PixelWindow } from '../../cube/pixel-window'
import { samplesFromBytes } from '../../cube/sample-bytes'
import { SAMPLE_TYPES, type SampleArray } from '../../cube/sample-type'
import type { EnviBody } from './body'
import type { RasterLayout } from './raster-layout'

/** Bytes staged at a time, unless one row of the window needs more. */
const STAGING_BYTES = 16 * 2 ** 20

/** Reading unwanted bytes between wanted ones is cheaper than another read: up to this share, or this many bytes. */
const WASTE_FACTOR = 4
const SMALL_READ_BYTES = 128 * 1024

/** One loop over a window: the positions it visits, ascending, in samples of the file from the first one on. */
type Loop = readonly number[]

const lastOf = (loop: Loop): number => loop[loop.length - 1] ?? 0

/**
 * Fills `target` [rows, cols, bands] of `window`, a chunk of rows at a time: wanted bytes that lie close together come by
 * one read, then a cache-friendly copy sorts them. Memory: the target and about 16 MB, or one row of the window.
 */
export async function readStoredWindow(
  body: EnviBody,
  layout: RasterLayout,
  window: PixelWindow,
  bands: readonly number[],
  target: SampleArray,
  signal?: AbortSignal,
): Promise<void> {
  let rowsOfChunk = window.rows
  let plan = planChunk(layout, window.cols, bands, rowsOfChunk)
  while (rowsOfChunk > 1 && plan.stagedSamples * SAMPLE_TYPES[layout.sampleType].bytes > STAGING_BYTES) {
    rowsOfChunk = Math.ceil(rowsOfChunk / 2)
    plan = planChunk(layout, window.cols, bands, rowsOfChunk)
  }
  for (let done = 0; done < window.rows; done += rowsOfChunk) {
    const rows = Math.min(rowsOfChunk, window.rows - done)
    if (rows !== rowsOfChunk) plan = planChunk(layout, window.cols, bands, rows)
    const staged = await stageChunk(body, layout, plan, window.row + done, window.col, signal)
    gatherPixels(staged, plan, target, { start: done * window.cols * bands.length, rows, cols: window.cols })
  }
}

interface ChunkPlan {
  /** Loops over the reads, outermost first; what lies inside a read has no loop. */
  reads: Loop[]
  readSamples: number
  stagedSamples: number
  firstBand: number
  /** How the staged samples lie: see `gatherPixels`. */
  start: number
  rowStride: number
  colStride: number
  bandOffsets: Float64Array
}

function planChunk(layout: RasterLayout, cols: number, bands: readonly number[], rows: number): ChunkPlan {
  const sorted = [...new Set(bands)].sort((p, q) => p - q)
  const firstBand = sorted[0] ?? 0
  const strides = storedStrides(layout.interleave, layout)
  const rowLoop = Array.from({ length: rows }, (_, row) => row * strides.row)
  const bandLoop = sorted.map((band) => (band - firstBand) * strides.band)
  const { bytes } = SAMPLE_TYPES[layout.sampleType]

  // Loops from the widest stride to the narrowest, around the stretch that is always read whole.
  const loops: Loop[] = layout.interleave === 'bsq' ? [bandLoop, rowLoop] : layout.interleave === 'bil' ? [rowLoop, bandLoop] : [rowLoop]
  const run = layout.interleave === 'bip' ? (cols - 1) * strides.col + lastOf(bandLoop) + 1 : cols
  const wanted = loops.reduce((product, loop) => product * loop.length, run)
  const worthwhile = (depth: number): boolean => {
    const staged = wanted / loops.slice(depth).reduce((product, loop) => product * loop.length, run) * spanOf(depth)
    const factor = spanOf(depth) * bytes <= SMALL_READ_BYTES ? WASTE_FACTOR ** 2 : WASTE_FACTOR
    return staged <= wanted * factor
  }
  const spanOf = (depth: number): number => loops.slice(depth).reduce((sum, loop) => sum + lastOf(loop), run)
  let depth = 0
  while (depth < loops.length && !worthwhile(depth)) depth++

  const reads = loops.slice(0, depth)
  const readSamples = spanOf(depth)
  // Reads are staged one behind the other; inside a read the file's own distances hold.
  const stagedStep = (loop: Loop): number => reads.slice(reads.indexOf(loop) + 1).reduce((product, inner) => product * inner.length, readSamples)
  const rank = new Map(sorted.map((band, index) => [band, index]))
  const bandsAreReads = reads.includes(bandLoop)
  return {
    reads,
    readSamples,
    stagedSamples: reads.reduce((product, loop) => product * loop.length, readSamples),
    firstBand,
    start: 0,
    rowStride: reads.includes(rowLoop) ? stagedStep(rowLoop) : strides.row,
    colStride: strides.col,
    bandOffsets: Float64Array.from(bands, (band) => (
      bandsAreReads ? (rank.get(band) ?? 0) * stagedStep(bandLoop) : (band - firstBand) * strides.band
    )),
  }
}

async function stageChunk(
  body: EnviBody, layout: RasterLayout, plan: ChunkPlan, firstRow: number, firstCol: number, signal?: AbortSignal,
): Promise<SampleArray> {
  const { bytes } = SAMPLE_TYPES[layout.sampleType]
  const strides = storedStrides(layout.interleave, layout)
  const origin = firstRow * strides.row + firstCol * strides.col + plan.firstBand * strides.band
  const staged = new Uint8Array(plan.stagedSamples * bytes)
  const readBytes = plan.readSamples * bytes
  const [outer = [0], inner = [0]] = plan.reads
  let done = 0
  for (const outerOffset of outer) {
    for (const innerOffset of inner) {
      throwIfAborted(signal)
      const position = layout.headerOffset + (origin + outerOffset + innerOffset) * bytes
      await body.read(staged.subarray(done, done + readBytes), position, signal)
      done += readBytes
    }
  }
  return samplesFromBytes(staged, layout.sampleType, layout.byteOrder)
}
