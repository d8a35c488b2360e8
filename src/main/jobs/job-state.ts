import { StudioError } from '../common/errors'

export type JobState = 'queued' | 'running' | 'paused' | 'cancelling' | 'done' | 'failed' | 'cancelled'

/** Where a job may go from each state. A cancelled job may still finish or fail before it hears of it. */
const NEXT: Record<JobState, readonly JobState[]> = {
  queued: ['running', 'failed', 'cancelled'],
  running: ['paused', 'cancelling', 'done', 'failed'],
  paused: ['running', 'cancelling', 'done', 'failed'],
  cancelling: ['cancelled', 'done', 'failed'],
  done: [],
  failed: [],
  cancelled: [],
}

export function isFinal(state: JobState): boolean {
  return NEXT[state].length === 0
}

/** @returns `next`; throws 'invalid-argument' when a job in `state` can't become `next` */
export function nextState(state: JobState, next: JobState): JobState {
  if (NEXT[state].includes(next)) return next
  throw new StudioError('invalid-argument', `A job that is ${state} can't become ${next}.`, {
    remedy: isFinal(state) ? 'Start a new job.' : `From ${state} it can become ${NEXT[state].join(', ')}.`,
  })
}
