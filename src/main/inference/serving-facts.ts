import { StudioError } from '../common/errors'
import type { Kernel } from '../dataset/degrade'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import type { Agreement } from './receipt/consistency-limits'
import type { ServingMethod } from './serving-halo'

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
