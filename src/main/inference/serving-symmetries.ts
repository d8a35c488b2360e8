import { ALL_SYMMETRIES, type Symmetry } from '../dataset/symmetry'
import type { CheckpointManifest } from '../model/checkpoint-manifest'

/** How much work goes into an upscaling: one pass of the network, or the mean of what it makes of turned copies. */
export type ServingQuality = 'fast' | 'best'

/** What serves unless the user wants it otherwise, and what verdicts are of. */
export const DEFAULT_QUALITY: ServingQuality = 'best'

/** The half turn, and the flips that remain where a shift between bands forbids it. */
const PARTNERS: readonly Symmetry[] = [3, 1, 2]

/**
 * The turns whose mean serves. 'best' takes the upright picture and one turned copy, if the weights have learnt with one:
 * measured on thirteen scenes, more copies cost in proportion and add next to nothing (docs/accuracy-receipt.md).
 */
export function servingSymmetries(learnt: readonly Symmetry[], quality: ServingQuality): Symmetry[] {
  const partner = PARTNERS.find((symmetry) => learnt.includes(symmetry))
  return quality === 'fast' || partner === undefined ? [0] : [0, partner]
}

/** How often the network of a model looks at each tile. */
export function passesOf(manifest: CheckpointManifest, quality: ServingQuality): number {
  const { verdict, network } = manifest
  const classical = verdict?.adopted === 'back-projection' || verdict?.adopted === 'bicubic'
  return classical || network.preset === 'paper' ? 1 : servingSymmetries(learntSymmetries(manifest), quality).length
}

/**
 * The turns that a model's serving weights have learnt with: others would mislead them, since a shift between the bands of
 * a sensor turns along. Base weights know all eight, for the pictures that they learn from have no such shift.
 */
export function learntSymmetries({ symmetries, verdict, sources }: Pick<CheckpointManifest, 'symmetries' | 'verdict' | 'sources'>): Symmetry[] {
  if (symmetries !== undefined) return ALL_SYMMETRIES.filter((symmetry) => symmetries.includes(symmetry))
  if (verdict?.adopted !== 'fine-tuned') return [...ALL_SYMMETRIES]
  return ALL_SYMMETRIES.filter((symmetry) => sources.every((source) => source.symmetries.includes(symmetry)))
}
