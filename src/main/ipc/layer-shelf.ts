import type { LayerView } from '../../preload/contract'
import { toStudioError } from '../common/errors'
import type { Project } from '../project/project'
import type { SceneQuestions } from './scene-questions'

type Place = Pick<LayerView, 'path' | 'missing'>

/** The computed maps of the open project as they are on disk, each opened as layer `analysis:ID` in the scene process. */
export class LayerShelf {
  private readonly places = new Map<string, Place>()
  private closed = false

  constructor(private readonly project: Project, private readonly scenes: SceneQuestions, private readonly changed: () => void, private readonly log: (message: string) => void) {}

  /** Looks at all again. Never rejects. */
  async refreshAll(): Promise<void> {
    for (const { id } of this.project.content.layers.all) await this.refresh(id)
  }

  /** Looks whether a map's file is there and opens its layer. Never rejects. */
  async refresh(layerId: string): Promise<void> {
    const layer = this.project.content.layers.find(layerId)
    if (layer === undefined || this.closed) return
    const place = await this.look(layerId).catch((error: unknown): Place => {
      this.log(`The layer ${layer.name} can't be read: ${toStudioError(error).message}`)
      return { path: '', missing: true }
    })
    // removed, or all withdrawn, while it was opened
    if (this.closed || this.project.content.layers.find(layerId) === undefined) {
      await this.scenes.close(analysisLayer(layerId))
      return
    }
    this.places.set(layerId, place)
    this.changed()
  }

  /** Forgets a map that was removed. */
  async forget(layerId: string): Promise<void> {
    this.places.delete(layerId)
    await this.scenes.close(analysisLayer(layerId))
  }

  /** Those that were looked at, of scenes that are still in the project. */
  views(): LayerView[] {
    const { layers, scenes } = this.project.content
    return layers.all.flatMap((layer) => {
      const place = this.places.get(layer.id)
      return place === undefined || scenes.find(layer.sceneId) === undefined ? [] : [{ ...layer, ...place }]
    })
  }

  /** Withdraws all layers. */
  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.project.content.layers.all.map(({ id }) => this.scenes.close(analysisLayer(id))))
  }

  private async look(layerId: string): Promise<Place> {
    const { path, found } = await this.project.paths.locateLayer(layerId)
    if (found) await this.scenes.open(analysisLayer(layerId), { path, variable: null, repairs: {}, workingCopy: null })
    else await this.scenes.close(analysisLayer(layerId))
    return { path, missing: !found }
  }
}

function analysisLayer(layerId: string): string {
  return `analysis:${layerId}`
}
