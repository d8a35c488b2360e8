import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SceneView } from '../../preload/contract'
import { writeFileAtomic } from '../common/atomic-file'
import { StudioError, toStudioError } from '../common/errors'
import { folderSize } from '../common/folder-size'
import type { Project } from '../project/project'
import type { SceneRecord } from '../project/project-file'
import type { SceneFacts } from '../scenes/scene-facts'
import type { SceneQuestions } from './scene-questions'
import type { JobScene } from './train-spec'

/** What is known of a scene's file at the moment. */
interface SceneStatus {
  path: string
  state: SceneView['state']
  facts: SceneFacts | null
  problem: StudioError | null
}

export interface ShelfSurroundings {
  scenes: SceneQuestions
  /** As the settings say at the moment; null = inside the project. */
  cacheFolder(): string | null
  /** The state of a scene is another than before. */
  changed(): void
  /** Makes a working copy and resolves when it is there. */
  prepare(scene: SceneRecord, path: string, copy: string): Promise<void>
  log(message: string): void
}

const COPY = 'copy.img'
const COPY_MARK = 'copy.json'

const NOT_LOOKED_AT: SceneStatus = { path: '', state: 'preparing', facts: null, problem: null }

/** The scenes of the open project as they are on disk, each opened as layer `scene:ID` in the scene process. */
export class SceneShelf {
  private readonly statuses = new Map<string, SceneStatus>()
  /** The newest look at each scene: an earlier one that comes late is dropped. */
  private readonly looks = new Map<string, number>()
  /** Scenes whose working copy is being made. */
  private readonly preparing = new Set<string>()
  private closed = false

  constructor(private readonly project: Project, private readonly surroundings: ShelfSurroundings) {}

  /** Looks at all scenes again, one after the other. Never rejects. */
  async refreshAll(): Promise<void> {
    for (const { id } of this.project.content.scenes.all) await this.refresh(id)
  }

  /** Looks at a scene: where its file is, what it says, whether it is still the same. Never rejects. */
  async refresh(sceneId: string): Promise<void> {
    const look = (this.looks.get(sceneId) ?? 0) + 1
    this.looks.set(sceneId, look)
    const scene = this.project.content.scenes.find(sceneId)
    if (scene === undefined) return
    const status = await this.look(scene).catch((error: unknown): SceneStatus => {
      const problem = toStudioError(error)
      this.surroundings.log(`The scene ${scene.name} can't be read: ${problem.message}`)
      const before = this.statuses.get(sceneId)
      // the file is not to blame for the end of the process that read it
      return problem.tag === 'crashed' && before !== undefined ? before : { path: before?.path ?? problem.file ?? '', state: 'missing', facts: null, problem }
    })
    // a layer that was opened while all were withdrawn
    if (this.closed) await this.surroundings.scenes.close(layerOf(sceneId))
    if (this.closed || this.looks.get(sceneId) !== look) return
    this.statuses.set(sceneId, status)
    this.surroundings.changed()
  }

  /** Forgets a scene that was removed from the project. */
  async forget(sceneId: string): Promise<void> {
    this.looks.delete(sceneId)
    if (this.statuses.delete(sceneId)) this.surroundings.changed()
    await this.surroundings.scenes.close(layerOf(sceneId))
  }

  views(): SceneView[] {
    return this.project.content.scenes.all.map((scene) => {
      const { path, state, facts, problem } = this.statuses.get(scene.id) ?? NOT_LOOKED_AT
      return { ...scene, path, state, facts, problem: problem?.toJSON() ?? null }
    })
  }

  /** For a job, as soon as the scene was looked at. Rejects with what is wrong with a scene whose file can't be read. */
  async source(sceneId: string): Promise<JobScene & { facts: SceneFacts }> {
    const { name, variable, repairs } = this.project.content.scenes.get(sceneId)
    if (!this.statuses.has(sceneId)) await this.refresh(sceneId)
    const status = this.statuses.get(sceneId)
    if (status === undefined || status.facts === null) throw status?.problem ?? noFile(name)
    return { name, path: status.path, variable, repairs, facts: status.facts }
  }

