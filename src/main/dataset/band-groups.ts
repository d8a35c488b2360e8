import { StudioError } from '../common/errors'

/** `size` consecutive bands from `start` on (0-based); bands past the last one of the scene repeat the last one. */
export interface BandGroup {
  start: number
}

/**
 * Groups of `size` bands, neighbours sharing at least `overlap`, that cover every band from 0 to `bands` - 1: starts are
 * `size - overlap` apart and the last group is moved back so that it ends at the last band. A scene with fewer bands
 * than `size` gets one group, to be filled up by repeating its last band (`groupBands`). Throws 'invalid-argument'
 * unless bands >= 1 and 0 <= overlap < size.
 */
export function bandGroups(bands: number, size = 32, overlap = 8): BandGroup[] {
  if (!Number.isInteger(bands) || bands < 1 || !Number.isInteger(size) || !Number.isInteger(overlap) || overlap < 0 || overlap >= size) {
    throw new StudioError('invalid-argument', `${bands} bands cannot be put into groups of ${size} that share ${overlap}.`)
  }
  const last = Math.max(0, bands - size)
  const groups: BandGroup[] = []
  for (let start = 0; start < last; start += size - overlap) groups.push({ start })
  groups.push({ start: last })
  return groups
}

/** Scene bands that fill the `size` places of a group, the last one repeated where the scene has no more. */
export function groupBands({ start }: BandGroup, bands: number, size = 32): number[] {
  return Array.from({ length: size }, (_, place) => Math.min(start + place, bands - 1))
}

/**
 * How much each place of each group counts in the blended scene: [groups][size]. A group counts fully where it is alone
 * and fades linearly towards its ends where others overlap; the weights of a scene band over all groups sum to one, and
 * places that repeat the last band count nothing.
 */
export function blendWeights(groups: readonly BandGroup[], bands: number, size = 32): Float64Array[] {
  const total = new Float64Array(bands)
  const weights = groups.map(({ start }) => {
    const row = new Float64Array(size)
    for (let place = 0; place < size && start + place < bands; place++) {
      row[place] = Math.min(place + 1, size - place)
      total[start + place] = (total[start + place] as number) + (row[place] as number)
    }
    return row
  })
  groups.forEach(({ start }, index) => {
    const row = weights[index] as Float64Array
    for (let place = 0; place < size && start + place < bands; place++) row[place] = (row[place] as number) / (total[start + place] as number)
  })
  return weights
}
