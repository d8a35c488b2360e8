import type { BandStatistics } from '../../../preload/pixel-contract'
import { pixels } from '../pixels/pixel-client'

/** Some kilobytes each: of a dozen scenes with all their bands. */
const MOST_ENTRIES = 4096
/** By layer, edition and band; the longest known first. */
const known = new Map<string, BandStatistics>()

/** Statistics of a layer's bands, asked for once. Rejects as `PixelClient.ask`. */
export async function bandStatistics({ layer, bands, edition }: { layer: string; bands: readonly number[]; edition: string }, signal: AbortSignal): Promise<BandStatistics[]> {
  const key = (band: number): string => `${layer} ${band} ${edition}`
  const missing = bands.filter((band) => !known.has(key(band)))
  const found = new Map<number, BandStatistics>()
  if (missing.length > 0) for (const one of await pixels.ask('statistics', { layer, bands: missing }, signal)) found.set(one.band, one)
  const all = bands.map((band) => (found.get(band) ?? known.get(key(band))) as BandStatistics)
  for (const [band, one] of found) known.set(key(band), one)
  for (const oldest of known.keys()) {
    if (known.size <= MOST_ENTRIES) break
    known.delete(oldest)
  }
  return all
}
