import type { BandRange } from './pair-sums'

/**
 * 'standard': the usual definitions over the full spectrum, peak = declared data range. 'paper': those of the published
 * DACN notebooks (arXiv 2506.05041), per group of 32 bands, for comparison with the paper's tables only. Never mixed.
 */
export type Convention = 'standard' | 'paper'

const GROUP = 32
const GROUP_STEP = 24

/**
 * The band groups an index is averaged over. Standard: one, all bands. Paper: groups of 32 from 0, 24, 48 ... as long as a
 * whole group fits, so that of 102 or 103 bands those from 80 on are not judged, as published; fewer than 32 bands
 * make one group.
 */
export function bandGroups(convention: Convention, bands: number): BandRange[] {
  if (convention === 'standard' || bands <= GROUP) return [{ first: 0, end: bands }]
  const groups: BandRange[] = []
  for (let first = 0; first + GROUP <= bands; first += GROUP_STEP) groups.push({ first, end: first + GROUP })
  return groups
}
