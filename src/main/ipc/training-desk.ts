import { recoverFolder } from '../common/atomic-file'
import { StudioError, toStudioError } from '../common/errors'
import type { TrainResult } from '../jobs/job-result'
import type { TrainSpec } from '../jobs/job-spec'
import type { JobState } from '../jobs/job-state'
import { loadManifest } from '../model/checkpoint'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import { isUnderWay } from '../project/project-content'
import type { RunRecord, TrainingPlan } from '../project/project-file'
import { newId } from '../project/project-layout'
import { readRunCurves, type RunCurves } from '../project/run-curves'
import { RunCurvesWriter } from '../project/run-curves-writer'
import { readRunPatches, type RunPatches } from '../project/run-patches'
import type { Settings } from '../project/settings'
import type { JobBoard } from './job-board'
import type { OpenProject } from './open-project'
import type { Platform } from './platform'
import { RunRecorder } from './run-recorder'
import { thinSteps } from './thin-curves'
import { trainSpecOf } from './train-spec'
import { UnderWay } from './under-way'
import { uniqueName } from './unique-name'

export interface DeskParts {
  platform: Platform
  board: JobBoard
  settings: () => Settings
  /** The program is closing: what ends now can be continued later. */
  isLeaving: () => boolean
}

/** Starts and continues fine-tunings, and keeps what they tell and what comes of them in the project. */
export class TrainingDesk {
  private readonly recorders = new Map<string, RunRecorder>()
  private readonly continuing = new UnderWay()

  constructor(private readonly parts: DeskParts) {}

  /** Starts or queues a fine-tuning; gives the run's id. Errors: 'not-found' (a scene is missing), 'invalid-argument' (a plan that can't be). */
  async start(open: OpenProject, sceneIds: readonly string[], plan: TrainingPlan): Promise<string> {
    const { runs } = open.project.content
    // a plan that can't be leaves no run behind
    await specFor(open, sceneIds, plan, 'nowhere', false, this.parts.settings())
    const [first] = sceneIds.map((id) => open.project.content.scenes.get(id).name)
    const name = uniqueName(`${first ?? ''}${sceneIds.length > 1 ? ` and ${sceneIds.length - 1} more` : ''} ${plan.scale}x`, runs.all)
    const { id } = runs.add({
      id: newId('run'), name, sceneIds: [...sceneIds], plan, state: 'queued', createdUtc: new Date().toISOString(), seconds: null, error: null,
      ended: null, verdict: null, modelId: null,
    })
    await this.launch(open, id, false)
    return id
  }

  /**
   * Goes on with a run that was interrupted, failed or was cancelled, from its last checkpoint, or anew where there is none. One
   * that had finished when the program ended is recorded as done. Asked twice, it goes on once. Throws 'invalid-argument' for one that is done or under way.
   */
  continue(open: OpenProject, runId: string): Promise<void> {
    return this.continuing.once(runId, () => this.goOn(open, runId))
  }

  private async goOn(open: OpenProject, runId: string): Promise<void> {
    const run = open.project.content.runs.get(runId)
    if (isUnderWay(run) || run.state === 'done') {
      throw new StudioError('invalid-argument', `"${run.name}" is ${run.state === 'done' ? 'done' : 'under way'}; there is nothing to continue.`, { remedy: 'Start a new fine-tuning.' })
    }
    const checkpoint = await checkpointOf(open, runId)
    if (checkpoint?.state === 'finished') {
      await this.finish(open, runId, { seconds: checkpoint.training?.seconds ?? null, ended: 'steps', verdict: checkpoint.verdict })
      return
    }
    await this.launch(open, runId, true)
  }

  /** Curves as far as the run has come, thinned to what a chart can show. */
  async curves(open: OpenProject, runId: string): Promise<RunCurves> {
    const file = open.project.paths.curvesFile(runId)
    await this.recorders.get(runId)?.flush()
    const curves = await readRunCurves(file)
    return { ...curves, steps: thinSteps(curves.steps) }
  }

