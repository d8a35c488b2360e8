import { existsSync, statSync } from 'node:fs'
import { StudioError, toStudioError } from '../common/errors'
import { outputPaths, partialPaths } from '../formats/output-paths'
import type { UpscaleResult } from '../jobs/job-result'
import type { UpscaleSpec } from '../jobs/job-spec'
import { isUnderWay } from '../project/project-content'
import { passesOf } from '../inference/serving-symmetries'
import type { ResultRecord, UpscalePlan } from '../project/project-file'
import { newId } from '../project/project-layout'
import { addErrorLayer } from './error-layer'
import { checkRoom } from './free-disk'
import { modelScale, reductionOf } from './model-card'
import type { OpenProject } from './open-project'
import { askDestinations, resultName } from './result-destination'
import type { SpeedRecord } from './speed-record'
import type { DeskParts } from './training-desk'
import { UnderWay } from './under-way'
import { forecastUpscales } from './upscale-forecasts'
import { bandsOf, interleaveOf, upscaleSpecOf } from './upscale-spec'

type LeftBehind = 'tiles' | 'whole' | 'nothing'

/** Starts and continues upscalings, and keeps what comes of them in the project. */
export class UpscaleDesk {
  private readonly continuing = new UnderWay()

  constructor(private readonly parts: DeskParts & { speeds: SpeedRecord }) {}

  /**
   * Asks where to, then starts or queues one job a scene; gives the results' ids and what may go wrong, null when the user cancels.
   * Errors: 'not-found' (scene or model missing), 'invalid-argument' (a plan or place that can't be), 'too-large' (the results surely
   * don't fit where they are to go).
   */
  async start(open: OpenProject, sceneIds: readonly string[], plan: UpscalePlan): Promise<{ resultIds: string[]; warning: string | null } | null> {
    if (plan.window !== null && sceneIds.length > 1) {
      throw new StudioError('invalid-argument', 'A part can be drawn only when one scene is upscaled.', { remedy: 'Upscale the whole scenes, or one at a time.' })
    }
    const reduction = reductionOf(await open.models.manifest(plan.modelId))
    const sources = await Promise.all(sceneIds.map(async (id) => ({ id, ...await open.scenes.source(id) })))
    // a plan that can't be is refused before anything is asked
    for (const source of sources) upscaleSpecOf(plan, source, source.facts, 'nowhere', 'nowhere', false, this.parts.settings())
    const places = await askDestinations(open, this.parts.platform.dialogs, sources, reduction.scale, plan)
    if (places === null) return null
    // so is a name that says another order of values than the plan
    for (const [index, path] of places.entries()) interleaveOf(plan, (sources[index] as (typeof sources)[number]).facts, path)
    const forecasts = await forecastUpscales(open, this.parts, sceneIds, plan)
    const warning = await checkRoom(places, forecasts)
    const ids: string[] = []
    for (const [index, path] of places.entries()) {
      const { id: sceneId, name, facts } = sources[index] as (typeof sources)[number]
      // bands that are marked as bad later change nothing of what this result holds
      const bands = bandsOf(plan, facts, name) ?? 'all'
      // of one that ended before it had written anything there is nothing to go on with
      for (const earlier of await othersOn(open, path, null)) if (earlier.state !== 'done') await this.drop(open, earlier.id)
      const { id } = open.project.content.results.add({
        id: newId('result'), name: resultName(path), sceneId, plan: { ...plan, bands }, reduction, state: 'queued', createdUtc: new Date().toISOString(), seconds: null, error: null,
        ...open.project.paths.store(path), files: [], sizeBytes: null, rows: null, cols: null, bands: null, receipt: null,
      })
      try {
        await this.launch(open, id, path, null)
      } catch (error) {
        open.project.content.results.take(id)
        throw error
      }
      ids.push(id)
    }
    return { resultIds: ids, warning }
  }

  /** Goes on with an upscaling that did not end well; asked twice, once. Throws 'invalid-argument' for one that is done or under way. */
  continue(open: OpenProject, resultId: string): Promise<void> {
    return this.continuing.once(resultId, () => this.goOn(open, resultId))
  }

  private async goOn(open: OpenProject, resultId: string): Promise<void> {
    const result = open.project.content.results.get(resultId)
    if (isUnderWay(result) || result.state === 'done') {
      throw new StudioError('invalid-argument', `"${result.name}" is ${result.state === 'done' ? 'done' : 'under way'}; there is nothing to continue.`, { remedy: 'Start a new upscaling.' })
    }
    const { paths: [path] } = await open.project.paths.locateResult(resultId)
    await this.launch(open, resultId, path as string, leftBehind(path as string, result.createdUtc))
  }

