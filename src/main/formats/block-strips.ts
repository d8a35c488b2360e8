import { StudioError } from '../common/errors'
import { throwIfAborted } from '../common/job-context'
import type { CubeWriter } from '../cube/cube-writer'
import type { PixelWindow } from '../cube/pixel-window'
import { allocateSamples, type SampleArray, type SampleType } from '../cube/sample-type'

/** Memory for one strip of pixels as stored; what it is made from may take a few times as much. */
const STRIP_BYTES = 64e6

export interface Strip {
  window: PixelWindow
  /** Indices of the writer's blocks that make it up, left to right. */
  first: number
  count: number
}

/**
 * The writer's blocks from `from` on, in runs of neighbours within a row of blocks whose pixels take no more than
 * `stripBytes` (one block at least). Files stored line by line are read far faster in wide strips.
 */
export function planStrips(writer: CubeWriter, from: number, bytesPerPixel: number, stripBytes = STRIP_BYTES): Strip[] {
  const strips: Strip[] = []
  let current: Strip | null = null
  for (let index = from; index < writer.blockCount; index++) {
    const block = writer.blockWindow(index)
    const cols: number = (current?.window.cols ?? 0) + block.cols
    if (current?.window.row === block.row && cols * block.rows * bytesPerPixel <= stripBytes) {
      current.window.cols = cols
      current.count++
    } else {
      current = { window: { ...block }, first: index, count: 1 }
      strips.push(current)
    }
  }
  return strips
}

/**
 * Fills `writer` strip by strip. `make` gives the samples of a window of the output as [rows, cols, bands] in the
 * output's type. Cost: one strip of `stripBytes` and one block in memory, beside what `make` needs.
 */
export async function writeByStrips(
  writer: CubeWriter,
  bytesPerPixel: number,
  make: (window: PixelWindow) => Promise<SampleArray>,
  report: { signal: AbortSignal; progress(done: number, total: number): void },
  stripBytes = STRIP_BYTES,
): Promise<void> {
  const { bands, sampleType } = writer.header
  report.progress(writer.blocksDone, writer.blockCount)
  for (const { window, first, count } of planStrips(writer, writer.blocksDone, bytesPerPixel, stripBytes)) {
    throwIfAborted(report.signal)
    const samples = await make(window)
    if (samples.length !== window.rows * window.cols * bands) {
      throw new StudioError('malformed', `A strip of ${window.rows} x ${window.cols} pixels came with ${samples.length} samples.`)
    }
    for (let index = first; index < first + count; index++) {
      await writer.writeBlock(index, count === 1 ? samples : cutWindow(samples, window, writer.blockWindow(index), bands, sampleType))
      report.progress(index + 1, writer.blockCount)
    }
  }
}

function cutWindow(samples: SampleArray, strip: PixelWindow, block: PixelWindow, bands: number, type: SampleType): SampleArray {
  const cut = allocateSamples(type, block.rows * block.cols * bands)
  for (let row = 0; row < block.rows; row++) {
    const start = ((block.row - strip.row + row) * strip.cols + block.col - strip.col) * bands
    cut.set(samples.subarray(start, start + block.cols * bands), row * block.cols * bands)
  }
  return cut
}
