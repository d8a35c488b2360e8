import type { JobContext } from '../common/job-context'
import type { CubeHeader } from '../cube/cube-header'
import { allBands, type CubeReader } from '../cube/cube-reader'
import type { WrittenFile } from '../cube/cube-writer'
import { allocateSamples, SAMPLE_TYPES, type SampleArray } from '../cube/sample-type'
import { writeByStrips } from '../formats/block-strips'
import { createWriter } from '../formats/create-writer'

/** Strips as wide as the scene wherever possible: compressed blocks are decoded once. */
const STRIP_BYTES = 512e6

/**
 * Copies a scene, as it is stored, to the uncompressed line-interleaved ENVI file `out`, strip by strip; when that fails, nothing
 * is left. Errors: those of reading, 'io', 'cancelled'.
 */
export async function copyScene(reader: CubeReader, out: string, context: JobContext): Promise<WrittenFile> {
  const writer = await createWriter(out, reader.header, { interleave: 'bil' })
  try {
    const bands = allBands(reader.header)
    const bytesPerPixel = bands.length * SAMPLE_TYPES[reader.header.sampleType].bytes
    await writeByStrips(writer, bytesPerPixel, async (window) => {
      await context.breathe()
      return inFileType(await reader.readSamples(window, bands, context.signal), reader.header, writer.header)
    }, {
      signal: context.signal,
      progress: (done, total) => { context.progress('preparing', done, total, 'blocks') },
    }, STRIP_BYTES)
    return await writer.finish()
  } finally {
    await writer.close()
  }
}

/** ENVI has no signed bytes: it stores them wider. */
function inFileType(samples: SampleArray, from: CubeHeader, to: CubeHeader): SampleArray {
  if (from.sampleType === to.sampleType) return samples
  const wider = allocateSamples(to.sampleType, samples.length)
  wider.set(samples)
  return wider
}
