import { toStudioError } from '../common/errors'
import { listCubes } from '../formats/registry'
import { openScene } from './open-scene'
import type { SceneInspection, ScenePayload } from './scene-messages'

/** What a file that might be imported is, or why it can't be; nothing is kept open. Never throws. */
export async function inspectScene(file: ScenePayload<'inspect'>): Promise<SceneInspection> {
  const cubes = await listCubes(file.path).catch(() => [])
  const variables = cubes.length > 1 ? cubes : []
  try {
    const { facts, fingerprint, reader } = await openScene({ ...file, workingCopy: null })
    await reader.close()
    return { scene: { facts, fingerprint }, error: null, variables }
  } catch (error) {
    return { scene: null, error: toStudioError(error, file.path).toJSON(), variables }
  }
}
