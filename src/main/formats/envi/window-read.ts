import { throwIfAborted } from '../../common/job-context'
import { gatherPixels, storedStrides } from '../../cube/interleave'
import type { PixelWindow } from '../../cube/pixel-window'
import { samplesFromBytes } from '../../cube/sample-bytes'
import { SAMPLE_TYPES, type SampleArray } from '../../cube/sample-type'
import type { EnviBody } from './body'
import type { RasterLayout } from './raster-layout'

/** Bytes staged at a time, unless one row of the window needs more. */
const STAGING_BYTES = 16 * 2 ** 20

/** Reading so many unwanted bytes costs as much as one more read. */
const READ_COST_BYTES = 128 * 1024

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
  const { bytes } = SAMPLE_TYPES[layout.sampleType]
  let rowsOfChunk = window.rows
  let plan = planChunk(layout, window.cols, bands, rowsOfChunk)
  while (rowsOfChunk > 1 && plan.stagedSamples * bytes > STAGING_BYTES) {
    rowsOfChunk = Math.ceil(rowsOfChunk / 2)
    plan = planChunk(layout, window.cols, bands, rowsOfChunk)
  }
  let staging = new Uint8Array(plan.stagedSamples * bytes)
  for (let done = 0; done < window.rows; done += rowsOfChunk) {
    const rows = Math.min(rowsOfChunk, window.rows - done)
    if (rows !== rowsOfChunk) {
      plan = planChunk(layout, window.cols, bands, rows)
      if (staging.length < plan.stagedSamples * bytes) staging = new Uint8Array(plan.stagedSamples * bytes)
    }
    const staged = await stageChunk(body, staging, layout, plan, window.row + done, window.col, signal)
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
  const spanOf = (depth: number): number => loops.slice(depth).reduce((sum, loop) => sum + lastOf(loop), run)
  const readsOf = (depth: number): number => loops.slice(0, depth).reduce((product, loop) => product * loop.length, 1)
  const costOf = (depth: number): number => readsOf(depth) * (spanOf(depth) * bytes + READ_COST_BYTES)
  let depth = 0
  for (let deeper = 1; deeper <= loops.length; deeper++) if (costOf(deeper) < costOf(depth)) depth = deeper

  const reads = loops.slice(0, depth)
  const readSamples = spanOf(depth)
  // Reads are staged one behind the other; inside a read the file's own distances hold.
  const stagedStep = (loop: Loop): number => reads.slice(reads.indexOf(loop) + 1).reduce((product, inner) => product * inner.length, readSamples)
  const rank = new Map(sorted.map((band, index) => [band, index]))
  const bandsAreReads = reads.includes(bandLoop)
  return {
    reads,
    readSamples,
    stagedSamples: readsOf(depth) * readSamples,
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
  body: EnviBody, staging: Uint8Array, layout: RasterLayout, plan: ChunkPlan, firstRow: number, firstCol: number, signal?: AbortSignal,
): Promise<SampleArray> {
  const { bytes } = SAMPLE_TYPES[layout.sampleType]
  const strides = storedStrides(layout.interleave, layout)
  const origin = firstRow * strides.row + firstCol * strides.col + plan.firstBand * strides.band
  const staged = staging.subarray(0, plan.stagedSamples * bytes)
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
