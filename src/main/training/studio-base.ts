import { StudioError } from '../common/errors'
import { resourcePath } from '../common/project-root'
import type { Kernel } from '../dataset/degrade'
import { ALL_SYMMETRIES, type Symmetry } from '../dataset/symmetry'
import { learntSymmetries } from '../inference/serving-symmetries'
import { assertLayout, loadCheckpoint } from '../model/checkpoint'
import { studioLayout } from '../model/studio/network'
import { defaultStudioShape, type StudioShape } from '../model/studio/shape'
import { shippedFolder } from '../model/studio/shipped-weights'
import { CASCADE } from './cascade'

/** Where fine-tuning starts. */
export interface StudioBase<W extends Float32Array | null = Float32Array | null> {
  shape: StudioShape
  passes: number
  /** null = random ones. */
  weights: W
  /** Turns that the weights have learnt with; all where there are none. */
  symmetries: Symmetry[]
}

/** In place of a base folder: random weights, to train on the scenes alone. */
export const NO_BASE = 'none'

/** No weights: the network of a scale that starts from random ones. */
export function randomStudioBase(scale: 2 | 3 | 4 | 8): StudioBase<null> {
  const { scale: once, passes } = CASCADE[scale]
  return { shape: defaultStudioShape(once), passes, weights: null, symmetries: [...ALL_SYMMETRIES] }
}

/** The shipped base weights of a scale for scenes that `kernel` reduces (sigma in pixels of the total scale), or those of `folder`. Throws 'mismatch' when that model is not a `studio` model of this scale. */
export async function loadStudioBase(scale: 2 | 3 | 4 | 8, kernel: Kernel, folder: string | null): Promise<StudioBase<Float32Array>> {
  const { scale: once, passes } = CASCADE[scale]
  const from = folder ?? resourcePath('models', shippedFolder(kernel, { shape: defaultStudioShape(once), passes }))
  const { manifest, vectors } = await loadCheckpoint(from)
  const { network } = manifest
  if (network.preset !== 'studio' || network.scale !== once) {
    throw new StudioError('mismatch', `${from}: a ${network.preset} model of ${network.scale}x can't be the base of a studio model of ${scale}x.`, {
      file: from, remedy: `Choose a studio model of ${once}x, or leave --base out.`,
    })
  }
  assertLayout(from, manifest.parameters, studioLayout(network).specs)
  return { shape: network, passes, weights: vectors.weights as Float32Array, symmetries: learntSymmetries(manifest) }
}
