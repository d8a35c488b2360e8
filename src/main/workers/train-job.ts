import type { JobContext } from '../common/job-context'
import type { CubeReader } from '../cube/cube-reader'
import { repairedReader } from '../cube/repaired-reader'
import { openCube } from '../formats/registry'
import type { TrainResult } from '../jobs/job-result'
import type { TrainSpec } from '../jobs/job-spec'
import { runPaperTraining } from '../training/run-paper-training'
import { runStudioTraining } from '../training/run-studio-training'
import type { TrainRequest } from '../training/train-request'
import { assertOneScene } from '../training/training-ground'

/** Opens the scenes of a training job, runs it and closes them. */
export async function runTrainJob(spec: TrainSpec, context: JobContext): Promise<TrainResult> {
  const readers: CubeReader[] = []
  try {
    assertOneScene(spec.validation ?? null, spec.scenes.length)
    for (const [index, path] of spec.scenes.entries()) {
      const variable = spec.variables?.[index] ?? null
      readers.push(await openCube(path, variable === null ? {} : { variable }))
    }
    const request: TrainRequest = {
      scenes: readers.map((reader, index) => {
        const repairs = spec.repairs?.[index] ?? {}
        return { reader: repairedReader(reader, repairs), window: spec.windows?.[index] ?? null, validation: spec.validation ?? null, repairs }
      }),
      scale: spec.scale,
      out: spec.out,
      base: spec.base ?? null,
      minutes: spec.minutes ?? null,
      steps: spec.steps ?? null,
      seed: spec.seed,
      resume: spec.resume,
      kernel: spec.kernel,
      paperVariant: spec.paperVariant ?? 'text',
    }
    return await (spec.preset === 'paper' ? runPaperTraining : runStudioTraining)(request, context)
  } finally {
    for (const reader of readers) await reader.close()
  }
}
