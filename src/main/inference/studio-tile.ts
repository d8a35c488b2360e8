import type { Image } from '../cube/image'
import { crop } from '../dataset/mirror'
import type { Symmetry } from '../dataset/symmetry'
import type { ErrorModel } from '../model/checkpoint-manifest'
import { upsample } from '../dataset/resample'
import { componentsOf, type SceneComponents } from '../dataset/scene-components'
import { componentBase } from '../dataset/training-image'
import type { StudioModel } from '../model/studio/sharpen'
import { totalScale } from '../model/studio/tile-halo'
import { sharpenTurned } from '../model/studio/turned-ensemble'
import { pickBands, renderBands, type ComponentDetail, type Interpolation } from './band-rendering'
import { errorSigns } from './error-signs'
import { expectedError } from './expected-error'
import { servingHalo } from './serving-halo'

/** A model as it serves: with its network, or the classical method that the verdict preferred. */
export interface ServingModel extends StudioModel, Interpolation {
  /** Turned copies of a tile whose mean serves, at least one. */
  symmetries: readonly Symmetry[]
  /** How the error of a pixel is told; null = it isn't. */
  errorModel: ErrorModel | null
}

export interface UpscaledTile {
  /** [rows * scale, cols * scale, picked bands] */
  image: Image
  /** Root mean square error over the usable bands that each pixel is expected to have, stored units [rows * scale, cols * scale, 1]; null = not asked for. */
  error: Image | null
}

/**
 * Upscales one tile. `lowRes` [rows + 2 halo, cols + 2 halo, bands] with halo = `servingHalo(model)`, NaN = no data,
 * mirrored outside the scene. Every band is interpolated (back-projected bicubic), and the detail that the network finds
 * in the components of the usable bands is added: the mean over turned copies. Bands are those of `picked` in its order; a
 * pixel is NaN where the low-resolution pixel that contains it is, its error where any usable band is. `breathe` is awaited
 * often, so that a big tile can be paused or cancelled in the middle.
 */
export async function upscaleTile(
  model: ServingModel, lowRes: Image, scene: SceneComponents, picked: readonly number[], activationBudget: number, breathe: () => Promise<void>,
): Promise<UpscaledTile> {
  const scale = totalScale(model)
  const halo = servingHalo(model)
  const rows = lowRes.rows - 2 * halo
  const cols = lowRes.cols - 2 * halo
  if (model.method !== 'network' && model.errorModel === null) return { image: await renderBands(model, lowRes, halo, scale, picked, null, breathe), error: null }
  const { components, valid } = componentsOf(pickBands(lowRes, { row: 0, col: 0, rows: lowRes.rows, cols: lowRes.cols }, scene.bands), scene)
  const inside = (fine: Image): Image => crop(fine, halo * scale, halo * scale, rows * scale, cols * scale)
  let sharp = inside(model.method === 'bicubic' ? upsample(components, scale, 'bicubic') : componentBase(components, scale, model.kernel))
  let variance: Float32Array | null = null
  let detail: ComponentDetail | null = null
  if (model.method === 'network') {
    const ensemble = await sharpenTurned(model, components, model.symmetries, activationBudget, breathe)
    detail = { amounts: { ...sharp, data: ensemble.mean.data.map((value, i) => value - (sharp.data[i] as number)) }, scene }
    sharp = ensemble.mean
    variance = ensemble.variance
  }
  const image = await renderBands(model, lowRes, halo, scale, picked, detail, breathe)
  if (model.errorModel === null) return { image, error: null }
  const coarse = crop(components, halo, halo, rows, cols)
  const expected = expectedError(errorSigns(sharp, variance, coarse, scene.principal), model.errorModel, scene.principal)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) if (valid[(row + halo) * lowRes.cols + col + halo] === 0) expected[row * cols + col] = NaN
  }
  return { image, error: upsample({ rows, cols, bands: 1, data: expected }, scale, 'nearest') }
}