  /** What was found when the scene was looked at last, the same object until then; null unless its layer is open and of the file that was imported. */
  opened(sceneId: string): SceneFacts | null {
    const { state, facts } = this.statuses.get(sceneId) ?? NOT_LOOKED_AT
    return state === 'changed' ? null : facts
  }

  /** Deletes all working copies, which are made again when the scenes are opened next. @returns the bytes that are free now */
  async dropCopies(): Promise<number> {
    let freedBytes = 0
    for (const scene of this.project.content.scenes.all) {
      const status = this.statuses.get(scene.id)
      const copy = await this.workingCopy(scene)
      if (copy === null) continue
      if (status !== undefined && status.facts !== null) {
        const { variable, repairs } = scene
        await this.surroundings.scenes.open(layerOf(scene.id), { path: status.path, variable, repairs, workingCopy: null })
      }
      const folder = this.copyFolder(scene)
      freedBytes += await folderSize(folder)
      await rm(folder, { recursive: true, force: true }).catch((error: unknown) => { throw toStudioError(error, folder) })
    }
    return freedBytes
  }

  /** Withdraws all layers. */
  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.project.content.scenes.all.map(({ id }) => this.surroundings.scenes.close(layerOf(id))))
  }

  private async look(scene: SceneRecord): Promise<SceneStatus> {
    const { path, found } = await this.project.paths.locateScene(scene.id)
    if (!found) {
      await this.surroundings.scenes.close(layerOf(scene.id))
      return { path, state: 'missing', facts: null, problem: noFile(path) }
    }
    const copy = await this.workingCopy(scene)
    const { variable, repairs } = scene
    const { facts, fingerprint } = await this.surroundings.scenes.open(layerOf(scene.id), { path, variable, repairs, workingCopy: copy })
    if (fingerprint !== scene.fingerprint) return { path, state: 'changed', facts, problem: otherFile(path) }
    if (!facts.needsWorkingCopy || copy !== null) return { path, state: 'ready', facts, problem: null }
    if (!this.preparing.has(scene.id)) void this.prepare(scene, path)
    return { path, state: 'preparing', facts, problem: null }
  }

  /** Makes the scene's working copy and reads pixels from it from then on; without it, the scene is slow but usable. */
  private async prepare(scene: SceneRecord, path: string): Promise<void> {
    this.preparing.add(scene.id)
    try {
      const folder = this.copyFolder(scene)
      await this.surroundings.prepare(scene, path, join(folder, COPY))
      await writeFileAtomic(join(folder, COPY_MARK), JSON.stringify({ fingerprint: scene.fingerprint, variable: scene.variable }))
      this.preparing.delete(scene.id)
      await this.refresh(scene.id)
    } catch (error) {
      this.preparing.delete(scene.id)
      const status = this.statuses.get(scene.id)
      if (status !== undefined) this.statuses.set(scene.id, { ...status, state: 'ready' })
      this.surroundings.log(`No working copy of ${scene.name}: ${toStudioError(error).message}`)
      if (!this.closed) this.surroundings.changed()
    }
  }

  /** Path of the working copy if there is one of this very scene. */
  private async workingCopy(scene: SceneRecord): Promise<string | null> {
    const folder = this.copyFolder(scene)
    const mark = await readFile(join(folder, COPY_MARK), 'utf8').catch(() => null)
    const expected = JSON.stringify({ fingerprint: scene.fingerprint, variable: scene.variable })
    return mark === expected && existsSync(join(folder, COPY)) ? join(folder, COPY) : null
  }

  private copyFolder({ id }: SceneRecord): string {
    return this.project.paths.workingCopyFolder(id, this.surroundings.cacheFolder())
  }
}

function noFile(path: string): StudioError {
  return new StudioError('not-found', `${path}: the file does not exist.`, { file: path, remedy: 'Connect the disk that it was on, or choose its new place on the scene\'s page.' })
}

function otherFile(path: string): StudioError {
  return new StudioError('mismatch', `${path}: the file is not the one that was imported; earlier models and results are of the old one.`, {
    file: path, remedy: 'Bring the old file back, or choose this one on the scene\'s page and use it anyway.',
  })
}

export function layerOf(sceneId: string): string {
  return `scene:${sceneId}`
}
