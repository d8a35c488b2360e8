import { createReadStream } from 'node:fs'
import type { LogLevel } from '../common/job-context'
import { toStudioError } from '../common/errors'
import { parseJsonText } from './json-text'

/** Curves of a run as far as it has come: entries of one index belong together. `seconds` of work are NaN where an older program kept none. */
export interface RunCurves {
  steps: { step: number[]; loss: number[]; learningRate: number[]; samplesPerSecond: number[]; residentBytes: number[]; seconds: number[] }
  validations: { step: number[]; psnr: number[]; samDegrees: number[]; seconds: number[] }
  /** Lines to beat, dB; null until the first validation. */
  lines: { bicubicPsnr: number; backProjectionPsnr: number; basePsnr: number | null } | null
  log: { level: LogLevel; message: string; atUtc: string }[]
}

/** A line of the file, JSON with named numbers (see `json-text`). */
export type CurveEntry =
  | ['step', step: number, loss: number, learningRate: number, samplesPerSecond: number, residentBytes: number, seconds?: number]
  | ['validation', step: number, psnr: number, samDegrees: number, seconds?: number]
  | ['lines', bicubicPsnr: number, backProjectionPsnr: number, basePsnr: number | null]
  | ['log', level: LogLevel, message: string, atUtc: string]

/** How many numbers an entry has; files of older programs lack the last one. */
const NUMBERS = { step: 6, validation: 4 } as const
const LEVELS = ['info', 'warning', 'error']

export function emptyCurves(): RunCurves {
  return {
    steps: { step: [], loss: [], learningRate: [], samplesPerSecond: [], residentBytes: [], seconds: [] },
    validations: { step: [], psnr: [], samDegrees: [], seconds: [] },
    lines: null,
    log: [],
  }
}

/** The entries of `curves`, to be appended to a run's file. */
export function curveEntries({ steps, validations, lines, log }: RunCurves): CurveEntry[] {
  const at = (values: number[], index: number): number => values[index] ?? NaN
  return [
    ...steps.step.map((step, i): CurveEntry => ['step', step, at(steps.loss, i), at(steps.learningRate, i), at(steps.samplesPerSecond, i), at(steps.residentBytes, i), at(steps.seconds, i)]),
    ...(lines === null ? [] : [['lines', lines.bicubicPsnr, lines.backProjectionPsnr, lines.basePsnr] satisfies CurveEntry]),
    ...validations.step.map((step, i): CurveEntry => ['validation', step, at(validations.psnr, i), at(validations.samDegrees, i), at(validations.seconds, i)]),
    ...log.map(({ level, message, atUtc }): CurveEntry => ['log', level, message, atUtc]),
  ]
}

/**
 * Adds an entry. A run that was continued goes back to its checkpoint: what it does again takes the place of what was
 * recorded from that step on, so that steps only ever grow.
 */
export function addEntry(curves: RunCurves, entry: CurveEntry): void {
  switch (entry[0]) {
    case 'step': {
      const { steps } = curves
      if ((steps.step[steps.step.length - 1] ?? -1) >= entry[1]) {
        cutFrom(steps.step, entry[1], Object.values(steps))
        cutFrom(curves.validations.step, entry[1], Object.values(curves.validations))
      }
      steps.step.push(entry[1])
      steps.loss.push(entry[2])
      steps.learningRate.push(entry[3])
      steps.samplesPerSecond.push(entry[4])
      steps.residentBytes.push(entry[5])
      steps.seconds.push(entry[6] ?? NaN)
      break
    }
    case 'validation': {
      const { validations } = curves
      cutFrom(validations.step, entry[1], Object.values(validations))
      validations.step.push(entry[1])
      validations.psnr.push(entry[2])
      validations.samDegrees.push(entry[3])
      validations.seconds.push(entry[4] ?? NaN)
      break
    }
    case 'lines': curves.lines = { bicubicPsnr: entry[1], backProjectionPsnr: entry[2], basePsnr: entry[3] }; break
    case 'log': curves.log.push({ level: entry[1], message: entry[2], atUtc: entry[3] }); break
  }
}

/** Shortens all columns to the entries before `step`. */
function cutFrom(steps: number[], step: number, columns: number[][]): void {
  let count = steps.length
  while (count > 0 && (steps[count - 1] ?? -1) >= step) count--
  for (const column of columns) column.length = count
}

/** Reads a run's curves; empty when there are none yet. A last line that a crash cut off is passed over, as is what is not understood. Throws 'io' when the disk refuses. */
export async function readRunCurves(path: string): Promise<RunCurves> {
  const curves = emptyCurves()
  try {
    let open = ''
    for await (const piece of createReadStream(path, 'utf8') as AsyncIterable<string>) {
      const lines = (open + piece).split('\n')
      open = lines.pop() ?? ''
      for (const line of lines) {
        const entry = parseEntry(line)
        if (entry !== null) addEntry(curves, entry)
      }
    }
  } catch (error) {
    const known = toStudioError(error, path)
    if (known.tag !== 'not-found') throw known
  }
  return curves
}

function parseEntry(line: string): CurveEntry | null {
  let entry: unknown
  try {
    entry = parseJsonText(line)
  } catch {
    return null
  }
  return isEntry(entry) ? entry : null
}

// by hand, because a long run has a hundred thousand of them
function isEntry(entry: unknown): entry is CurveEntry {
  if (!Array.isArray(entry)) return false
  const [kind, ...values] = entry as unknown[]
  const isNumber = (value: unknown): boolean => typeof value === 'number'
  switch (kind) {
    case 'step': case 'validation': return NUMBERS[kind] - values.length < 2 && values.length <= NUMBERS[kind] && values.every(isNumber)
    case 'lines': return values.length === 3 && isNumber(values[0]) && isNumber(values[1]) && (values[2] === null || isNumber(values[2]))
    case 'log': return values.length === 3 && values.every((value) => typeof value === 'string') && LEVELS.includes(values[0] as string)
    default: return false
  }
}
