import { StudioError } from '../common/errors'
import type { JobContext } from '../common/job-context'
import { resourcePath } from '../common/project-root'
import { describeKernel, type Kernel } from '../dataset/degrade'
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
  /** By which scenes were reduced that they learnt from; null = no matter: there are none, or the shipped ones were chosen for it. */
  kernel: Kernel | null
}

/** In place of a base folder: random weights, to train on the scenes alone. */
export const NO_BASE = 'none'

/** Says so where weights go on with another kernel than they have learnt: the verdict is then of that one, and they begin badly. */
export function tellOtherKernel(learnt: Kernel | null, wanted: Kernel, context: JobContext): void {
  if (learnt === null || describeKernel(learnt) === describeKernel(wanted)) return
  context.log('warning', `The model to start from has learnt from scenes reduced by ${describeKernel(learnt)}, this run reduces them by ${describeKernel(wanted)}.`)
}

/** No weights: the network of a scale that starts from random ones. */
export function randomStudioBase(scale: 2 | 3 | 4 | 8): StudioBase<null> {
  const { scale: once, passes } = CASCADE[scale]
  return { shape: defaultStudioShape(once), passes, weights: null, symmetries: [...ALL_SYMMETRIES], kernel: null }
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
  return { shape: network, passes, weights: vectors.weights as Float32Array, symmetries: learntSymmetries(manifest), kernel: folder === null ? null : manifest.kernel }
}
