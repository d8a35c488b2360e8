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
}

export type StretchMode = { kind: 'percentile'; percent: number } | { kind: 'min-max' } | { kind: 'custom'; limits: Limits[] }

/** Limits of bands by their statistics; `percent` is cut at either end. */
export function limitsOf(statistics: readonly Pick<BandStatistics, 'min' | 'max' | 'percentiles'>[], mode: StretchMode): Limits[] {
  if (mode.kind === 'custom') return mode.limits
  return statistics.map(({ min, max, percentiles }) => {
    if (mode.kind === 'min-max') return { low: min, high: max }
    const at = (percent: number): number => {
      const below = Math.floor(percent)
      const [p, q] = [percentiles[below] ?? min, percentiles[Math.min(100, below + 1)] ?? max]
      return p + (percent - below) * (q - p)
    }
    const [low, high] = [at(mode.percent), at(100 - mode.percent)]
    return high > low ? { low, high } : { low: min, high: max }
  })
}

const LEVELS = 4096

/**
 * Colours [rows * cols * 4] of values [rows, cols, bands], one band as grey or three as red, green, blue; a pixel with a
 * missing value is transparent. `out` may be given to write into.
 */
export function paint(values: Float32Array, bands: number, { limits, gamma }: Stretch, out = new Uint8ClampedArray((values.length / bands) * 4)): Uint8ClampedArray {
  const table = new Uint8Array(LEVELS + 1)
  for (let level = 0; level <= LEVELS; level++) table[level] = Math.round(255 * (level / LEVELS) ** (1 / gamma))
  const pixels = values.length / bands
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
      out[pixel * 4 + channel] = table[level <= 0 ? 0 : level >= LEVELS ? LEVELS : Math.round(level)] ?? 0
    }
    out[pixel * 4 + 3] = valid ? 255 : 0
  }
  return out
}
