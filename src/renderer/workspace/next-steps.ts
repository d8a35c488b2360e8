import type { ProjectView } from '../../preload/contract'

export type StepKey = 'import' | 'fine-tune' | 'upscale'

export interface NextStep {
  key: StepKey
  /** 'now' is what to do next; 'possible' can be done as well; 'later' needs an earlier step. */
  state: 'done' | 'under-way' | 'now' | 'possible' | 'later'
  /** How many scenes, finished runs or results there are. */
  count: number
}

/** The way from a scene to its upscaled file, and how far this project is on it. */
export function nextSteps({ scenes, runs, results }: Pick<ProjectView, 'scenes' | 'runs' | 'results'>): NextStep[] {
  const tuned = runs.filter(isDone).length
  const upscaled = results.filter(isDone).length
  const later = scenes.length === 0 ? 'later' : null
  return [
    { key: 'import', count: scenes.length, state: scenes.length > 0 ? 'done' : 'now' },
    // the shipped weights serve as well, so a result without a run leaves no gap
    { key: 'fine-tune', count: tuned, state: runs.some(isUnderWay) ? 'under-way' : tuned > 0 ? 'done' : later ?? (upscaled > 0 ? 'possible' : 'now') },
    { key: 'upscale', count: upscaled, state: results.some(isUnderWay) ? 'under-way' : upscaled > 0 ? 'done' : later ?? (tuned > 0 ? 'now' : 'possible') },
  ]
}

function isDone({ state }: { state: string }): boolean {
  return state === 'done'
}

function isUnderWay({ state }: { state: string }): boolean {
  return ['queued', 'running', 'paused'].includes(state)
}
