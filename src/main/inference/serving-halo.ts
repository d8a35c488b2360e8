import { FILL_REACH } from '../dataset/fill-nearby'
import { windowSide } from '../model/studio/shape'
import { tileHalo, type Cascade } from '../model/studio/tile-halo'

/** What upscales: the model's network, or the classical method that its verdict preferred. */
export type ServingMethod = 'network' | 'back-projection' | 'bicubic'

/** Low-resolution pixels that back-projected bicubic of the bands needs around a tile, gap filling included. */
export const BAND_HALO = 12 + FILL_REACH

/** Surroundings of a `studio` model's tile in low-resolution pixels. */
export function servingHalo(model: Cascade & { method: ServingMethod }): number {
  const window = windowSide(model.shape)
  return model.method === 'network' ? tileHalo(model) : Math.ceil(BAND_HALO / window) * window
}