  /** `left`: by an earlier job, which this one continues; null = there was none. */
  private async launch(open: OpenProject, resultId: string, path: string, left: LeftBehind | null): Promise<void> {
    const { results } = open.project.content
    const { plan, sceneId, name, memoryBudgetMb: before } = results.get(resultId)
    const settings = this.parts.settings()
    // the size of the tiles follows from it: with another one, those that are there would be of no use
    const memoryBudgetMb = left === null || left === 'nothing' || before === undefined ? settings.memoryBudgetMb : before
    const source = await open.scenes.source(sceneId)
    const spec: UpscaleSpec = {
      ...upscaleSpecOf(plan, source, source.facts, open.project.paths.modelFolder(plan.modelId), path, left !== null, { ...settings, memoryBudgetMb }),
      ...(left === 'whole' ? { written: true } : {}),
    }
    // its file will be replaced, which an open one can't be everywhere
    for (const { id } of await othersOn(open, path, resultId)) await open.results.forget(id)
    results.update(resultId, { state: 'queued', error: null, memoryBudgetMb })
    this.parts.board.start({
      kind: 'upscale', spec, title: `Upscaling ${name}`, subject: resultId,
      listener: { state: (state) => { if (state === 'running' || state === 'paused') results.update(resultId, { state }) } },
      done: async (outcome) => {
        await this.settleEarlier(open, resultId, path, true)
        await this.finish(open, resultId, spec, outcome)
      },
      failed: async (error) => {
        const left = leftBehind(path, results.get(resultId).createdUtc)
        this.fail(open, resultId, left, error)
        await this.settleEarlier(open, resultId, path, left === 'whole')
      },
    })
  }

  /** Finished results that `resultId` was to be written over: their records go once their file is another one, else they are shown again. */
  private async settleEarlier(open: OpenProject, resultId: string, path: string, replaced: boolean): Promise<void> {
    for (const { id, state } of await othersOn(open, path, resultId)) {
      if (state !== 'done') continue
      if (replaced) await this.drop(open, id)
      else await open.results.refresh(id)
    }
  }

  private async drop(open: OpenProject, resultId: string): Promise<void> {
    await open.results.forget(resultId)
    open.project.content.results.take(resultId)
  }

  private async finish(open: OpenProject, resultId: string, spec: UpscaleSpec, outcome: UpscaleResult): Promise<void> {
    const { files, errorFile, sizeBytes, rows, cols, bands, seconds, receipt } = outcome
    const { results } = open.project.content
    results.update(resultId, { state: 'done', seconds, files: files.filter((file) => file !== errorFile).map((file) => open.project.paths.store(file).file), sizeBytes, rows, cols, bands, receipt, error: null })
    await open.results.refresh(resultId)
    if (errorFile !== undefined) await this.listErrors(open, resultId, errorFile, outcome)
    // a continued job did only a part of the work in its time
    if (!spec.resume) await this.measure(open, results.get(resultId).plan, outcome)
  }

  /** What was written stays, whatever becomes of the model meanwhile. */
  private async listErrors(open: OpenProject, resultId: string, file: string, outcome: UpscaleResult): Promise<void> {
    try {
      const { modelId } = open.project.content.results.get(resultId).plan
      await addErrorLayer(open, resultId, file, outcome, modelScale(await open.models.manifest(modelId)))
    } catch (error) {
      this.parts.platform.log(`The expected errors were written to ${file} but not listed: ${toStudioError(error).message}`)
    }
  }

  private async measure(open: OpenProject, plan: UpscalePlan, { rows, cols, bands, seconds }: UpscaleResult): Promise<void> {
    try {
      const manifest = await open.models.manifest(plan.modelId)
      const kind = { preset: manifest.network.preset, scale: modelScale(manifest), precision: plan.precision, device: this.parts.settings().device, passes: passesOf(manifest, plan.quality ?? 'best') }
      await this.parts.speeds.add(kind, rows * cols * bands, seconds)
    } catch (error) {
      // an estimate less
      this.parts.platform.log(`The speed of the upscaling was not kept: ${toStudioError(error).message}`)
    }
  }

  private fail(open: OpenProject, resultId: string, left: LeftBehind, error: StudioError): void {
    const { results } = open.project.content
    if (error.tag === 'cancelled') {
      results.update(resultId, { state: this.parts.isLeaving() ? 'interrupted' : 'cancelled' })
      return
    }
    results.update(resultId, { state: left !== 'nothing' ? 'interrupted' : 'failed', error: error.toJSON() })
  }
}

/** Results besides `resultId` that go to `path`, or lie there. */
async function othersOn(open: OpenProject, path: string, resultId: string | null): Promise<ResultRecord[]> {
  const { content, paths } = open.project
  const outputs = outputPaths(path)
  const located = await Promise.all(content.results.all.map(async (record) => ({ record, file: (await paths.locateResult(record.id)).paths[0] })))
  return located.flatMap(({ record, file }) => (record.id !== resultId && file !== undefined && outputs.includes(file) ? [record] : []))
}

/**
 * What an upscaling to `path` that was asked for at `sinceUtc` and did not end well has left: tiles to go on from, or the
 * whole file, which was still to be looked at. An earlier file of that name stays under it until the new one is whole.
 */
function leftBehind(path: string, sinceUtc: string): LeftBehind {
  const partial = partialPaths(path)
  if (partial.every((file) => existsSync(file))) return 'tiles'
  if (partial.some((file) => existsSync(file))) return 'nothing'
  const isNew = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= Date.parse(sinceUtc)
  return outputPaths(path).every(isNew) ? 'whole' : 'nothing'
}
