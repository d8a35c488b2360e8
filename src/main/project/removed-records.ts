import { join, relative, resolve, sep } from 'node:path'
import { StudioError } from '../common/errors'
import { isUnderWay, type ProjectContent } from './project-content'
import type { ProjectPaths } from './project-paths'
import { Removals } from './removals'
import { exists } from './stored-path'

/** Taking things out of an open project, and bringing them back. */
export class RemovedRecords {
  private readonly removals: Removals

  /** @param save puts the lists on disk; `trash` moves a file to the system's trash */
  constructor(private readonly content: ProjectContent, private readonly paths: ProjectPaths, save: () => Promise<void>, private readonly trash: (path: string) => Promise<void>) {
    this.removals = new Removals(paths.folder, save)
  }

  /** What `undo` would undo, e.g. 'Remove jasper-ridge'; null = nothing. */
  get undoLabel(): string | null {
    return this.removals.label
  }

  /** Brings back what was removed last in this session. */
  undo(): Promise<void> {
    return this.removals.undo()
  }

  /** Takes a scene off the list; its file stays. */
  removeScene(sceneId: string): Promise<void> {
    return this.removals.remove(this.content.scenes, sceneId, [])
  }

  /** Removes one of the project's own models with its folder. Throws 'invalid-argument' for a shipped one. */
  async removeModel(modelId: string): Promise<void> {
    const { origin, name, folder } = this.content.model(modelId)
    if (origin === 'shipped') {
      throw new StudioError('invalid-argument', `${name} comes with the program and can't be removed.`, { remedy: 'Remove models of the project only.' })
    }
    await this.removals.remove(this.content.models, modelId, [join('models', folder)])
  }

  /** Removes a run with its curves, and with its checkpoint when no model came of it. Throws 'invalid-argument' while it is under way. */
  async removeRun(runId: string): Promise<void> {
    refuseWhileUnderWay(this.content.runs.get(runId))
    const checkpoint = this.paths.runModelFolder(runId)
    const isModel = this.content.models.all.some(({ id }) => this.paths.modelFolder(id) === checkpoint)
    const files = [this.paths.curvesFile(runId), this.paths.patchesFile(runId), ...(isModel ? [] : [checkpoint])]
    await this.removals.remove(this.content.runs, runId, files.map((file) => relative(this.paths.folder, file)))
  }

  /**
   * Takes a result off the list. With `deleteFiles` its files go too: those in the project's folder come back by undo, those elsewhere
   * go to the trash at once. Throws 'invalid-argument' while it is under way, or when one of the files is a scene of the project.
   */
  async removeResult(resultId: string, deleteFiles: boolean): Promise<void> {
    const result = this.content.results.get(resultId)
    refuseWhileUnderWay(result)
    const files = deleteFiles && result.files.length > 0 ? (await this.paths.locateResult(resultId)).paths : []
    await this.refuseScenes(files)
    const inside = this.inside(files)
    const outside = files.filter((file) => !inside.includes(relative(this.paths.folder, file)))
    await this.removals.remove(this.content.results, resultId, inside, async () => {
      for (const file of outside) if (await exists(file)) await this.trash(file)
    })
  }

  /** Takes a layer off the list; its file, which the program made, goes with it where it lies in the project's folder and is no scene of it. */
  async removeLayer(layerId: string): Promise<void> {
    const { path } = await this.paths.locateLayer(layerId)
    await this.removals.remove(this.content.layers, layerId, await this.sceneAmong([path]) === null ? this.inside([path]) : [])
  }

  /** Those that lie in the project's folder, relative to it. */
  private inside(files: readonly string[]): string[] {
    return files.map((file) => relative(this.paths.folder, file)).filter((file) => file !== '..' && !file.startsWith(`..${sep}`) && resolve(file) !== file)
  }

  private async refuseScenes(files: readonly string[]): Promise<void> {
    const scene = await this.sceneAmong(files)
    if (scene === null) return
    const { path, name } = scene
    throw new StudioError('invalid-argument', `${path}: this file is the scene "${name}" of the project too.`, { file: path, remedy: 'Remove the scene first, or take the result off the list without deleting its files.' })
  }

  /** A scene of the project whose file is one of `files`. */
  private async sceneAmong(files: readonly string[]): Promise<{ path: string; name: string } | null> {
    for (const { id, name } of files.length === 0 ? [] : this.content.scenes.all) {
      const { path } = await this.paths.locateScene(id)
      if (files.includes(path)) return { path, name }
    }
    return null
  }
}

function refuseWhileUnderWay(record: { name: string; state: 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled' | 'interrupted' }): void {
  if (isUnderWay(record)) throw new StudioError('invalid-argument', `"${record.name}" is under way and can't be removed.`, { remedy: 'Cancel it first.' })
}
