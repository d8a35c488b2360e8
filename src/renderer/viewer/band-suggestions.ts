import type { BandStatistics } from '../../preload/pixel-contract'

/** 0-based bands that hold nothing to learn from. */
export interface UnusableBands {
  /** Without a valid pixel. */
  empty: number[]
  /** The same value in every pixel. */
  constant: number[]
}

export function unusableBands(statistics: readonly Pick<BandStatistics, 'band' | 'min' | 'max' | 'validShare'>[]): UnusableBands {
  const bands = (wanted: (one: (typeof statistics)[number]) => boolean): number[] => statistics.filter(wanted).map(({ band }) => band)
  return { empty: bands(({ validShare }) => validShare === 0), constant: bands(({ validShare, min, max }) => validShare > 0 && min === max) }
}