  /** The newest pictures, null when there are none yet. */
  async patches(open: OpenProject, runId: string): Promise<RunPatches | null> {
    const file = open.project.paths.patchesFile(runId)
    await this.recorders.get(runId)?.flush()
    return readRunPatches(file)
  }

  private async launch(open: OpenProject, runId: string, resume: boolean): Promise<void> {
    const { board, platform, settings } = this.parts
    const { content, paths } = open.project
    const { sceneIds, plan, name } = content.runs.get(runId)
    const spec = await specFor(open, sceneIds, plan, paths.runModelFolder(runId), resume, settings())
    const log = (message: string): void => { platform.log(message) }
    let recorder: RunRecorder
    try {
      const curves = await RunCurvesWriter.open(paths.curvesFile(runId), (error) => { log(`The curves of ${name} can't be written: ${error.message}`) })
      recorder = new RunRecorder({ runId, curves, patchesFile: paths.patchesFile(runId) }, platform.emit.bind(platform), log)
    } catch (error) {
      content.runs.update(runId, { state: 'failed', error: toStudioError(error).toJSON() })
      throw error
    }
    this.recorders.set(runId, recorder)
    content.runs.update(runId, { state: 'queued', error: null })
    const close = async (): Promise<void> => {
      this.recorders.delete(runId)
      await recorder.close().catch((error: unknown) => { log(`The curves of ${name} are not complete: ${toStudioError(error).message}`) })
    }
    board.start({
      kind: 'train', spec, title: `Fine-tuning ${name}`, subject: runId,
      listener: {
        event: (event) => { recorder.event(event) },
        log: (level, message) => { recorder.log(level, message) },
        state: (state) => { trackState(open, runId, state) },
      },
      done: async (result) => {
        await close()
        await this.finish(open, runId, result)
      },
      failed: async (error) => {
        await close()
        await this.fail(open, runId, error)
      },
    })
  }

  private async finish(open: OpenProject, runId: string, { seconds, ended, verdict }: Pick<TrainResult, 'ended' | 'verdict'> & Pick<RunRecord, 'seconds'>): Promise<void> {
    const { runs, models } = open.project.content
    const folder = runId
    const known = models.all.find((model) => model.folder === folder)
    const model = known ?? models.add({
      id: newId('model'), name: uniqueName(runs.get(runId).name, models.all), origin: 'run', folder, runId, addedUtc: new Date().toISOString(),
    })
    runs.update(runId, { state: 'done', seconds, ended, verdict, modelId: model.id, error: null })
    await open.models.refresh(model.id)
  }

  private async fail(open: OpenProject, runId: string, error: StudioError): Promise<void> {
    const { runs } = open.project.content
    if (error.tag === 'cancelled') {
      runs.update(runId, { state: this.parts.isLeaving() ? 'interrupted' : 'cancelled' })
      return
    }
    const checkpoint = await checkpointOf(open, runId)
    runs.update(runId, { state: checkpoint === null ? 'failed' : 'interrupted', error: error.toJSON() })
  }
}

async function specFor(open: OpenProject, sceneIds: readonly string[], plan: TrainingPlan, out: string, resume: boolean, settings: Settings): Promise<TrainSpec> {
  const base = plan.baseModelId === null ? null : open.project.paths.modelFolder(plan.baseModelId)
  return trainSpecOf(plan, await Promise.all(sceneIds.map((id) => open.scenes.source(id))), out, base, resume, settings)
}

/** What the run's folder holds, null when there is nothing to go on with. */
async function checkpointOf(open: OpenProject, runId: string): Promise<CheckpointManifest | null> {
  const folder = open.project.paths.runModelFolder(runId)
  try {
    await recoverFolder(folder)
    return await loadManifest(folder)
  } catch {
    return null
  }
}

/** The record follows the job while it is under way; its end is recorded with what came of it. */
function trackState(open: OpenProject, runId: string, state: JobState): void {
  if (state === 'running' || state === 'paused') open.project.content.runs.update(runId, { state })
}
