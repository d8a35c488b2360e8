import type { ModelView } from '../../preload/contract'

/** A model as the list of the export page offers it. */
export interface ModelChoice {
  model: ModelView
  /** Tuned on the scene itself; for any sensor; tied to bands, so that it may not fit. */
  suits: 'tuned' | 'any' | 'tied'
}

/** Models that can serve, the most suitable first: tuned on the scene and adopted (newest first), other tuned ones, shipped by scale. */
export function modelChoices(models: readonly ModelView[], runs: readonly { id: string; sceneIds: string[] }[], sceneIds: readonly string[]): ModelChoice[] {
  const tunedOn = (model: ModelView): boolean => {
    const run = runs.find(({ id }) => id === model.runId)
    return run !== undefined && sceneIds.some((id) => run.sceneIds.includes(id))
  }
  const rank = ({ model, suits }: ModelChoice): number => (suits === 'tuned' ? 0 : model.origin === 'shipped' ? 2 : 1)
  return models
    .filter(({ card }) => card !== null)
    .map((model): ModelChoice => ({ model, suits: tunedOn(model) ? 'tuned' : model.card?.wavelengthNm == null ? 'any' : 'tied' }))
    .sort((p, q) => rank(p) - rank(q)
      || (p.model.origin === 'shipped' ? (p.model.card?.scale ?? 0) - (q.model.card?.scale ?? 0) : q.model.addedUtc.localeCompare(p.model.addedUtc)))
}
