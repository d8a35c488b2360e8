import { limitsOf, type BandRange, type Limits } from '../shared/map/stretch'
import type { CubeSource } from './cube-source'
import type { SliceStyle } from './face-texels'

/**
 * Where the colours of values begin and end. 'cube': one scale for all bands, so that spectra keep their shape; 'band': each
 * band by itself, so that faint ones show; both cut `percent` of the pixels at either end. 'own': as typed.
 */
export interface LimitsChoice {
  mode: 'cube' | 'band' | 'own'
  percent: number
}

/** Ranges of bands by their number in the scene. */
export type SceneRanges = readonly (BandRange | undefined)[]

const UNKNOWN: BandRange = { min: NaN, max: NaN, percentiles: new Float32Array(0) }

/** How the slices of a source are shown. `own`: limits as typed; null = those of the whole cube. */
export function sliceStyles(source: CubeSource, ranges: SceneRanges, { mode, percent }: LimitsChoice, own: Limits | null): SliceStyle[] {
  const common = mode === 'own' && own !== null ? own : commonLimits(source, ranges, percent)
  return source.slices.map(({ bad, sceneBand }) => ({ limits: mode === 'band' ? bandLimits(ranges[sceneBand] ?? UNKNOWN, percent, source.isSigned) : common, bad }))
}

/** Limits of all good bands together: no band has more pixels than another, so their percentiles weigh alike. Of signed values as far below zero as above. */
export function commonLimits({ slices, isSigned }: CubeSource, ranges: SceneRanges, percent: number): Limits {
  const pooled = slices.filter(({ bad }) => !bad).flatMap(({ sceneBand }) => Array.from(ranges[sceneBand]?.percentiles ?? []))
  return isSigned ? aboutZero(pooled, percent) : { low: percentile(pooled, percent), high: percentile(pooled, 100 - percent) }
}

function bandLimits(range: BandRange, percent: number, isSigned: boolean): Limits {
  if (isSigned) return aboutZero(Array.from(range.percentiles), percent)
  const limits = limitsOf([range], { kind: 'percentile', percent })[0] as Limits
  // a band without data shows nothing, whatever its limits
  return Number.isFinite(limits.low) && Number.isFinite(limits.high) ? limits : { low: 0, high: 0 }
}

function aboutZero(values: readonly number[], percent: number): Limits {
  // both ends are cut: twice the share of the sizes
  const most = percentile(values.map(Math.abs), 100 - 2 * percent)
  // where nothing differs, zero is in the middle of the colours all the same
  return most === 0 ? { low: -1, high: 1 } : { low: -most, high: most }
}

/** 0 where there is no number. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.filter(Number.isFinite).sort((p, q) => p - q)
  return sorted[Math.round(((sorted.length - 1) * percent) / 100)] ?? 0
}
