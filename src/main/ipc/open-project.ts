import type { LayerView, ProjectView, ResultView } from '../../preload/contract'
import type { Project } from '../project/project'
import type { LayerRecord, ResultRecord } from '../project/project-file'
import { DerivedLayers } from './derived-layers'
import { ModelShelf } from './model-shelf'
import { SceneShelf, type ShelfSurroundings } from './scene-shelf'
import { mapFiles, resultFiles } from './written-files'
import { WrittenShelf } from './written-shelf'

/** Changes that come together are told together. */
const TELL_DELAY_MS = 30

/** The open project with what is known of its files, for the window. */
export class OpenProject {
  readonly scenes: SceneShelf
  readonly models: ModelShelf
  readonly results: WrittenShelf<ResultRecord>
  readonly layers: WrittenShelf<LayerRecord>
  private readonly derived: DerivedLayers
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
    this.results = new WrittenShelf(resultFiles(project), { ...surroundings, changed })
    this.layers = new WrittenShelf(mapFiles(project), { ...surroundings, changed })
    this.derived = new DerivedLayers({ ...surroundings, content: project.content, scenes: this.scenes, results: this.results, questions: surroundings.scenes, changed })
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
      results: this.resultViews(),
      layers: this.layerViews(),
      undo: removed.undoLabel,
      notices: this.unsaved === null ? [...notices] : [...notices, this.unsaved],
    }
  }

  /** Where the working copies of the project's scenes lie. */
  copiesFolder(): string {
    return this.project.paths.workingCopies(this.surroundings.cacheFolder())
  }

  /** Something that the window shows is different. */
  changed(): void {
    if (this.closed) return
    void this.derived.renew()
    this.timer ??= setTimeout(() => {
      this.timer = null
      this.tell(this.view())
    }, TELL_DELAY_MS)
  }

  private resultViews(): ResultView[] {
    return this.project.content.results.all.map((result) => (
      { ...result, ...(this.results.place(result.id) ?? { paths: [], missing: false }), derived: this.derived.has(result.id) }))
  }

  /** Those that were looked at, of scenes that are still in the project. */
  private layerViews(): LayerView[] {
    const { layers, scenes } = this.project.content
    return layers.all.flatMap((layer) => {
      const place = this.layers.place(layer.id)
      return place === undefined || scenes.find(layer.sceneId) === undefined ? [] : [{ ...layer, path: place.paths[0] ?? '', missing: place.missing }]
    })
  }

  private hearSave(problem: string | null): void {
    this.unsaved = problem
    this.surroundings.log(problem ?? 'The project is saved again.')
    this.changed()
  }

  /** Lets the files and the project go. Rejects when the disk refuses to save; everything stays open then. */
  async close(): Promise<void> {
    await this.scenes.dropUnusedCopies()
    await this.project.close()
    this.closed = true
    this.stopListening()
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    await Promise.all([this.derived.close(), this.scenes.close(), this.results.close(), this.layers.close()])
  }
}
