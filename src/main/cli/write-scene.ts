import { ProgressMeter } from '../jobs/progress-meter'
import type { CubeHeader } from '../cube/cube-header'
import type { DroppedField, WriteOptions, WrittenFile } from '../cube/cube-writer'
import type { PixelWindow } from '../cube/pixel-window'
import { allocateSamples, type SampleArray } from '../cube/sample-type'
import { createWriter } from '../formats/create-writer'
import { writeByStrips } from '../formats/block-strips'
import type { Reporter } from './reporter'

export interface WrittenScene extends WrittenFile {
  dropped: readonly DroppedField[]
}

/**
 * Writes a scene in strips of bounded size. `make` gives a window's samples [rows, cols, bands] in the type of `header`;
 * `bytesPerPixel` is what it reads for one of them. On failure or cancellation nothing is left on the disk.
 */
export async function writeScene(
  out: string,
  header: CubeHeader,
  options: Partial<WriteOptions>,
  make: (window: PixelWindow) => Promise<SampleArray>,
  bytesPerPixel: number,
  { reporter, signal, span }: { reporter: Reporter; signal: AbortSignal; span: string },
): Promise<WrittenScene> {
  const writer = await createWriter(out, header, options)
  const meter = new ProgressMeter((progress) => { reporter.progress(progress) })
  try {
    // a format without the header's type stores a wider one
    const inFileType = (samples: SampleArray): SampleArray => {
      if (writer.header.sampleType === header.sampleType) return samples
      const wider = allocateSamples(writer.header.sampleType, samples.length)
      wider.set(samples)
      return wider
    }
    await writeByStrips(writer, bytesPerPixel, async (window) => inFileType(await make(window)), {
      signal,
      progress: (done, total) => { meter.report(span, done, total, 'blocks') },
    })
    meter.flush()
    const { dropped } = writer
    return { ...(await writer.finish()), dropped }
  } finally {
    meter.flush()
    await writer.close()
  }
}

/** Tells what `source` lost on the way to `header` and what the file's format could not hold, then names the files. */
export function reportWritten({ files, sizeBytes, dropped }: WrittenScene, source: CubeHeader, header: CubeHeader, reporter: Reporter): void {
  for (const { message } of header.notices.slice(source.notices.length)) reporter.log('info', `note: ${message}`)
  for (const { field, reason } of dropped) reporter.log('warning', `${field} is not in the output: ${reason}`)
  const { rows, cols, bands, sampleType } = header
  reporter.result({ files, sizeBytes, rows, cols, bands, sampleType, dropped }, files.join('\n'))
}
