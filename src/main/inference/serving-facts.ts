import { StudioError } from '../common/errors'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import type { ServingMethod } from './serving-halo'

/** What serves when the model in `folder` is used. Throws 'mismatch' while its training is not finished. */
export function servingMethod({ state, verdict }: CheckpointManifest, folder: string): ServingMethod {
  if (state !== 'finished') {
    throw new StudioError('mismatch', `${folder}: the training of this model was interrupted and not finished.`, { file: folder, remedy: 'Continue it with `dacn train ... --resume`.' })
  }
  const adopted = verdict?.adopted ?? 'base'
  return adopted === 'back-projection' || adopted === 'bicubic' ? adopted : 'network'
}
