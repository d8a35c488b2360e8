import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { isFinal, nextState, type JobState } from '../../src/main/jobs/job-state'

const states: JobState[] = ['queued', 'running', 'paused', 'cancelling', 'done', 'failed', 'cancelled']

/** Written down independently of the table in the code: row = from, column = to, in the order of `states`. */
const legal = [
  // queued running paused cancelling done failed cancelled
  [0, 1, 0, 0, 0, 1, 1],
  [0, 0, 1, 1, 1, 1, 0],
  [0, 1, 0, 1, 1, 1, 0],
  [0, 0, 0, 0, 1, 1, 1],
  [0, 0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0, 0],
]

describe('the states of a job', () => {
  it.each(states.flatMap((from, row) => states.map((to, col) => ({ from, to, allowed: legal[row]?.[col] === 1 }))))(
    '$from -> $to: $allowed',
    ({ from, to, allowed }) => {
      if (allowed) {
        expect(nextState(from, to)).toBe(to)
        return
      }
      expect(() => nextState(from, to)).toThrow(StudioError)
      expect(() => nextState(from, to)).toThrow(`A job that is ${from} can't become ${to}.`)
    },
  )

  it('ends in done, failed and cancelled', () => {
    expect(states.filter(isFinal)).toEqual(['done', 'failed', 'cancelled'])
  })
})
