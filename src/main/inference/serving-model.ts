import { StudioError } from '../common/errors'
import { assertLayout, loadCheckpoint } from '../model/checkpoint'
import { studioLayout } from '../model/studio/network'
import { loadParameters } from '../model/studio/predict'
import type { ServingModel } from './studio-tile'

/**
 * Loads a `studio` model folder ready to serve. Errors: those of `loadCheckpoint`; 'mismatch' for a run that is not
 * finished or tensors that do not fit.
 */
export async function loadServingModel(folder: string, consistent: boolean): Promise<ServingModel> {
  const { manifest, vectors } = await loadCheckpoint(folder)
  const { network, passes, kernel, verdict } = manifest
  if (manifest.state !== 'finished') {
    throw new StudioError('mismatch', `${folder}: the training of this model was interrupted and not finished.`, { file: folder, remedy: 'Continue it with `dacn train ... --resume`.' })
  }
  if (network.preset !== 'studio') throw new StudioError('mismatch', `${folder}: this is not a studio model.`, { file: folder })
  const layout = studioLayout(network)
  assertLayout(folder, manifest.parameters, layout.specs)
  const adopted = verdict?.adopted ?? 'base'
  const method = adopted === 'fine-tuned' || adopted === 'base' ? 'network' : adopted
  return {
    shape: network, passes, kernel, consistent, method,
    parameters: method === 'network' ? loadParameters(layout, vectors.weights as Float32Array) : null,
  }
}
