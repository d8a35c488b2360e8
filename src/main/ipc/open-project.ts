import { join } from 'node:path'
import type { ProjectView } from '../../preload/contract'
import type { Project } from '../project/project'
import { LayerShelf } from './layer-shelf'
import { ModelShelf } from './model-shelf'
import { ResultShelf } from './result-shelf'
import { SceneShelf, type ShelfSurroundings } from './scene-shelf'

/** Changes that come together are told together. */
const TELL_DELAY_MS = 30

/** The open project with what is known of its files, for the window. */
export class OpenProject {
  readonly scenes: SceneShelf
  readonly models: ModelShelf
  readonly results: ResultShelf
  readonly layers: LayerShelf
  private timer: NodeJS.Timeout | null = null
  private closed = false
  /** Why the disk does not have the latest changes; null = it has. */
  private unsaved: string | null = null
  private readonly stopListening: () => void

  /** @param tell hears of every change, coalesced */
  constructor(readonly project: Project, private readonly surroundings: Omit<ShelfSurroundings, 'changed'>, private readonly tell: (view: ProjectView) => void) {
    const changed = (): void => { this.changed() }
    this.scenes = new SceneShelf(project, { ...surroundings, changed })
    this.models = new ModelShelf(project, changed)
    this.results = new ResultShelf(project, surroundings.scenes, changed, surroundings.log)
    this.layers = new LayerShelf(project, surroundings.scenes, changed, surroundings.log)
    this.stopListening = project.subscribe({
      changed,
      saveFailed: ({ message, remedy }) => { this.hearSave(`The project is not saved: ${message}${remedy === undefined ? '' : ` ${remedy}`} Saving is tried again.`) },
      saveRecovered: () => { this.hearSave(null) },
    })
  }

  /** Looks at all files; the window hears as it goes on. Never rejects. */
  async refresh(): Promise<void> {
    await Promise.all([this.models.refreshAll(), this.scenes.refreshAll(), this.results.refreshAll(), this.layers.refreshAll()])
  }

  view(): ProjectView {
    const { content, folder, removed, notices } = this.project
    return {
      id: content.id,
      name: content.name,
      folder,
      scenes: this.scenes.views(),
      models: this.models.views(),
      runs: [...content.runs.all],
      results: this.results.views(),
      layers: this.layers.views(),
      undo: removed.undoLabel,
      notices: this.unsaved === null ? [...notices] : [...notices, this.unsaved],
    }
  }

  /** Where the working copies of the project's scenes lie. */
  copiesFolder(): string {
    const chosen = this.surroundings.cacheFolder()
    return chosen === null ? this.project.paths.layout.cache : join(chosen, this.project.content.id)
  }

  /** Something that the window shows is different. */
  changed(): void {
    if (this.closed) return
    this.timer ??= setTimeout(() => {
      this.timer = null
      this.tell(this.view())
    }, TELL_DELAY_MS)
  }

  private hearSave(problem: string | null): void {
    this.unsaved = problem
    this.surroundings.log(problem ?? 'The project is saved again.')
    this.changed()
  }

  /** Lets the files and the project go. Rejects when the disk refuses to save; everything stays open then. */
  async close(): Promise<void> {
    await this.project.close()
    this.closed = true
    this.stopListening()
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    await Promise.all([this.scenes.close(), this.results.close(), this.layers.close()])
  }
}
