import type { SceneView } from '../../preload/contract'
import { StudioError, toStudioError } from '../common/errors'
import type { Project } from '../project/project'
import type { SceneRecord } from '../project/project-file'
import type { SceneFacts } from '../scenes/scene-facts'
import { SceneCache, type SceneCacheSurroundings } from './scene-cache'
import type { SceneQuestions } from './scene-questions'
import type { JobScene } from './train-spec'

/** What is known of a scene's file at the moment. */
interface SceneStatus {
  path: string
  state: SceneView['state']
  facts: SceneFacts | null
  problem: StudioError | null
}

export interface ShelfSurroundings extends SceneCacheSurroundings {
  scenes: SceneQuestions
  /** The state of a scene is another than before. */
  changed(): void
  log(message: string): void
}

const NOT_LOOKED_AT: SceneStatus = { path: '', state: 'preparing', facts: null, problem: null }

/** The scenes of the open project as they are on disk, each opened as layer `scene:ID` in the scene process. */
export class SceneShelf {
  private readonly statuses = new Map<string, SceneStatus>()
  /** The newest look at each scene: an earlier one that comes late is dropped. */
  private readonly looks = new Map<string, number>()
  /** The same look while it goes on. */
  private readonly looking = new Map<string, Promise<void>>()
  /** Scenes whose working copy or overviews are being made. */
  private readonly preparing = new Set<string>()
  /** Of what, by scene, overviews were begun in this session: they are not tried again when that failed or the user cancelled it. */
  private readonly reduced = new Map<string, string>()
  private readonly cache: SceneCache
  private closed = false

  constructor(private readonly project: Project, private readonly surroundings: ShelfSurroundings) {
    this.cache = new SceneCache(project, surroundings)
  }

  /** Looks at all scenes again, one after the other. Never rejects. */
  async refreshAll(): Promise<void> {
    for (const { id } of this.project.content.scenes.all) await this.refresh(id)
  }

  /** Looks at a scene: where its file is, what it says, whether it is still the same. Never rejects. */
  refresh(sceneId: string): Promise<void> {
    const looking = this.lookAt(sceneId).finally(() => { if (this.looking.get(sceneId) === looking) this.looking.delete(sceneId) })
    this.looking.set(sceneId, looking)
    return looking
  }

  private async lookAt(sceneId: string): Promise<void> {
    const look = (this.looks.get(sceneId) ?? 0) + 1
    this.looks.set(sceneId, look)
    const scene = this.project.content.scenes.find(sceneId)
    if (scene === undefined || this.closed) return
    const status = await this.look(scene).catch((error: unknown): SceneStatus | null => {
      if (this.closed) return null
      const problem = toStudioError(error)
      this.surroundings.log(`The scene ${scene.name} can't be read: ${problem.message}`)
      const before = this.statuses.get(sceneId)
      // the file is not to blame for the end of the process that read it
      return problem.tag === 'crashed' && before !== undefined ? before : { path: before?.path ?? problem.file ?? '', state: 'missing', facts: null, problem }
    })
    if (status === null || this.closed || this.looks.get(sceneId) !== look) return
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
    // a look that another one overtook tells nothing
    while (!this.statuses.has(sceneId) && !this.closed && this.project.content.scenes.find(sceneId) !== undefined) await (this.looking.get(sceneId) ?? this.refresh(sceneId))
    const status = this.statuses.get(sceneId)
    if (status === undefined || status.facts === null) throw status?.problem ?? noFile(name)
    return { name, path: status.path, variable, repairs, facts: status.facts }
  }

  /** What was found when the scene was looked at last, the same object until then; null unless its layer is open and of the file that was imported. */
  opened(sceneId: string): SceneFacts | null {
    const { state, facts } = this.statuses.get(sceneId) ?? NOT_LOOKED_AT
    return state === 'changed' ? null : facts
  }

  /** Deletes all working copies and overviews, which are made again when the scenes are opened next. @returns the bytes that are free now */
  async dropCopies(): Promise<number> {
    let freedBytes = 0
    for (const scene of this.project.content.scenes.all) {
      // what is being made is left to its job
      if (this.preparing.has(scene.id)) continue
      const status = this.statuses.get(scene.id)
      const isUsed = await this.cache.find(scene, 'copy') !== null || await this.cache.find(scene, 'overviews') !== null
      if (isUsed && status !== undefined && status.facts !== null) {
        const { variable, repairs } = scene
        const { facts } = await this.surroundings.scenes.open(layerOf(scene.id), { path: status.path, variable, repairs, workingCopy: null })
        this.statuses.set(scene.id, { ...status, facts })
      }
      freedBytes += await this.cache.drop(scene)
      this.reduced.delete(scene.id)
    }
    freedBytes += await this.cache.dropUnused()
    this.surroundings.changed()
    return freedBytes
  }

  /** Deletes working copies and overviews of scenes that left the project. */
  async dropUnusedCopies(): Promise<void> {
    await this.cache.dropUnused()
  }

  /** Withdraws all layers. */
  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.project.content.scenes.all.map(({ id }) => this.surroundings.scenes.close(layerOf(id))))
  }

  /** null when all layers were withdrawn before this one was opened: the project may be open again, with layers of the same names. */
  private async look(scene: SceneRecord): Promise<SceneStatus | null> {
    const { path, found } = await this.project.paths.locateScene(scene.id)
    if (this.closed) return null
    if (!found) {
      await this.surroundings.scenes.close(layerOf(scene.id))
      return { path, state: 'missing', facts: null, problem: noFile(path) }
    }
    const [copy, overviews] = [await this.cache.find(scene, 'copy'), await this.cache.find(scene, 'overviews')]
    if (this.closed) return null
    const { variable, repairs } = scene
    const { facts, fingerprint } = await this.surroundings.scenes.open(layerOf(scene.id), {
      path, variable, repairs, workingCopy: copy, ...(overviews === null ? {} : { overviews }),
    })
    if (fingerprint !== scene.fingerprint) return { path, state: 'changed', facts, problem: otherFile(path) }
    const needsCopy = facts.needsWorkingCopy && copy === null
    if (this.closed) return null
    if (needsCopy) this.prepare(scene, 'working copy', () => this.cache.makeCopy(scene, path, facts))
    else if (facts.overviews === 'missing' && this.reduced.get(scene.id) !== sourceOfMeans(scene)) {
      this.prepare(scene, 'overviews', () => {
        this.reduced.set(scene.id, sourceOfMeans(scene))
        return this.cache.makeOverviews(scene, path, facts)
      })
    }
    return { path, state: needsCopy ? 'preparing' : 'ready', facts, problem: null }
  }

  /** Makes what the scene is read from then on, unless something is being made for it; without it, the scene is slow but usable. */
  private prepare(scene: SceneRecord, what: string, make: () => Promise<void>): void {
    if (this.preparing.has(scene.id)) return
    this.preparing.add(scene.id)
    make().then(
      () => {
        this.preparing.delete(scene.id)
        return this.refresh(scene.id)
      },
      (error: unknown) => {
        this.preparing.delete(scene.id)
        const status = this.statuses.get(scene.id)
        if (status?.state === 'preparing') this.statuses.set(scene.id, { ...status, state: 'ready' })
        this.surroundings.log(`No ${what} of ${scene.name}: ${toStudioError(error).message}`)
        if (!this.closed) this.surroundings.changed()
      },
    ).catch((error: unknown) => { this.surroundings.log(`${scene.name}: ${toStudioError(error).message}`) })
  }
}

function sourceOfMeans({ fingerprint, variable, repairs }: SceneRecord): string {
  return JSON.stringify([fingerprint, variable, repairs.nodata])
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
