import type { Image } from '../cube/image'
import { backProjectedBicubic, projectConsistent } from '../dataset/back-projection'
import { FILL_REACH, fillNearby } from '../dataset/fill-nearby'
import { crop } from '../dataset/mirror'
import { addComponentDetail } from '../dataset/principal-components'
import { upsample } from '../dataset/resample'
import { componentsOf, type SceneComponents } from '../dataset/scene-components'
import { componentBase } from '../dataset/training-image'
import { sharpenComponents, tileHalo, totalScale, type StudioModel } from '../model/studio/sharpen'

/** Low-resolution pixels that back-projected bicubic of the bands needs around a tile, gap filling included. */
export const BAND_HALO = 12 + FILL_REACH

/** A model as it serves: with its network, or the classical method that the verdict preferred. */
export interface ServingModel extends StudioModel {
  method: 'network' | 'back-projection' | 'bicubic'
  consistent: boolean
}

/** Surroundings of a tile in low-resolution pixels. */
export function servingHalo(model: ServingModel): number {
  const { window } = model.shape
  return model.method === 'network' ? tileHalo(model) : Math.ceil(BAND_HALO / window) * window
}

/**
 * Upscales one tile. `lowRes` [rows + 2 halo, cols + 2 halo, bands] with halo = `servingHalo(model)`, NaN = no data,
 * mirrored outside the scene. Every band is interpolated (back-projected bicubic), and the detail that the network finds
 * in the components of the usable bands is added. Returns [rows * scale, cols * scale, bands]; a pixel is NaN where the
 * low-resolution pixel that contains it is.
 */
export function upscaleTile(model: ServingModel, lowRes: Image, scene: SceneComponents, activationBudget: number): Image {
  const scale = totalScale(model)
  const halo = servingHalo(model)
  const rows = lowRes.rows - 2 * halo
  const cols = lowRes.cols - 2 * halo
  const inner = Math.min(halo, BAND_HALO)
  const around = crop(lowRes, halo - inner, halo - inner, rows + 2 * inner, cols + 2 * inner)
  let result = crop(interpolate(model, around, scale), inner * scale, inner * scale, rows * scale, cols * scale)
  if (model.method === 'network') {
    const { components } = componentsOf(pickBands(lowRes, scene.bands), scene)
    const detail = sharpenComponents(model, components, activationBudget)
    const base = crop(componentBase(components, scale, model.kernel), halo * scale, halo * scale, rows * scale, cols * scale)
    for (let i = 0; i < detail.data.length; i++) detail.data[i] = (detail.data[i] as number) - (base.data[i] as number)
    result = addDetail(result, detail, scene)
  }
  return result
}

/** Bands by back-projected bicubic (or bicubic), gaps filled before and opened again after, so that none leaks into a neighbour. */
export function interpolate(model: Pick<ServingModel, 'method' | 'kernel' | 'consistent'>, around: Image, scale: number): Image {
  const { filled } = fillNearby(around, NaN)
  let fine = model.method === 'bicubic' ? upsample(filled, scale, 'bicubic') : backProjectedBicubic(filled, scale, 5, model.kernel)
  if (model.consistent && model.kernel.kind === 'block') fine = projectConsistent(fine, filled, scale)
  const { bands } = around
  const lineBands = fine.cols * bands
  for (let row = 0; row < fine.rows; row++) {
    const lowRow = Math.floor(row / scale) * around.cols
    for (let col = 0; col < fine.cols; col++) {
      const from = (lowRow + Math.floor(col / scale)) * bands
      for (let band = 0; band < bands; band++) if (Number.isNaN(around.data[from + band])) fine.data[row * lineBands + col * bands + band] = NaN
    }
  }
  return fine
}

function pickBands({ rows, cols, bands, data }: Image, picked: readonly number[]): Image {
  if (picked.length === bands) return { rows, cols, bands, data }
  const out = new Float32Array(rows * cols * picked.length)
  for (let pixel = 0; pixel < rows * cols; pixel++) {
    for (let i = 0; i < picked.length; i++) out[pixel * picked.length + i] = data[pixel * bands + (picked[i] as number)] as number
  }
  return { rows, cols, bands: picked.length, data: out }
}

function addDetail(result: Image, detail: Image, { bands, principal }: SceneComponents): Image {
  if (bands.length === result.bands) return addComponentDetail(result, detail, principal)
  const { data } = addComponentDetail(pickBands(result, bands), detail, principal)
  for (let pixel = 0; pixel < result.rows * result.cols; pixel++) {
    for (let i = 0; i < bands.length; i++) result.data[pixel * result.bands + (bands[i] as number)] = data[pixel * bands.length + i] as number
  }
  return result
}
