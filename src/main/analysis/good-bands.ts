import { StudioError } from '../common/errors'
import type { ComparedResult, Material } from './computed-map'

/** The raster that is meant, its place on the scene, and the bands of the scene that its bands are. */
export function subjectOf({ scene, result }: Material): Pick<ComparedResult, 'reader' | 'window' | 'bands' | 'scale'> {
  if (result !== null) return result
  const { rows, cols, bands } = scene.header
  return { reader: scene, window: { row: 0, col: 0, rows, cols }, bands: Array.from({ length: bands }, (_, band) => band), scale: 1 }
}

/**
 * Bands of the raster that is meant that are not bad in the scene: as bands of the raster (`own`) and of the scene. Throws
 * 'unsupported' when fewer than `least` are left.
 */
export function goodBandsOf(material: Material, least: number): { own: number[]; scene: number[] } {
  const { bands } = subjectOf(material)
  const { badBands } = material.scene.header
  const own = bands.flatMap((band, index) => (badBands?.[band] === true ? [] : [index]))
  if (own.length >= least) return { own, scene: own.map((index) => bands[index] as number) }
  const file = material.scene.files[0]
  throw new StudioError('unsupported', `${file ?? 'The scene'}: this needs ${least} good bands; there ${own.length === 1 ? 'is 1' : `are ${own.length}`}.`, {
    ...(file === undefined ? {} : { file }), remedy: 'Correct the list of bad bands, or choose another scene.',
  })
}

/** The result; throws 'invalid-argument' when the scene alone is meant. */
export function requireResult({ result }: Material): ComparedResult {
  if (result !== null) return result
  throw new StudioError('invalid-argument', 'This compares a result with its scene; no result was chosen.', { remedy: 'Choose a result of the scene.' })
}
