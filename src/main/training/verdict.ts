import type { Gain, Method, Quality, Verdict } from '../model/checkpoint-manifest'
import { errorOfMean, gainError } from './gain-error'
import type { PieceErrors } from './piece-errors'

/** A spectral angle this much larger than that of the best untrained method still counts as "not worse". */
const ANGLE_TOLERANCE = 1.005

/**
 * How many standard errors fine-tuned weights must gain: the best of some twenty validations was picked on the ground that
 * judges it. With two, seven of eight that were adopted gained nothing elsewhere (docs/accuracy.md, "Fine-tuned").
 */
const SURE = 3

const NAMES: Record<Method, string> = { 'fine-tuned': 'the fine-tuned model', base: 'the base model', 'back-projection': 'back-projected bicubic', bicubic: 'bicubic' }

const COSTLIEST_FIRST = ['fine-tuned', 'base', 'back-projection', 'bicubic'] as const

/** What was measured of a method: the indices, mean over the scenes, and its errors on the pieces of each scene's block. */
export interface Measured {
  quality: Quality
  errors: readonly PieceErrors[]
}

/**
 * Do no harm: the fine-tuned weights serve only if they beat bicubic, back-projected bicubic and the base weights on held-out
 * ground, the best of them by more than three standard errors of that gain, with the spectral angle not worse than that of the
 * best, and the base weights on the same ground softened as well, for scenes are softer at their own scale than degraded; otherwise the best of the three serves, a plainer method only where it is better by more than chance. `fine-tuned` and `base` may be missing from what was measured.
 */
export function judge(measured: Partial<Record<Method, Measured>>, validPixels: number, softened: Partial<Record<Method, Measured>> = {}): Verdict {
  const found = COSTLIEST_FIRST.flatMap((method) => (measured[method] === undefined ? [] : [{ method, ...measured[method] }]))
  const gains = found.flatMap((ours, at) => found.slice(at + 1).map((theirs) => gainOf(ours, theirs)))
  const methods = found.map(({ method, quality }) => ({ method, quality }))
  const rivals = methods.filter(({ method }) => method !== 'fine-tuned')
  // a plainer method takes the place of a stronger one only where it is better by more than chance: blocks may show little
  const best = rivals.reduce((p, q) => (isSurelyWorse(p.method, q.method, gains) ? q : p))
  const tuned = measured['fine-tuned']?.quality
  const verdict = (adopted: Method, reason: string): Verdict => ({ adopted, reason, validPixels, methods, gains })
  if (tuned === undefined) return verdict(best.method, `${capital(NAMES[best.method])} serves: ${overBicubic(best, methods, gains)}.`)
  const gain = gains.find(({ method, over }) => method === 'fine-tuned' && over === best.method) as Gain
  const refused = refusal(gain, tuned, best, softened)
  if (refused === null) return verdict('fine-tuned', `${overBicubic({ method: 'fine-tuned', quality: tuned }, methods, gains)}; ${decibels(gain)} over ${NAMES[best.method]}.`)
  return { ...verdict(best.method, `No gain from fine-tuning (${refused}): kept ${NAMES[best.method]}, ${overBicubic(best, methods, gains)}.`), refused }
}

/** Why fine-tuned weights do not serve in place of `best`; null where they do. */
function refusal(gain: Gain, tuned: Quality, best: { method: Method; quality: Quality }, softened: Partial<Record<Method, Measured>>): string | null {
  if (gain.decibels <= SURE * (gain.standardError ?? 0)) return `${decibels(gain)} against ${NAMES[best.method]}${gain.decibels > 0 ? ', no more than chance' : ''}`
  if (tuned.samDegrees > best.quality.samDegrees * ANGLE_TOLERANCE) return `the spectral angle grew from ${best.quality.samDegrees.toFixed(3)} to ${tuned.samDegrees.toFixed(3)} degrees`
  const soft = softGain(softened)
  if (soft === null || soft.decibels > 0) return null
  return `${decibels(soft)} against ${NAMES.base} on softened ground, as scenes are at their own scale`
}

/** What fine-tuned weights gain over the base on softened ground; null where that was not measured. */
function softGain({ base, 'fine-tuned': tuned }: Partial<Record<Method, Measured>>): Gain | null {
  return base === undefined || tuned === undefined ? null : gainOf({ method: 'fine-tuned', ...tuned }, { method: 'base', ...base })
}

function isSurelyWorse(method: Method, plainer: Method, gains: readonly Gain[]): boolean {
  const gain = gains.find((one) => one.method === method && one.over === plainer)
  return gain !== undefined && gain.decibels < -(gain.standardError ?? 0)
}

function gainOf(ours: { method: Method } & Measured, theirs: { method: Method } & Measured): Gain {
  const errors = ours.errors.map((own, scene) => {
    const other = theirs.errors[scene]
    return other === undefined ? null : gainError(own, other)
  })
  return {
    method: ours.method, over: theirs.method, decibels: ours.quality.psnr - theirs.quality.psnr,
    standardError: errors.length === 0 ? null : errorOfMean(errors),
  }
}

/** e.g. '+1.30 ± 0.21 dB over bicubic on the held-out block, spectral angle 8 % lower'. */
function overBicubic(ours: { method: Method; quality: Quality }, methods: readonly { method: Method; quality: Quality }[], gains: readonly Gain[]): string {
  const bicubic = methods.find(({ method }) => method === 'bicubic')?.quality ?? ours.quality
  const gain = gains.find(({ method, over }) => method === ours.method && over === 'bicubic') ?? { decibels: 0, standardError: null }
  return `${decibels(gain)} over bicubic on the held-out block, spectral angle ${angleChange(ours.quality, bicubic)}`
}

function decibels({ decibels: value, standardError }: Pick<Gain, 'decibels' | 'standardError'>): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}${standardError === null ? '' : ` ± ${standardError.toFixed(2)}`} dB`
}

function angleChange(value: Quality, reference: Quality): string {
  const percent = 100 * (1 - value.samDegrees / Math.max(reference.samDegrees, 1e-9))
  return `${Math.abs(percent).toFixed(0)} % ${percent >= 0 ? 'lower' : 'higher'}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
