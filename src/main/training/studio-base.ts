import { existsSync } from 'node:fs'
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
export interface StudioBase {
  shape: StudioShape
  passes: number
  /** null = no base weights for this scale: the network starts from random ones. */
  weights: Float32Array | null
  /** Turns that the weights have learnt with; all where there are none. */
  symmetries: Symmetry[]
}

/** In place of a base folder: random weights, to train on the scenes alone. */
export const NO_BASE = 'none'

/** The shipped base weights of a scale for scenes that `kernel` reduces (sigma in pixels of the total scale), those of `folder`, or none at all (`NO_BASE`). Throws 'mismatch' when that model is not a `studio` model of this scale. */
export async function loadStudioBase(scale: 2 | 3 | 4 | 8, kernel: Kernel, folder: string | null): Promise<StudioBase> {
  const cascade = CASCADE[scale]
  const shape = defaultStudioShape(cascade.scale)
  const shipped = resourcePath('models', shippedFolder(kernel, { shape, passes: cascade.passes }))
  if (folder === NO_BASE || (folder === null && !existsSync(shipped))) return { shape, passes: cascade.passes, weights: null, symmetries: [...ALL_SYMMETRIES] }
  const from = folder ?? shipped
  const { manifest, vectors } = await loadCheckpoint(from)
  const { network } = manifest
  if (network.preset !== 'studio' || network.scale !== cascade.scale) {
    throw new StudioError('mismatch', `${from}: a ${network.preset} model of ${network.scale}x can't be the base of a studio model of ${scale}x.`, {
      file: from, remedy: `Choose a studio model of ${cascade.scale}x, or leave --base out.`,
    })
  }
  assertLayout(from, manifest.parameters, studioLayout(network).specs)
  return { shape: network, passes: cascade.passes, weights: vectors.weights as Float32Array, symmetries: learntSymmetries(manifest) }
}
