import { StudioError } from '../common/errors'
import type { Kernel } from '../dataset/degrade'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import type { Agreement } from './receipt/consistency-limits'
import type { ServingMethod } from './serving-halo'
import { passesOf, type ServingQuality } from './serving-symmetries'

/** How far a result agrees with its input before it is rounded; `projected` = block means are made equal where the kernel is the block mean. */
export function agreementOf(kernel: Kernel, projected: boolean, backProjected: boolean): Agreement {
  if (projected && kernel.kind === 'block') return 'exact'
  return backProjected ? 'back-projected' : 'free'
}

/** What serves when the model in `folder` is used. Throws 'mismatch' while its training is not finished. */
export function servingMethod({ state, verdict }: CheckpointManifest, folder: string): ServingMethod {
  if (state !== 'finished') {
    throw new StudioError('mismatch', `${folder}: the training of this model was interrupted and not finished.`, { file: folder, remedy: 'Continue the training until it has finished, or choose another model.' })
  }
  const adopted = verdict?.adopted ?? 'base'
  return adopted === 'back-projection' || adopted === 'bicubic' ? adopted : 'network'
}

/**
 * Throws 'unsupported' when the expected errors of a model's pixels can't be told: the published network gives one answer and no
 * sign of how sure it is; another model's signs are those of the way that it was calibrated in, by turned copies.
 */
export function assertErrorsTold(manifest: CheckpointManifest, folder: string, quality: ServingQuality): void {
  if (manifest.network.preset === 'paper') {
    throw new StudioError('unsupported', `${folder}: a paper model does not tell the expected errors of its pixels.`, {
      file: folder, remedy: 'Use a studio model, or leave the uncertainty out.',
    })
  }
  if (passesOf(manifest, quality) === passesOf(manifest, 'best')) return
  throw new StudioError('unsupported', 'The expected errors of pixels are told by how turned copies of the scene differ; one fast pass has none.', {
    remedy: 'Choose the best quality, or leave the uncertainty out.',
  })
}
