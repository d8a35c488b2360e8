import type { CubeReader } from '../cube/cube-reader'
import { assertFits, type ResultPlace } from '../dataset/result-place'
import { differenceReader } from './difference-reader'
import { interpolatedReader } from './interpolated-reader'
import type { DerivedSource } from './scene-messages'

/**
 * What `kind` says of a result and its scene, of which `place` tells how they belong together; closing it closes neither.
 * Throws 'mismatch' when they do not fit, the file of one having been replaced.
 */
export function derivedReader({ kind, place }: { kind: DerivedSource['kind']; place: ResultPlace }, scene: CubeReader, result: CubeReader): CubeReader {
  assertFits(place, result, scene)
  const bicubic = interpolatedReader(scene, result, place)
  return kind === 'bicubic' ? bicubic : differenceReader(result, bicubic)
}
