import type { RunCurves } from '../../preload/contract'

/** Points that a chart gets at most; more can't be told apart on a screen. */
const MOST_POINTS = 5000

/** Every how many steps of a run that will have `steps` are shown. */
export function strideOf(steps: number): number {
  return Math.max(1, Math.ceil(steps / MOST_POINTS))
}

/** The steps of a chart: all when there are few, else those whose number the stride divides, and the last. */
export function thinSteps(steps: RunCurves['steps']): RunCurves['steps'] {
  const count = steps.step.length
  const stride = strideOf(count)
  if (stride === 1) return steps
  const keep = (_value: number, index: number): boolean => index === count - 1 || (steps.step[index] as number) % stride === 0
  return {
    step: steps.step.filter(keep),
    loss: steps.loss.filter(keep),
    learningRate: steps.learningRate.filter(keep),
    samplesPerSecond: steps.samplesPerSecond.filter(keep),
    residentBytes: steps.residentBytes.filter(keep),
    seconds: steps.seconds.filter(keep),
  }
}
