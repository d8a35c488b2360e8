import { StudioError } from '../../common/errors'
import { throwIfAborted } from '../../common/job-context'
import type { PixelWindow } from '../../cube/pixel-window'
import { samplesFromBytes } from '../../cube/sample-bytes'
import { allocateSamples, SAMPLE_TYPES, type SampleArray } from '../../cube/sample-type'
import { BlockCache } from './block-cache'
import { decodeBlock, reverseBits } from './block-decoder'
import { blockBytes, bytesPerSample, type BlockLayout } from './block-layout'
import { joinSpans, spansOfWindow, type BlockSpan, type SpanRun } from './block-spans'
import { interleavePlanes, copySamples } from './sample-copy'
import { COMPRESSION } from './tiff-tags'
import type { TiffSource } from './tiff-source'

/** Decoded bytes that are in flight at once, beside the result. */
const BATCH_BYTES = 64 << 20
/** Planes that are collected before they are interleaved: 32 float32 values fill two cache lines of the result. */
const PLANES_AT_ONCE = 32
const MAX_RESULT_BYTES = 2 ** 32

/** Receives a decoded piece: `samples` is [storedRows, strideCols, blockBands] of `span`. */
type Placement = (samples: SampleArray, span: BlockSpan) => void

/**
 * Reads windows out of strips or tiles. Every block is read and decoded once a call; decoded blocks are kept for the next
 * (256 MB of all files together). Of uncompressed blocks only the rows that are asked for are read. Beside the result it holds the cache,
 * one batch of 64 MB (or one block) and, in planar files, 32 planes of the window.
 */
export class BlockReader {
  private readonly cache = new BlockCache()

  /** `fill` is the value of blocks that were never written. */
  constructor(private readonly source: TiffSource, private readonly layout: BlockLayout, private readonly fill: number) {}

  /** [rows, cols, bands] of a window that lies inside the raster. Errors: 'truncated', 'malformed', 'too-large', 'io', 'cancelled'. */
  async read(window: PixelWindow, bands: readonly number[], signal: AbortSignal | undefined): Promise<SampleArray> {
    const { layout } = this
    const sizeBytes = window.rows * window.cols * bands.length * SAMPLE_TYPES[layout.sampleType].bytes
    if (sizeBytes > MAX_RESULT_BYTES) {
      throw this.source.problem('too-large', `a window of ${window.rows} x ${window.cols} x ${bands.length} takes ${sizeBytes} bytes`,
        'Read it in smaller windows.')
    }
    const result = allocateSamples(layout.sampleType, window.rows * window.cols * bands.length)
    if (layout.planar) await this.readPlanar(window, bands, result, signal)
    else await this.readInterleaved(window, bands, result, signal)
    return result
  }

  forget(): void {
    this.cache.clear()
  }

  private async readInterleaved(window: PixelWindow, bands: readonly number[], result: SampleArray, signal: AbortSignal | undefined): Promise<void> {
    const { bands: storedBands } = this.layout
    await this.place(spansOfWindow(this.layout, window, [0]), signal, (samples, span) => {
      const { pixels } = span
      for (let row = 0; row < pixels.rows; row++) {
        copySamples(
          samples, ((span.skipRows + row) * span.strideCols + span.skipCols) * storedBands, storedBands,
          result, ((pixels.row - window.row + row) * window.cols + pixels.col - window.col) * bands.length, bands, pixels.cols,
        )
      }
    })
  }

  private async readPlanar(window: PixelWindow, bands: readonly number[], result: SampleArray, signal: AbortSignal | undefined): Promise<void> {
    const planeSize = window.rows * window.cols
    // planes a power of two apart would compete for the same lines of the processor's cache
    const stride = planeSize + 32
    const group = Math.min(PLANES_AT_ONCE, bands.length)
    const planes = allocateSamples(this.layout.sampleType, stride * group)
    for (let first = 0; first < bands.length; first += group) {
      const wanted = bands.slice(first, first + group)
      const distinct = [...new Set(wanted)]
      await this.place(spansOfWindow(this.layout, window, distinct), signal, (samples, span) => {
        const { pixels } = span
        const start = distinct.indexOf(span.plane) * stride + (pixels.row - window.row) * window.cols + pixels.col - window.col
        for (let row = 0; row < pixels.rows; row++) {
          const from = (span.skipRows + row) * span.strideCols + span.skipCols
          planes.set(samples.subarray(from, from + pixels.cols), start + row * window.cols)
        }
      })
      interleavePlanes(planes, stride, wanted.map((band) => distinct.indexOf(band)), planeSize, result, first, bands.length)
    }
  }

  private async place(spans: readonly BlockSpan[], signal: AbortSignal | undefined, placement: Placement): Promise<void> {
    const absent: BlockSpan[] = []
    for (const span of spans) {
      const cached = this.cache.get(span.block)
      if (cached !== undefined) placement(cached, span)
      else if (span.length === 0) placement(this.emptyBlock(span), span)
      else absent.push(span)
    }
    for (const run of joinSpans(absent)) {
      throwIfAborted(signal)
      await this.placeRun(run, placement)
    }
  }

  private async placeRun(run: SpanRun, placement: Placement): Promise<void> {
    const { layout } = this
    const stored = await this.source.read(run.position, run.length)
    const pieceOf = (span: BlockSpan) => stored.subarray(span.position - run.position, span.position - run.position + span.length)
    if (layout.compression === COMPRESSION.none) {
      if (layout.bitsReversed) reverseBits(stored)
      for (const span of run.spans) {
        // swapping works in place, and some writers let several blocks share the same bytes
        const piece = layout.byteOrder === 'big' ? pieceOf(span).slice() : pieceOf(span)
        placement(samplesFromBytes(piece, layout.sampleType, layout.byteOrder), span)
      }
      return
    }
    const atOnce = Math.max(1, Math.floor(BATCH_BYTES / blockBytes(layout, layout.blockRows)))
    for (let first = 0; first < run.spans.length; first += atOnce) {
      const batch = run.spans.slice(first, first + atOnce)
      // decoding overwrites its input
      const decoded = await Promise.all(batch.map((span) => this.decode(span, pieceOf(span).slice())))
      batch.forEach((span, index) => {
        const samples = decoded[index] as SampleArray
        this.cache.set(span.block, samples)
        placement(samples, span)
      })
    }
  }

  private async decode(span: BlockSpan, stored: Uint8Array<ArrayBuffer>): Promise<SampleArray> {
    try {
      return await decodeBlock(this.layout, stored, span.storedRows)
    } catch (error) {
      if (error instanceof StudioError) throw error
      const why = error instanceof Error ? error.message : String(error)
      throw this.source.problem('malformed', `block ${span.block + 1} of ${this.layout.offsets.length} can't be decoded: ${why}`, undefined, error)
    }
  }

  private emptyBlock(span: BlockSpan): SampleArray {
    const length = span.storedRows * span.strideCols * this.layout.blockBands
    if (length * bytesPerSample(this.layout) > BATCH_BYTES) {
      throw this.source.problem('too-large', 'it leaves out blocks of more than 64 MB')
    }
    return allocateSamples(this.layout.sampleType, length).fill(this.fill)
  }
}
