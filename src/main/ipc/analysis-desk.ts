import { mkdir } from 'node:fs/promises'
import { StudioError, toStudioError } from '../common/errors'
import { outputPaths } from '../formats/output-paths'
import type { Analysis } from '../jobs/analysis-spec'
import type { AnalyseResult } from '../jobs/job-result'
import type { AnalyseSpec } from '../jobs/job-spec'
import { newId } from '../project/project-layout'
import type { SceneFacts } from '../scenes/scene-facts'
import { describeAnalysis } from './describe-analysis'
import type { JobBoard } from './job-board'
import { reductionOf } from './model-card'
import type { OpenProject } from './open-project'
import { fileStem, freePath } from './result-names'
import { shownOf } from './result-place'
import type { JobScene } from './train-spec'
import { uniqueName } from './unique-name'

export interface AnalysisRequest {
  sceneId: string
  /** null = of the scene itself. */
  resultId: string | null
  analysis: Analysis
}

/** Starts computations of maps, and keeps what comes of them in the project. */
export class AnalysisDesk {
  /** Files that running jobs will write. */
  private readonly taken = new Set<string>()

  constructor(private readonly board: JobBoard) {}

  /**
   * Starts or queues the job that writes the map into the project's folder of results; the layer is listed when it has ended. Errors:
   * 'not-found' (scene or result missing), 'invalid-argument' (a result of another scene, or not finished).
   */
  async start(open: OpenProject, { sceneId, resultId, analysis }: AnalysisRequest): Promise<{ layerId: string; jobId: string }> {
    const source = await open.scenes.source(sceneId)
    const result = resultId === null ? undefined : await this.resultOf(open, resultId, sceneId, source.facts)
    const { results } = open.project.paths.layout
    await mkdir(results, { recursive: true }).catch((error: unknown) => { throw toStudioError(error, results) })
    const subject = resultId === null ? source.name : open.project.content.results.get(resultId).name
    const title = describeAnalysis(analysis)
    const out = freePath(results, `${fileStem(subject)}-${title.file}.tif`, outputPaths, this.taken)
    const layerId = newId('layer')
    this.taken.add(out)
    const free = (): void => { this.taken.delete(out) }
    const { id } = this.board.start({
      kind: 'analyse', title: `${title.name}: ${subject}`, subject: sceneId, spec: specOf(analysis, source, result, out),
      done: async (outcome) => {
        free()
        await this.finish(open, layerId, `${title.name} of ${subject}`, { sceneId, resultId, analysis }, outcome)
      },
      failed: () => {
        free()
        return Promise.resolve()
      },
    })
    return { layerId, jobId: id }
  }

  private async resultOf(open: OpenProject, resultId: string, sceneId: string, facts: SceneFacts): Promise<NonNullable<AnalyseSpec['result']>> {
    const { name, state, plan, sceneId: madeOf, rows, reduction } = open.project.content.results.get(resultId)
    if (state !== 'done' || madeOf !== sceneId || rows === null) {
      throw new StudioError('invalid-argument', `"${name}" is ${state === 'done' ? 'of another scene' : 'not finished'}.`, { remedy: 'Choose a finished result of this scene.' })
    }
    const { paths: [path], found } = await open.project.paths.locateResult(resultId)
    if (!found || path === undefined) throw new StudioError('not-found', `${path ?? name}: the file does not exist.`, { ...(path === undefined ? {} : { file: path }), remedy: 'It was moved or deleted; upscale the scene again.' })
    const { window, bands } = shownOf({ plan, name }, facts)
    return { path, ...(reduction ?? reductionOf(await open.models.manifest(plan.modelId))), window, bands: [...bands] }
  }

  private async finish(open: OpenProject, layerId: string, name: string, { sceneId, resultId, analysis }: AnalysisRequest, { file, rows, cols, bandNames, origin, pixelSize }: AnalyseResult): Promise<void> {
    const { layers } = open.project.content
    layers.add({
      id: layerId, name: uniqueName(name, layers.all), sceneId, resultId, analysis, createdUtc: new Date().toISOString(),
      ...open.project.paths.store(file), rows, cols, bandNames, origin, pixelSize,
    })
    await open.layers.refresh(layerId)
  }
}

function specOf(analysis: Analysis, { path, variable, repairs }: JobScene, result: AnalyseSpec['result'], out: string): AnalyseSpec {
  return { kind: 'analyse', analysis, scene: path, repairs, out, ...(variable === null ? {} : { variable }), ...(result === undefined ? {} : { result }) }
}
