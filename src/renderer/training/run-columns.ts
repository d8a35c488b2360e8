import { formatDuration } from '../shared/format'
import { text } from '../text'
import { gainOver } from './quality-columns'
import type { RunRecord } from './types'

/** The facts of runs beside each other; `differs` marks what is not the same in all of them. */
export interface ComparedRow {
  label: string
  values: string[]
  differs: boolean
}

/** `modelName` names a base model by id. */
export function compareRuns(runs: readonly RunRecord[], modelName: (id: string) => string): ComparedRow[] {
  const { columns, none } = text.training
  const row = (label: string, value: (run: RunRecord) => string): ComparedRow => {
    const values = runs.map(value)
    return { label, values, differs: new Set(values).size > 1 }
  }
  const adopted = (run: RunRecord) => run.verdict?.methods.find(({ method }) => method === run.verdict?.adopted)?.quality
  return [
    row(columns.scale, ({ plan }) => `${plan.scale}×`),
    row(columns.preset, ({ plan }) => text.training.presets[plan.preset].name),
    row(columns.budget, ({ plan }) => (plan.steps === null ? `${plan.minutes} ${text.training.minutes}` : `${plan.steps} ${text.training.steps}`)),
    row(columns.seed, ({ plan }) => String(plan.seed)),
    row(columns.kernel, ({ plan }) => text.training.kernelText(plan.gaussianSigma)),
    row(columns.base, ({ plan }) => (plan.baseModelId === null ? text.training.shippedWeights : modelName(plan.baseModelId))),
    row(columns.state, ({ state }) => text.training.states[state]),
    row(columns.duration, ({ seconds }) => (seconds === null ? none : formatDuration(seconds))),
    row(columns.psnr, (run) => adopted(run)?.psnr.toFixed(2) ?? none),
    row(columns.gain, ({ verdict }) => {
      const gain = verdict === null ? null : gainOver(verdict, 'bicubic')
      return gain === null ? none : text.training.gain(gain)
    }),
    row(columns.sam, (run) => adopted(run)?.samDegrees.toFixed(3) ?? none),
    row(columns.inUse, ({ verdict }) => (verdict === null ? none : text.training.methods[verdict.adopted])),
  ]
}
