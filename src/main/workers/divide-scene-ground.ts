import { allowedSymmetries } from '../dataset/band-shift'
import type { LayerSet } from '../scenes/layer-set'
import type { ScenePayload, TrainingGround } from '../scenes/scene-messages'
import { divideGround } from '../training/training-ground'

/** Divides a layer's ground as training will. Errors: 'invalid-argument' (too small, block misplaced, layer unknown), 'unsupported', those of reading. */
export function divideSceneGround(layers: LayerSet, { layer, scale, validation }: ScenePayload<'ground'>): Promise<TrainingGround> {
  return layers.ask(layer, async (asked) => {
    const { facts } = await asked.describe()
    const { valid, bandShift } = await asked.survey()
    const ground = divideGround(facts, scale, valid, validation)
    return { validation: ground.validation, guard: ground.guard, align: ground.align, bandShift, symmetries: allowedSymmetries(bandShift) }
  })
}
