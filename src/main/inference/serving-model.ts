import { StudioError } from '../common/errors'
import { assertLayout, loadCheckpoint } from '../model/checkpoint'
import { studioLayout } from '../model/studio/network'
import { loadParameters } from '../model/studio/predict'
import { servingMethod } from './serving-facts'
import type { ServingModel } from './studio-tile'

/**
 * Loads a `studio` model folder ready to serve. Errors: those of `loadCheckpoint`; 'mismatch' for a run that is not
 * finished or tensors that do not fit.
 */
export async function loadServingModel(folder: string, consistent: boolean): Promise<ServingModel> {
  const { manifest, vectors } = await loadCheckpoint(folder)
  const { network, passes, kernel } = manifest
  const method = servingMethod(manifest, folder)
  if (network.preset !== 'studio') throw new StudioError('mismatch', `${folder}: this is not a studio model.`, { file: folder })
  const layout = studioLayout(network)
  assertLayout(folder, manifest.parameters, layout.specs)
  return {
    shape: network, passes, kernel, consistent, method,
    parameters: method === 'network' ? loadParameters(layout, vectors.weights as Float32Array) : null,
  }
}
