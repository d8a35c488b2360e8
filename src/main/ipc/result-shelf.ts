import type { ResultView } from '../../preload/contract'
import { toStudioError } from '../common/errors'
import type { Project } from '../project/project'
import type { SceneQuestions } from './scene-questions'

type Place = Pick<ResultView, 'paths' | 'missing'>

/** The results of the open project as they are on disk, the finished ones opened as layer `result:ID` in the scene process. */
export class ResultShelf {
  private readonly places = new Map<string, Place>()
  private closed = false

  constructor(private readonly project: Project, private readonly scenes: SceneQuestions, private readonly changed: () => void, private readonly log: (message: string) => void) {}

  /** Looks at all results again. Never rejects. */
  async refreshAll(): Promise<void> {
    for (const { id } of this.project.content.results.all) await this.refresh(id)
  }

  /** Looks whether a result's files are there and opens its layer. Never rejects. */
  async refresh(resultId: string): Promise<void> {
    const result = this.project.content.results.find(resultId)
    if (result === undefined || this.closed) return
    const place = await this.look(resultId, result.files.length > 0).catch((error: unknown): Place => {
      this.log(`The result ${result.name} can't be read: ${toStudioError(error).message}`)
      return { paths: [], missing: true }
    })
    // removed, or all withdrawn, while it was opened
    if (this.closed || this.project.content.results.find(resultId) === undefined) {
      await this.scenes.close(resultLayer(resultId))
      return
    }
    this.places.set(resultId, place)
    this.changed()
  }

  /** Forgets a result that was removed or is to be written anew. */
  async forget(resultId: string): Promise<void> {
    this.places.delete(resultId)
    await this.scenes.close(resultLayer(resultId))
  }

  views(): ResultView[] {
    return this.project.content.results.all.map((result) => ({ ...result, ...(this.places.get(result.id) ?? { paths: [], missing: false }) }))
  }

  /** Withdraws all layers. */
  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.project.content.results.all.map(({ id }) => this.scenes.close(resultLayer(id))))
  }

  private async look(resultId: string, written: boolean): Promise<Place> {
    if (!written) return { paths: [], missing: false }
    const { paths, found } = await this.project.paths.locateResult(resultId)
    const [path] = paths
    if (!found || path === undefined) {
      await this.scenes.close(resultLayer(resultId))
      return { paths, missing: true }
    }
    await this.scenes.open(resultLayer(resultId), { path, variable: null, repairs: {}, workingCopy: null })
    return { paths, missing: false }
  }
}

function resultLayer(resultId: string): string {
  return `result:${resultId}`
}
