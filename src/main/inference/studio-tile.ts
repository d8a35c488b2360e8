import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { backProjectedBicubic, projectConsistent } from '../dataset/back-projection'
import { FILL_REACH, fillNearby } from '../dataset/fill-nearby'
import { crop } from '../dataset/mirror'
import { accumulateDetail } from '../dataset/principal-components'
import { upsample } from '../dataset/resample'
import { componentsOf, type SceneComponents } from '../dataset/scene-components'
import { componentBase } from '../dataset/training-image'
import { sharpenComponents, tileHalo, totalScale, type StudioModel } from '../model/studio/sharpen'

/** Low-resolution pixels that back-projected bicubic of the bands needs around a tile, gap filling included. */
export const BAND_HALO = 12 + FILL_REACH

/** Bands that are interpolated together. */
const BANDS_AT_ONCE = 16

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
  const result = interpolateInside(model, lowRes, halo, scale)
  if (model.method !== 'network') return result
  const { components } = componentsOf(pickBands(lowRes, { row: 0, col: 0, rows: lowRes.rows, cols: lowRes.cols }, scene.bands), scene)
  const detail = sharpenComponents(model, components, activationBudget)
  const base = crop(componentBase(components, scale, model.kernel), halo * scale, halo * scale, rows * scale, cols * scale)
  for (let i = 0; i < detail.data.length; i++) detail.data[i] = (detail.data[i] as number) - (base.data[i] as number)
  accumulateDetail(result, detail, scene.principal, scene.bands)
  return result
}

/** A few bands at a time, so that the intermediate pictures of interpolation stay small beside the result. */
function interpolateInside(model: ServingModel, lowRes: Image, halo: number, scale: number): Image {
  const { bands } = lowRes
  const inner = Math.min(halo, BAND_HALO)
  const rows = (lowRes.rows - 2 * halo) * scale
  const cols = (lowRes.cols - 2 * halo) * scale
  const window = { row: halo - inner, col: halo - inner, rows: rows / scale + 2 * inner, cols: cols / scale + 2 * inner }
  const data = new Float32Array(rows * cols * bands)
  for (let first = 0; first < bands; first += BANDS_AT_ONCE) {
    const picked = Array.from({ length: Math.min(BANDS_AT_ONCE, bands - first) }, (_, i) => first + i)
    const fine = interpolate(model, pickBands(lowRes, window, picked), scale)
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++) {
        const from = ((row + inner * scale) * fine.cols + col + inner * scale) * picked.length
        const to = (row * cols + col) * bands + first
        for (let i = 0; i < picked.length; i++) data[to + i] = fine.data[from + i] as number
      }
    }
  }
  return { rows, cols, bands, data }
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

function pickBands({ cols, bands, data }: Image, window: PixelWindow, picked: readonly number[]): Image {
  const out = new Float32Array(window.rows * window.cols * picked.length)
  const places = Int32Array.from(picked)
  let to = 0
  for (let row = window.row; row < window.row + window.rows; row++) {
    for (let col = window.col; col < window.col + window.cols; col++) {
      const from = (row * cols + col) * bands
      for (const place of places) out[to++] = data[from + place] as number
    }
  }
  return { rows: window.rows, cols: window.cols, bands: picked.length, data: out }
}
