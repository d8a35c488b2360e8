import type { JobView, ModelView, ProjectView, ResultView, SceneView } from '../../preload/contract'
import { formatPercent, progressShare } from '../shared/progress'
import { text } from '../text'
import { gainOver } from '../training/quality-columns'
import type { Page } from './navigation-store'

export const ITEM_KINDS = ['scene', 'model', 'run', 'result'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** How an item stands, as its mark in the list shows it. */
export type ItemMark = 'none' | 'busy' | 'waiting' | 'paused' | 'done' | 'attention' | 'failed'

/** A scene, model, run or result as a line of a list. */
export interface ProjectItem {
  kind: ItemKind
  id: string
  name: string
  /** A word or number at the end of the line. */
  detail: string
  mark: ItemMark
  /** What the mark means; '' for none. */
  state: string
  /** Comes with the program: it can't be renamed or removed. */
  shipped: boolean
  page: Page
}

type JobOf = (subject: string) => JobView | null
type RunRecord = ProjectView['runs'][number]
type OutcomeState = RunRecord['state'] | JobView['state']

const MARKS: Record<OutcomeState, ItemMark> = {
  queued: 'waiting', running: 'busy', cancelling: 'busy', paused: 'paused', done: 'none', failed: 'failed', cancelled: 'none', interrupted: 'attention',
}

/** All items of a project in the order of the lists: scenes as they came, own models before shipped ones, the rest newest first. */
export function projectItems(project: ProjectView, jobOf: JobOf): Record<ItemKind, ProjectItem[]> {
  const scales = new Map(project.models.map(({ id, card }) => [id, card?.scale]))
  return {
    scene: project.scenes.map((scene) => sceneItem(scene, jobOf(scene.id))),
    model: [...project.models].sort((p, q) => Number(p.origin === 'shipped') - Number(q.origin === 'shipped')).map(modelItem),
    run: newestFirst(project.runs).map((run) => runItem(run, jobOf(run.id))),
    result: newestFirst(project.results).map((result) => resultItem(result, scales.get(result.plan.modelId), jobOf(result.id))),
  }
}

function sceneItem(scene: SceneView, job: JobView | null): ProjectItem {
  const { id, name, state, facts, problem } = scene
  const marks: Record<SceneView['state'], ItemMark> = { ready: 'none', preparing: 'busy', missing: 'failed', changed: 'attention' }
  return {
    kind: 'scene', id, name, mark: marks[state], state: problem?.message ?? text.workspace.sceneStates[state], shipped: false, page: { kind: 'scene', sceneId: id },
    detail: job !== null ? percentOf(job) : facts === null ? '' : text.workspace.bands(facts.bands),
  }
}

function modelItem({ id, name, origin, card, damage }: ModelView): ProjectItem {
  return {
    kind: 'model', id, name, mark: damage === null ? 'none' : 'failed', state: damage === null ? '' : text.workspace.damaged, shipped: origin === 'shipped',
    page: { kind: 'model', modelId: id }, detail: card === null ? '' : text.workspace.times(card.scale),
  }
}

function runItem(run: RunRecord, job: JobView | null): ProjectItem {
  const { id, name, verdict } = run
  const state = job?.state ?? run.state
  const gain = verdict === null ? null : gainOver(verdict, 'bicubic')
  return {
    kind: 'run', id, name, mark: MARKS[state], state: text.workspace.outcomes[state], shipped: false, page: { kind: 'run', runId: id },
    detail: job !== null ? percentOf(job) : gain === null ? '' : text.workspace.gain(gain.decibels),
  }
}

function resultItem(result: ResultView, scale: number | undefined, job: JobView | null): ProjectItem {
  const { id, name, missing } = result
  const state = job?.state ?? result.state
  const lost = missing && state === 'done'
  return {
    kind: 'result', id, name, mark: lost ? 'failed' : MARKS[state], state: lost ? text.workspace.sceneStates.missing : text.workspace.outcomes[state], shipped: false,
    page: { kind: 'result', resultId: id }, detail: job !== null ? percentOf(job) : scale === undefined ? '' : text.workspace.times(scale),
  }
}

function percentOf({ progress }: JobView): string {
  const share = progressShare(progress)
  return share === null ? '' : formatPercent(share)
}

function newestFirst<T extends { createdUtc: string }>(records: T[]): T[] {
  return [...records].sort((p, q) => q.createdUtc.localeCompare(p.createdUtc))
}
