import type { ChartSeries, ReferenceLine } from '../shared/chart/chart-series'
import { smooth } from '../shared/chart/chart-series'
import { text } from '../text'
import type { RunHistory } from './run-history'

/** Colours of runs in one chart, readable in both themes. */
export const RUN_COLOURS = ['--accent', '#e07b39', '#8d6cd9', '#3f9d5a', '#d1477a', '#8a8f33'] as const

interface NamedHistory {
  name: string
  history: RunHistory
}

/** What the x axis counts: steps, or seconds of work. */
export type RunAxis = 'step' | 'seconds'

/** Whether all of a run's seconds are known; runs of older programs have none. */
export function hasSeconds({ steps, validations }: RunHistory): boolean {
  return [steps, validations].every(({ seconds }) => seconds.values.every(Number.isFinite))
}

/** The loss of the first run raw and smoothed, of the others smoothed. `weight` 0 = raw only. */
export function lossSeries(runs: readonly NamedHistory[], weight: number, axis: RunAxis): ChartSeries[] {
  return runs.flatMap(({ name, history: { steps } }, index) => {
    const color = RUN_COLOURS[index % RUN_COLOURS.length] as string
    const [x, y] = [steps[axis].values, steps.loss.values]
    const named = (label: string): string => (runs.length === 1 ? label : `${name}: ${label.toLowerCase()}`)
    if (weight === 0) return [{ label: named(text.training.loss), x, y, color }]
    const smoothed: ChartSeries = { label: named(text.training.lossSmoothed), x, y: smooth(y, weight), color, width: 2 }
    return index === 0 ? [{ label: named(text.training.loss), x, y, color: '--faint', width: 1 }, smoothed] : [smoothed]
  })
}

/** PSNR or spectral angle on the held-out block. */
export function qualitySeries(runs: readonly NamedHistory[], index: 'psnr' | 'samDegrees', axis: RunAxis): ChartSeries[] {
  const label = index === 'psnr' ? text.training.heldOutPsnr : text.training.heldOutSam
  return runs.map(({ name, history: { validations } }, at) => ({
    label: runs.length === 1 ? label : name, x: validations[axis].values, y: validations[index].values, color: RUN_COLOURS[at % RUN_COLOURS.length] as string, width: 2, points: true,
  }))
}

/** What a run must beat, dB. */
export function linesToBeat(history: RunHistory): ReferenceLine[] {
  if (history.lines === null) return []
  const { bicubicPsnr, backProjectionPsnr, basePsnr } = history.lines
  const { bicubic, backProjection, base } = text.training.lines
  return [
    { label: bicubic, value: bicubicPsnr, color: '--muted' },
    { label: backProjection, value: backProjectionPsnr, color: '--warn' },
    ...(basePsnr === null ? [] : [{ label: base, value: basePsnr, color: '--good' }]),
  ]
}
