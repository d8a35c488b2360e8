import { StudioError } from '../common/errors'
import type { SceneRepairs } from '../scenes/scene-facts'
import type { TrainSpec } from '../jobs/job-spec'
import type { TrainingPlan } from '../project/project-file'
import type { Settings } from '../project/settings'

/** A scene as a job opens it. */
export interface JobScene {
  name: string
  path: string
  variable: string | null
  repairs: SceneRepairs
}

/**
 * The job that carries out `plan`. `base` is the folder of the plan's base model, null for the shipped weights.
 * Throws 'invalid-argument' for what the engine can't do: a drawn block in several scenes.
 */
export function trainSpecOf(plan: TrainingPlan, scenes: readonly JobScene[], out: string, base: string | null, resume: boolean, settings: Settings): TrainSpec {
  if (plan.validation !== null && scenes.length > 1) {
    throw new StudioError('invalid-argument', 'A block can be drawn only when one scene is trained on.', { remedy: 'Let the program choose a block in each scene.' })
  }
  return {
    kind: 'train',
    scenes: scenes.map(({ path }) => path),
    variables: scenes.map(({ variable }) => variable),
    repairs: scenes.map(({ repairs }) => repairs),
    scale: plan.scale,
    preset: plan.preset,
    out,
    seed: plan.seed,
    resume,
    kernel: plan.gaussianSigma === null ? { kind: 'block' } : { kind: 'gaussian', sigma: plan.gaussianSigma },
    precision: plan.precision,
    ...(plan.steps === null ? { minutes: plan.minutes } : { steps: plan.steps }),
    ...(plan.validation === null ? {} : { validation: plan.validation }),
    ...(base === null ? {} : { base }),
    ...computeOptions(settings),
  }
}

/** How jobs use this machine. */
export function computeOptions({ threads, device }: Settings): Pick<TrainSpec, 'threads' | 'device'> {
  return { ...(threads === null ? {} : { threads }), ...(device === 'cpu' ? { device } : {}) }
}
