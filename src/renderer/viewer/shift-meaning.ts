import type { PixelRequests } from '../../preload/pixel-contract'

/** Below this the measurement is not trusted, as in training. */
const LEAST_CONFIDENCE = 0.4

/** What a measured shift between red and blue means for the turned and mirrored copies that training may use; null = one that can't be measured. */
export function shiftMeaning(shift: PixelRequests['band-shift']['reply']): 'all' | 'some' | 'identity' | 'unsure' {
  if (shift === null || shift.symmetries.length === 8) return 'all'
  if (shift.symmetries.length > 1) return 'some'
  return shift.confidence < LEAST_CONFIDENCE ? 'unsure' : 'identity'
}
