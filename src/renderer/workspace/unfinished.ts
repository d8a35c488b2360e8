import type { ProjectView } from '../../preload/contract'

/** A run or result that can be continued. */
export interface Unfinished {
  kind: 'run' | 'result'
  id: string
  name: string
  state: 'interrupted' | 'failed'
}

/** Whether a run or result in this state ended before it was done, so that it can be gone on with. */
export function isContinuable(state: string): boolean {
  return state === 'interrupted' || state === 'failed' || state === 'cancelled'
}

/** Runs and results that did not come to their end: interrupted ones first, each kind newest first. */
export function unfinished({ runs, results }: Pick<ProjectView, 'runs' | 'results'>): Unfinished[] {
  const all = [...runs.map((run) => ({ ...run, kind: 'run' as const })), ...results.map((result) => ({ ...result, kind: 'result' as const }))]
  return all
    .sort((p, q) => q.createdUtc.localeCompare(p.createdUtc))
    .flatMap(({ kind, id, name, state }) => (state === 'interrupted' || state === 'failed' ? [{ kind, id, name, state }] : []))
    .sort((p, q) => Number(p.state === 'failed') - Number(q.state === 'failed'))
}
