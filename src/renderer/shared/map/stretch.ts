import type { BandStatistics } from '../../../preload/pixel-contract'

/** Values of one band that become black and white. */
export interface Limits {
  low: number
  high: number
}

/** How values become colours: limits for each shown band, and an exponent (1 = linear, above = brighter). */
export interface Stretch {
  limits: Limits[]
  gamma: number
  /** 256 colours (red, green, blue, opacity) for a single band; absent = grey. */
  ramp?: Uint8Array
}

/** `custom`: one entry a shown band, null where the band's own limits hold. */
export type StretchMode = { kind: 'percentile'; percent: number } | { kind: 'min-max' } | { kind: 'custom'; limits: (Limits | null)[] }

export type BandRange = Pick<BandStatistics, 'min' | 'max' | 'percentiles'>

/** Cut at either end where nothing else is said: what most people see best at first sight. */
export const DEFAULT_PERCENT = 2

/** Limits of bands by their statistics; `percent` is cut at either end. */
export function limitsOf(statistics: readonly BandRange[], mode: StretchMode): Limits[] {
  return statistics.map((range, index) => {
    switch (mode.kind) {
      case 'custom': return mode.limits[index] ?? percentileLimits(range, DEFAULT_PERCENT)
      case 'min-max': return { low: range.min, high: range.max }
      case 'percentile': return percentileLimits(range, mode.percent)
    }
  })
}

function percentileLimits({ min, max, percentiles }: BandRange, percent: number): Limits {
  const at = (wanted: number): number => {
    const below = Math.floor(wanted)
    const [p, q] = [percentiles[below] ?? min, percentiles[Math.min(100, below + 1)] ?? max]
    return p + (wanted - below) * (q - p)
  }
  const [low, high] = [at(percent), at(100 - percent)]
  return high > low ? { low, high } : { low: min, high: max }
}

/** Limits about zero that hold both of these: for signed values, of which zero is to be in the middle of the colours. */
export function symmetricLimits({ low, high }: Limits): Limits {
  const most = Math.max(Math.abs(low), Math.abs(high))
  return { low: -most, high: most }
}

const LEVELS = 4096

/**
 * Colours [rows * cols * 4] of values [rows, cols, bands], one band as grey (or along the ramp) or three as red, green, blue; a pixel with a
 * missing value is transparent. `out` may be given to write into.
 */
export function paint(values: Float32Array, bands: number, { limits, gamma, ramp }: Stretch, out = new Uint8ClampedArray((values.length / bands) * 4)): Uint8ClampedArray {
  const table = new Uint8Array(LEVELS + 1)
  for (let level = 0; level <= LEVELS; level++) table[level] = Math.round(255 * (level / LEVELS) ** (1 / gamma))
  const pixels = values.length / bands
  const coloured = bands === 1 && ramp !== undefined ? ramp : null
  const low = [0, 1, 2].map((channel) => limits[bands === 1 ? 0 : channel]?.low ?? 0)
  const factor = [0, 1, 2].map((channel) => {
    const limit = limits[bands === 1 ? 0 : channel] ?? { low: 0, high: 1 }
    return limit.high > limit.low ? LEVELS / (limit.high - limit.low) : 0
  })
  for (let pixel = 0; pixel < pixels; pixel++) {
    let valid = true
    for (let channel = 0; channel < 3; channel++) {
      const value = values[pixel * bands + (bands === 1 ? 0 : channel)] as number
      if (value !== value) valid = false
      const level = (value - (low[channel] as number)) * (factor[channel] as number)
      const shade = table[level <= 0 ? 0 : level >= LEVELS ? LEVELS : Math.round(level)] ?? 0
      out[pixel * 4 + channel] = coloured === null ? shade : (coloured[4 * shade + channel] as number)
    }
    out[pixel * 4 + 3] = valid ? 255 : 0
  }
  return out
}
