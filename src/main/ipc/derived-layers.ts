import { toStudioError } from '../common/errors'
import type { ProjectContent } from '../project/project-content'
import type { SceneFacts } from '../scenes/scene-facts'
import type { DerivedSource } from '../scenes/scene-messages'
import { resultPlace } from './result-place'
import type { SceneQuestions } from './scene-questions'
import { layerOf, type SceneShelf } from './scene-shelf'
import { resultLayer } from './written-files'
import type { WrittenPlace, WrittenShelf } from './written-shelf'

const KINDS: readonly DerivedSource['kind'][] = ['bicubic', 'difference']

/** What the layers of a result were made of: other objects once the scene or the result was looked at again. */
interface Made {
  scene: SceneFacts
  result: WrittenPlace
}

export interface DerivedLayersSurroundings {
  content: Pick<ProjectContent, 'results'>
  scenes: Pick<SceneShelf, 'opened'>
  results: Pick<WrittenShelf<never>, 'place'>
  questions: SceneQuestions
  /** Layers are there, or not any more. */
  changed(): void
  log(message: string): void
}

/** Layers `bicubic:ID` and `difference:ID` in the scene process for each result that is there with its scene. */
export class DerivedLayers {
  private readonly made = new Map<string, Made>()
  private turn: Promise<void> = Promise.resolve()
  private closed = false

  constructor(private readonly surroundings: DerivedLayersSurroundings) {}

  has(resultId: string): boolean {
    return this.made.has(resultId)
  }

  /** Brings the layers in line with the scenes and results as they were looked at last; quick when nothing is different. Never rejects. */
  renew(): Promise<void> {
    this.turn = this.turn.then(() => this.bringInLine()).catch((error: unknown) => {
      this.surroundings.log(`The comparison with the interpolated scene is not to be had: ${toStudioError(error).message}`)
    })
    return this.turn
  }

  /** Withdraws all layers. */
  async close(): Promise<void> {
    this.closed = true
    await this.renew()
  }

  private async bringInLine(): Promise<void> {
    const { questions } = this.surroundings
    const wanted = this.wanted()
    for (const id of [...this.made.keys()]) {
      if (wanted.has(id)) continue
      this.made.delete(id)
      this.surroundings.changed()
      for (const kind of KINDS) await questions.close(`${kind}:${id}`)
    }
    for (const [id, { made, source }] of wanted) {
      const before = this.made.get(id)
      if (before?.scene === made.scene && before.result === made.result) continue
      for (const kind of KINDS) await questions.derive(`${kind}:${id}`, { kind, ...source })
      this.made.set(id, made)
      this.surroundings.changed()
    }
  }

  private wanted(): Map<string, { made: Made; source: Omit<DerivedSource, 'kind'> }> {
    const { content, scenes, results } = this.surroundings
    return new Map(this.closed ? [] : content.results.all.flatMap((record) => {
      const [scene, result] = [scenes.opened(record.sceneId), results.place(record.id)]
      if (scene === null || result === undefined || result.missing || result.paths.length === 0) return []
      const place = resultPlace(record, scene)
      if (place === null) return []
      const source = { scene: layerOf(record.sceneId), result: resultLayer(record.id), place: { ...place, bands: [...place.bands] } }
      return [[record.id, { made: { scene, result }, source }]]
    }))
  }
}
