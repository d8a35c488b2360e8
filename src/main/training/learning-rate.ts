export interface CosineSchedule {
  peak: number
  warmUpSteps: number
  steps: number
}

/** Learning rate of step `step` (0-based): linear warm-up, then half a cosine down to 1 % of the peak. */
export function learningRate({ peak, warmUpSteps, steps }: CosineSchedule, step: number): number {
  if (step < warmUpSteps) return (peak * (step + 1)) / warmUpSteps
  const along = Math.min(1, (step - warmUpSteps) / Math.max(1, steps - warmUpSteps))
  return peak * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * along)))
}
