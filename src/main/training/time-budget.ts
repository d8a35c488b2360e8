import type { StudioTrainer } from './studio-trainer'

const TRIAL_STEPS = 6
/** Share of the time that goes to validation, saving and the final judgement. */
const OVERHEAD = 0.2

/** How many steps fit into `seconds`, at most `most` and at least 20, measured by a few steps of the trainer (which they change). */
export function fitSteps(trainer: StudioTrainer, seconds: number, most: number): number {
  trainer.step(0)
  const before = performance.now()
  for (let step = 1; step <= TRIAL_STEPS; step++) trainer.step(step)
  const perStep = (performance.now() - before) / 1000 / TRIAL_STEPS
  return Math.max(20, Math.min(most, Math.floor((seconds * (1 - OVERHEAD)) / perStep)))
}
