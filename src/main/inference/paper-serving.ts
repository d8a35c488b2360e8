import { StudioError } from '../common/errors'
import type { CubeReader } from '../cube/cube-reader'
import type { Kernel } from '../dataset/degrade'
import { assertLayout, loadCheckpoint } from '../model/checkpoint'
import { paperBuffers, paperLayout } from '../model/paper/network'
import { loadPaperModel, type PaperModel } from '../model/paper/predict'
import { matchTrainedBands } from '../model/paper/trained-bands'
import { servingMethod } from './serving-facts'
import type { ServingMethod } from './serving-halo'

/** A `paper` model as it serves one scene. */
export interface PaperServing {
  scale: number
  kernel: Kernel
  method: ServingMethod
  /** The scene's bands (0-based) that the network takes, in its order. */
  bands: number[]
  /** null when a classical method serves. */
  model: PaperModel | null
  dispose: () => void
}

/**
 * Loads a `paper` model folder for a scene. Errors: those of `loadCheckpoint`; 'mismatch' for an unfinished run, tensors
 * that do not fit, or a scene with other bands.
 */
export async function loadPaperServing(folder: string, { header, files }: CubeReader): Promise<PaperServing> {
  const { manifest, vectors } = await loadCheckpoint(folder)
  const { network, kernel, training, valueScale } = manifest
  const method = servingMethod(manifest, folder)
  const { weights, buffers } = vectors
  if (network.preset !== 'paper' || training === null || weights === undefined || buffers?.length !== paperBuffers(network).size) {
    throw new StudioError('mismatch', `${folder}: this is not a complete paper model.`, { file: folder, remedy: 'Train the model anew.' })
  }
  assertLayout(folder, manifest.parameters, paperLayout(network).specs)
  assertLayout(folder, manifest.buffers, paperBuffers(network).specs)
  const bands = matchTrainedBands(manifest, header, files[0] ?? 'The scene', folder)
  if (method !== 'network') return { scale: network.scale, kernel, method, bands, model: null, dispose: () => undefined }
  const model = loadPaperModel(network, { weights, buffers }, training.crop, valueScale)
  return { scale: network.scale, kernel, method, bands, model, dispose: model.dispose }
}
