import { StudioError } from '../common/errors'
import { assertLayout, loadCheckpoint } from '../model/checkpoint'
import { studioLayout } from '../model/studio/network'
import { loadParameters } from '../model/studio/predict'
import { baseErrorModel } from './base-error-model'
import { servingMethod } from './serving-facts'
import { learntSymmetries, servingSymmetries, type ServingQuality } from './serving-symmetries'
import type { ServingModel } from './studio-tile'

export interface ServingWishes {
  /** Make block means of the result equal the input (block kernel only). */
  consistent: boolean
  quality: ServingQuality
  /** Tell the expected error of each pixel as well. */
  withError: boolean
}

/**
 * Loads a `studio` model folder ready to serve. Errors: those of `loadCheckpoint`; 'mismatch' for a run that is not
 * finished or tensors that do not fit.
 */
export async function loadServingModel(folder: string, { consistent, quality, withError }: ServingWishes): Promise<ServingModel> {
  const { manifest, vectors } = await loadCheckpoint(folder)
  const { network, passes, kernel } = manifest
  const method = servingMethod(manifest, folder)
  if (network.preset !== 'studio') throw new StudioError('mismatch', `${folder}: this is not a studio model.`, { file: folder })
  const layout = studioLayout(network)
  assertLayout(folder, manifest.parameters, layout.specs)
  const symmetries = method === 'network' ? servingSymmetries(learntSymmetries(manifest), quality) : [0 as const]
  return {
    shape: network, passes, kernel, consistent, method,
    symmetries,
    errorModel: withError ? (manifest.errorModel ?? baseErrorModel({ shape: network, passes }, kernel, symmetries.length)) : null,
    parameters: method === 'network' ? loadParameters(layout, vectors.weights as Float32Array) : null,
  }
}
