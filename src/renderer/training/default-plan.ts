import type { ModelCard } from '../../preload/contract'
import { text } from '../text'
import type { TrainingPlan } from './types'

export const SCALES = [2, 3, 4, 8] as const

/** What one click does; from a model on, with its scale and network and for the sensor blur that it has learnt. */
export function defaultPlan(precision: TrainingPlan['precision'], baseModel: { id: string; card: Pick<ModelCard, 'scale' | 'preset' | 'gaussianSigma'> } | null): TrainingPlan {
  return {
    scale: (baseModel?.card.scale ?? 2) as TrainingPlan['scale'], preset: baseModel?.card.preset ?? 'studio', minutes: 5, steps: null, seed: 1, precision, validation: null,
    baseModelId: baseModel?.id ?? null, gaussianSigma: baseModel?.card.gaussianSigma ?? null,
  }
}

/** The plan in a few words, for its folded header. */
export function planFacts({ scale, preset, minutes, steps, seed, gaussianSigma }: TrainingPlan): string[] {
  return [
    `${scale}×`, preset, steps === null ? `${minutes} min at most` : `${steps} steps`,
    ...(gaussianSigma === null ? [] : [text.training.kernelText(gaussianSigma)]), `seed ${seed}`,
  ]
}
