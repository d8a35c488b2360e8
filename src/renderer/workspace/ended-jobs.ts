import type { JobView } from '../../preload/contract'

type Known = Pick<JobView, 'id' | 'state'>

/** Jobs that ended between two lists of them, well or not. One that was cancelled by the user is no news. */
export function endedJobs(before: readonly Known[], after: readonly JobView[]): JobView[] {
  const open = new Set(before.filter(({ state }) => !hasEnded(state)).map(({ id }) => id))
  return after.filter(({ id, state }) => open.has(id) && (state === 'done' || state === 'failed'))
}

export function hasEnded(state: JobView['state']): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}
