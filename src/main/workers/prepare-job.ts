import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { toStudioError } from '../common/errors'
import type { JobContext } from '../common/job-context'
import { assertNoInput, outputPaths } from '../formats/output-paths'
import { openCube } from '../formats/registry'
import type { PrepareResult } from '../jobs/job-result'
import type { PrepareSpec } from '../jobs/job-spec'
import { copyScene } from './copy-scene'
import { writeOverviews } from './write-overviews'

/**
 * Makes a working copy of a scene or its overviews; on failure or cancellation nothing is left. Errors: those of reading;
 * 'io' (disk full); 'invalid-argument' when the file would replace the scene.
 */
export async function runPrepareJob({ scene, variable, out, overviews }: PrepareSpec, context: JobContext): Promise<PrepareResult> {
  const started = performance.now()
  const reader = await openCube(scene, variable === undefined ? {} : { variable })
  try {
    for (const path of outputPaths(out)) await assertNoInput(path, reader.files)
    const folder = dirname(out)
    await mkdir(folder, { recursive: true }).catch((error: unknown) => { throw toStudioError(error, folder) })
    const { files, sizeBytes } = await (overviews === undefined ? copyScene(reader, out, context) : writeOverviews(reader, overviews.nodata, out, context))
    return { files, sizeBytes, seconds: (performance.now() - started) / 1000 }
  } finally {
    await reader.close()
  }
}
