import { limitsOf, type BandRange, type Limits, type StretchMode } from '../shared/map/stretch'
import type { CubeSlice } from './cube-source'
import type { SliceStyle } from './face-texels'

/** 'cube': one scale for all bands, so that spectra keep their shape; 'band': each band by itself, so that faint ones show. */
export type LimitsMode = 'cube' | 'band'

/** Cut at either end. */
const PERCENT = 2

/** How the slices of a source are shown; `ranges` are those of the scene's bands. */
export function sliceStyles(slices: readonly CubeSlice[], ranges: readonly BandRange[], mode: LimitsMode): SliceStyle[] {
  const own = limitsOf(slices.map(({ sceneBand }) => ranges[sceneBand] as BandRange), { kind: 'percentile', percent: PERCENT } satisfies StretchMode)
  const common = commonLimits(slices, ranges)
  return slices.map(({ bad }, index) => ({ limits: mode === 'cube' ? common : (own[index] as Limits), bad }))
}

/** Limits of all good bands together: a band of more pixels than another has there are none, so their percentiles weigh alike. */
export function commonLimits(slices: readonly CubeSlice[], ranges: readonly BandRange[]): Limits {
  const pooled = slices.filter(({ bad }) => !bad).flatMap(({ sceneBand }) => Array.from(ranges[sceneBand]?.percentiles ?? [])).filter(Number.isFinite).sort((p, q) => p - q)
  const at = (percent: number): number => pooled[Math.round(((pooled.length - 1) * percent) / 100)] ?? 0
  return { low: at(PERCENT), high: at(100 - PERCENT) }
}
