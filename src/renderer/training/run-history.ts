import type { RunCurves } from '../../preload/contract'
import { GrowingValues } from './growing-values'

const columns = <K extends string>(...names: K[]): Record<K, GrowingValues> => Object.fromEntries(names.map((name) => [name, new GrowingValues()])) as Record<K, GrowingValues>

/** The curves of one run as far as the window knows them. Plain and growing: never reactive. */
export class RunHistory {
  readonly steps = columns('step', 'loss', 'learningRate', 'samplesPerSecond', 'residentBytes', 'seconds')
  readonly validations = columns('step', 'psnr', 'samDegrees', 'seconds')
  lines: RunCurves['lines'] = null
  log: RunCurves['log'] = []

  /** A continued run goes back to its last save: steps that are told again replace what was known from there on. */
  add(added: RunCurves): void {
    const [first] = added.steps.step
    if (first !== undefined && first <= (this.steps.step.last ?? -1)) {
      cutFrom(this.steps, first)
      cutFrom(this.validations, first)
    }
    append(this.steps, added.steps)
    append(this.validations, added.validations)
    this.lines ??= added.lines
    this.log.push(...added.log)
  }
}

function append<K extends string>(target: Record<K, GrowingValues>, added: Record<K, number[]>): void {
  for (const name of Object.keys(target) as K[]) target[name].add(added[name])
}

function cutFrom(columns: Record<string, GrowingValues> & { step: GrowingValues }, step: number): void {
  const known = columns.step.values
  let kept = known.length
  while (kept > 0 && (known[kept - 1] as number) >= step) kept--
  for (const values of Object.values(columns)) values.shorten(kept)
}
