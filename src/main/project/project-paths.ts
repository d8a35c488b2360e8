import { dirname, join, posix, resolve } from 'node:path'
import { resourcePath } from '../common/project-root'
import type { ProjectContent } from './project-content'
import type { SceneRecord } from './project-file'
import { projectLayout, type ProjectLayout } from './project-layout'
import { exists, locateStored, storePath, type StoredPath } from './stored-path'

/** Where the things are that an open project speaks of. All paths given out are absolute. */
export class ProjectPaths {
  readonly layout: ProjectLayout

  constructor(readonly folder: string, private readonly content: ProjectContent) {
    this.layout = projectLayout(folder)
  }

  /** How a record keeps the path of a scene or result: `{ ...record, ...store(path) }`. */
  store(path: string): StoredPath {
    return storePath(this.folder, resolve(path))
  }

  /**
   * A scene's file, and whether it is there. When it lies elsewhere than at its relative path (the project was moved alone) the
   * record is brought up to date. Throws 'not-found' for an unknown scene.
   */
  async locateScene(sceneId: string): Promise<{ path: string; found: boolean }> {
    const scene = this.content.scenes.get(sceneId)
    const located = await locateStored(this.folder, scene)
    const stored = this.store(located.path)
    const moved = stored.file !== scene.file || stored.lastPath !== scene.lastPath
    // the record may have changed while the disk answered
    if (located.found && moved && this.content.scenes.find(sceneId) === scene) this.content.scenes.update(sceneId, stored)
    return located
  }

  /** Gives a scene the file that it is now in. */
  relinkScene(sceneId: string, path: string, fingerprint: string): SceneRecord {
    return this.content.scenes.update(sceneId, { ...this.store(path), fingerprint })
  }

  /** A result's files (the one that it is to become while there are none), and whether all are there. Throws 'not-found' for an unknown result. */
  async locateResult(resultId: string): Promise<{ paths: string[]; found: boolean }> {
    const { file, files, lastPath } = this.content.results.get(resultId)
    const located = await Promise.all((files.length === 0 ? [file] : files).map((one) =>
      locateStored(this.folder, lastPath === undefined ? { file: one } : { file: one, lastPath: join(dirname(lastPath), posix.basename(one)) })))
    return { paths: located.map(({ path }) => path), found: located.every(({ found }) => found) }
  }

  /** A layer's file, and whether it is there. Throws 'not-found' for an unknown layer. */
  locateLayer(layerId: string): Promise<{ path: string; found: boolean }> {
    return locateStored(this.folder, this.content.layers.get(layerId))
  }

  /** Folder of a model. Throws 'not-found' for an unknown one; the folder itself may be gone: see `missingModels`. */
  modelFolder(modelId: string): string {
    const { origin, folder } = this.content.model(modelId)
    return origin === 'shipped' ? resourcePath('models', folder) : join(this.layout.models, folder)
  }

  /** Ids of the project's models whose folder is gone. */
  async missingModels(): Promise<Set<string>> {
    const missing = await Promise.all(this.content.models.all.map(async ({ id }) => (await exists(this.modelFolder(id)) ? [] : [id])))
    return new Set(missing.flat())
  }

  /** Folder that a run trains into, `models/RUN_ID`: it holds the checkpoint of an unfinished run before a model is listed. */
  runModelFolder(runId: string): string {
    return join(this.layout.models, this.content.runs.get(runId).id)
  }

  /** File of a run's curves: see `RunCurvesWriter`. */
  curvesFile(runId: string): string {
    return join(this.layout.runs, `${this.content.runs.get(runId).id}.jsonl`)
  }

  /** File of a run's last pictures: see `writeRunPatches`. */
  patchesFile(runId: string): string {
    return join(this.layout.runs, `${this.content.runs.get(runId).id}.patches`)
  }

  /** Folder of a scene's working copies. @param cacheFolder that of the settings; null = inside the project */
  workingCopyFolder(sceneId: string, cacheFolder: string | null): string {
    return join(this.workingCopies(cacheFolder), this.content.scenes.get(sceneId).id)
  }

  /** Where those of all its scenes lie, and nothing else. */
  workingCopies(cacheFolder: string | null): string {
    return cacheFolder === null ? this.layout.cache : join(cacheFolder, this.content.id)
  }
}
