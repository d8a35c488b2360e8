import { mean, signed } from '../accuracy/numbers.mjs'

/**
 * Mean of paired differences and its standard error. Runs on one scene with several seeds are no separate scenes: the error
 * is that of the scenes' means. @param {{scene: string, value: number}[]} differences
 * @returns {{mean: number, error: number | null, scenes: number}} error null with one scene
 */
export function pairedMean(differences) {
  const scenes = [...new Set(differences.map(({ scene }) => scene))]
  const values = scenes.map((scene) => mean(differences.filter((one) => one.scene === scene).map(({ value }) => value)))
  const centre = mean(values)
  const { length } = values
  const error = length < 2 ? null : Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (length - 1) / length)
  return { mean: centre, error, scenes: length }
}

/** In dB, with its standard error where it is known. @param {ReturnType<typeof pairedMean>} paired */
export const told = ({ mean: centre, error }) => `${signed(centre, 3)}${error === null ? '' : ` ± ${error.toFixed(3)}`}`

/** Whether a difference is more than chance: beyond two standard errors. @param {ReturnType<typeof pairedMean>} paired */
export function verdictOf({ mean: centre, error }) {
  if (error === null || Math.abs(centre) <= 2 * error) return 'no more than chance'
  return centre > 0 ? 'better' : 'worse'
}
