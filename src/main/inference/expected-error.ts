import type { ErrorModel } from '../model/checkpoint-manifest'
import type { PrincipalComponents } from '../dataset/principal-components'
import type { ErrorSigns } from './error-signs'

/**
 * The expected error of each low-resolution pixel's share of a result: the root mean square over bands, in stored units.
 * Its square is a weighted sum of a floor (noise), the spread of the network's copies and the detail that was added; the
 * weights are fitted where truth is known.
 */
export function expectedError({ spread, detail }: ErrorSigns, model: ErrorModel, principal: PrincipalComponents): Float32Array {
  const variance = principal.totalVariance / principal.bands
  return spread.map((value, pixel) => Math.sqrt(variance * squaredShare(model, value, detail[pixel] as number)))
}

/** The expected squared error as a share of the scene's mean variance. */
export function squaredShare(model: ErrorModel, spread: number, detail: number): number {
  return model.floor + model.spread * spread + model.detail * detail
}
