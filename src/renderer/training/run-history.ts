import type { RunCurves } from '../../preload/contract'
import { GrowingValues } from './growing-values'

const columns = <K extends string>(...names: K[]): Record<K, GrowingValues> => Object.fromEntries(names.map((name) => [name, new GrowingValues()])) as Record<K, GrowingValues>

/** The curves of one run as far as the window knows them. Plain and growing: never reactive. */
export class RunHistory {
  readonly steps = columns('step', 'loss', 'learningRate', 'samplesPerSecond', 'residentBytes')
  readonly validations = columns('step', 'psnr', 'samDegrees')
  lines: RunCurves['lines'] = null
  log: RunCurves['log'] = []

  /** Entries that are known already (told while the history was being fetched) are left out. */
  add(added: RunCurves): void {
    append(this.steps, added.steps)
    append(this.validations, added.validations)
    this.lines ??= added.lines
    this.log.push(...added.log)
  }
}

function append<K extends string>(target: Record<K | 'step', GrowingValues>, added: Record<K | 'step', number[]>): void {
  const last = target.step.last
  const first = last === null ? 0 : added.step.findIndex((step) => step > last)
  if (first === -1) return
  for (const name of Object.keys(target) as (K | 'step')[]) target[name].add(added[name].slice(first))
}
