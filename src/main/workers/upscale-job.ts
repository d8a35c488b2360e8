import type { JobContext } from '../common/job-context'
import { allBands, assertBandsExist } from '../cube/cube-reader'
import { repairedReader } from '../cube/repaired-reader'
import { createWriter } from '../formats/create-writer'
import { finishedWriter } from '../formats/finished-writer'
import { openCube } from '../formats/registry'
import { runUpscale } from '../inference/run-upscale'
import type { UpscaleResult } from '../jobs/job-result'
import type { UpscaleSpec } from '../jobs/job-spec'

/** Opens the scene of an upscaling job, runs it and closes it. */
export async function runUpscaleJob(spec: UpscaleSpec, context: JobContext): Promise<UpscaleResult> {
  const source = await openCube(spec.scene, spec.variable === undefined ? {} : { variable: spec.variable })
  try {
    const reader = repairedReader(source, spec.repairs ?? {})
    if (spec.bands !== undefined) assertBandsExist(spec.bands, reader)
    return await runUpscale({
      reader,
      openWriter: async (header, options) => {
        if (spec.written === true) return finishedWriter(spec.out, header, options)
        const writer = await createWriter(spec.out, header, options)
        if (spec.resume || writer.blocksDone === 0) return writer
        // an interrupted run left its tiles, and nobody asked to continue it
        await writer.close()
        return createWriter(spec.out, header, options)
      },
      openWritten: spec.receipt === false ? null : (file) => openCube(file),
      model: spec.model,
      window: spec.window ?? null,
      bands: spec.bands ?? allBands(reader.header),
      memoryBudgetBytes: spec.memoryBudgetMb * 1e6,
      sampleType: spec.sampleType,
      compression: spec.compression,
      interleave: spec.interleave,
      consistency: spec.consistency,
      resume: spec.resume,
    }, context)
  } finally {
    await source.close()
  }
}
