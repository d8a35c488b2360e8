import type { JobContext } from '../common/job-context'
import type { StudioTrainer } from './studio-trainer'

const TRIAL_STEPS = 6
/** Share of the time that goes to validation, saving and the final judgement. */
const OVERHEAD = 0.2

/**
 * How many steps fit into the time that `secondsLeft` tells at the end, at most `most` and at least 20, measured by a few
 * steps of the trainer (which they change). Time in which the job is paused does not count as a step's. 0 = the user
 * wants to stop.
 */
export async function fitSteps(trainer: StudioTrainer, secondsLeft: () => number, most: number, context: JobContext): Promise<number> {
  let milliseconds = 0
  for (let step = 0; step <= TRIAL_STEPS; step++) {
    await context.breathe()
    if (context.stopRequested === true) return 0
    const before = performance.now()
    trainer.step(step)
    // the first one is slower: memory is taken, kernels are chosen
    if (step > 0) milliseconds += performance.now() - before
  }
  const perStep = milliseconds / 1000 / TRIAL_STEPS
  return Math.max(20, Math.min(most, Math.floor((secondsLeft() * (1 - OVERHEAD)) / perStep)))
}
