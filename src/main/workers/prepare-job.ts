import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { toStudioError } from '../common/errors'
import type { JobContext } from '../common/job-context'
import type { CubeHeader } from '../cube/cube-header'
import { allBands, type CubeReader } from '../cube/cube-reader'
import type { CubeWriter, WrittenFile } from '../cube/cube-writer'
import { allocateSamples, SAMPLE_TYPES, type SampleArray } from '../cube/sample-type'
import { writeByStrips } from '../formats/block-strips'
import { createWriter } from '../formats/create-writer'
import { assertNoInput, outputPaths } from '../formats/output-paths'
import { openCube } from '../formats/registry'
import type { PrepareResult } from '../jobs/job-result'
import type { PrepareSpec } from '../jobs/job-spec'

/** Strips as wide as the scene wherever possible: compressed blocks are decoded once. */
const STRIP_BYTES = 512e6

/**
 * Copies a scene, as it is stored, to an uncompressed line-interleaved ENVI file, strip by strip; on failure or cancellation
 * nothing is left. Errors: those of reading; 'io' (disk full); 'invalid-argument' when the copy would replace the scene.
 */
export async function runPrepareJob(spec: PrepareSpec, context: JobContext): Promise<PrepareResult> {
  const started = performance.now()
  const reader = await openCube(spec.scene, spec.variable === undefined ? {} : { variable: spec.variable })
  try {
    for (const path of outputPaths(spec.out)) await assertNoInput(path, reader.files)
    const folder = dirname(spec.out)
    await mkdir(folder, { recursive: true }).catch((error: unknown) => { throw toStudioError(error, folder) })
    const writer = await createWriter(spec.out, reader.header, { interleave: 'bil' })
    try {
      const { files, sizeBytes } = await copyScene(reader, writer, context)
      return { files, sizeBytes, seconds: (performance.now() - started) / 1000 }
    } finally {
      await writer.close()
    }
  } finally {
    await reader.close()
  }
}

async function copyScene(reader: CubeReader, writer: CubeWriter, context: JobContext): Promise<WrittenFile> {
  const bands = allBands(reader.header)
  const bytesPerPixel = bands.length * SAMPLE_TYPES[reader.header.sampleType].bytes
  await writeByStrips(writer, bytesPerPixel, async (window) => {
    await context.breathe()
    return inFileType(await reader.readSamples(window, bands, context.signal), reader.header, writer.header)
  }, {
    signal: context.signal,
    progress: (done, total) => { context.progress('preparing', done, total, 'blocks') },
  }, STRIP_BYTES)
  return writer.finish()
}

/** ENVI has no signed bytes: it stores them wider. */
function inFileType(samples: SampleArray, from: CubeHeader, to: CubeHeader): SampleArray {
  if (from.sampleType === to.sampleType) return samples
  const wider = allocateSamples(to.sampleType, samples.length)
  wider.set(samples)
  return wider
}
