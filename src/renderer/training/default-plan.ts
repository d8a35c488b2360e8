import type { TrainingPlan } from './types'

export const SCALES = [2, 3, 4, 8] as const

/** What one click does. */
export function defaultPlan(precision: TrainingPlan['precision'], baseModel: { id: string; scale: number } | null): TrainingPlan {
  return {
    scale: (baseModel?.scale ?? 2) as TrainingPlan['scale'], preset: 'studio', minutes: 5, steps: null, seed: 1, precision, validation: null,
    baseModelId: baseModel?.id ?? null, gaussianSigma: null,
  }
}

/** The plan in a few words, for its folded header. */
export function planFacts({ scale, preset, minutes, steps, seed, gaussianSigma }: TrainingPlan): string[] {
  return [
    `${scale}×`, preset, steps === null ? `${minutes} min at most` : `${steps} steps`,
    ...(gaussianSigma === null ? [] : [`Gaussian ${gaussianSigma} px`]), `seed ${seed}`,
  ]
}
