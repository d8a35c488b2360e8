import type { JobContext } from '../common/job-context'
import { createWriter } from '../formats/create-writer'
import { openCube } from '../formats/registry'
import { runStudioUpscale } from '../inference/run-upscale'
import type { UpscaleResult } from '../jobs/job-result'
import type { UpscaleSpec } from '../jobs/job-spec'

/** Opens the scene of an upscaling job, runs it and closes it. */
export async function runUpscaleJob(spec: UpscaleSpec, context: JobContext): Promise<UpscaleResult> {
  const reader = await openCube(spec.scene, spec.variable === undefined ? {} : { variable: spec.variable })
  try {
    return await runStudioUpscale({
      reader,
      openWriter: (header, options) => createWriter(spec.out, header, options),
      model: spec.model,
      window: spec.window ?? null,
      memoryBudgetBytes: spec.memoryBudgetMb * 1e6,
      sampleType: spec.sampleType,
      compression: spec.compression,
      interleave: spec.interleave,
      consistency: spec.consistency,
      resume: spec.resume,
    }, context)
  } finally {
    await reader.close()
  }
}
