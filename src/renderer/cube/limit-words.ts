import { formatNumber } from '../shared/format'
import type { Limits } from '../shared/map/stretch'
import { text } from '../text'

/** What stands at the ends of a colour map: numbers, of signed values with their sign. `limits` null = each band has its own. */
export function limitWords(limits: Limits | null, isSigned: boolean): { low: string; high: string } {
  if (limits === null) {
    const [low, high] = isSigned ? text.cube.colours.perBandSigned : text.cube.colours.perBand
    return { low, high }
  }
  return { low: signed(limits.low, false), high: signed(limits.high, isSigned) }
}

/** −118, or with a plus where it tells something: +118 */
export function signed(value: number, hasPlus: boolean): string {
  return `${value < 0 ? '−' : hasPlus && value > 0 ? '+' : ''}${formatNumber(Math.abs(value))}`
}
