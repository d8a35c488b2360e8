import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { backProjectedBicubic, projectConsistent } from '../dataset/back-projection'
import { fillNearby } from '../dataset/fill-nearby'
import { crop } from '../dataset/mirror'
import { accumulateDetail } from '../dataset/principal-components'
import { upsample } from '../dataset/resample'
import { componentsOf, type SceneComponents } from '../dataset/scene-components'
import { componentBase } from '../dataset/training-image'
import { sharpenComponents, type StudioModel } from '../model/studio/sharpen'
import { totalScale } from '../model/studio/tile-halo'
import { BAND_HALO, servingHalo, type ServingMethod } from './serving-halo'

/** Bands that are interpolated together. */
const BANDS_AT_ONCE = 16

/** A model as it serves: with its network, or the classical method that the verdict preferred. */
export interface ServingModel extends StudioModel {
  method: ServingMethod
  consistent: boolean
}

/**
 * Upscales one tile. `lowRes` [rows + 2 halo, cols + 2 halo, bands] with halo = `servingHalo(model)`, NaN = no data,
 * mirrored outside the scene. Every band is interpolated (back-projected bicubic), and the detail that the network finds
 * in the components of the usable bands is added. Returns [rows * scale, cols * scale, picked.length], the bands of
 * `picked` in its order; a pixel is NaN where the low-resolution pixel that contains it is. `breathe` is awaited often, so
 * that a big tile can be paused or cancelled in the middle.
 */
export async function upscaleTile(
  model: ServingModel, lowRes: Image, scene: SceneComponents, picked: readonly number[], activationBudget: number, breathe: () => Promise<void>,
): Promise<Image> {
  const scale = totalScale(model)
  const halo = servingHalo(model)
  const rows = lowRes.rows - 2 * halo
  const cols = lowRes.cols - 2 * halo
  const result = await interpolateInside(model, lowRes, halo, scale, picked, breathe)
  if (model.method !== 'network') return result
  const { components } = componentsOf(pickBands(lowRes, { row: 0, col: 0, rows: lowRes.rows, cols: lowRes.cols }, scene.bands), scene)
  const detail = await sharpenComponents(model, components, activationBudget, breathe)
  await breathe()
  const base = crop(componentBase(components, scale, model.kernel), halo * scale, halo * scale, rows * scale, cols * scale)
  for (let i = 0; i < detail.data.length; i++) detail.data[i] = (detail.data[i] as number) - (base.data[i] as number)
  accumulateDetail(result, detail, scene.principal, scene.bands.map((band) => picked.indexOf(band)))
  return result
}

/**
 * A few bands at a time, so that the intermediate pictures of interpolation stay small beside the result. Groups are
 * those of the whole scene, so that a band does not depend on which others are picked.
 */
async function interpolateInside(
  model: ServingModel, lowRes: Image, halo: number, scale: number, picked: readonly number[], breathe: () => Promise<void>,
): Promise<Image> {
  const { bands } = lowRes
  const inner = Math.min(halo, BAND_HALO)
  const rows = (lowRes.rows - 2 * halo) * scale
  const cols = (lowRes.cols - 2 * halo) * scale
  const window = { row: halo - inner, col: halo - inner, rows: rows / scale + 2 * inner, cols: cols / scale + 2 * inner }
  const data = new Float32Array(rows * cols * picked.length)
  for (let first = 0; first < bands; first += BANDS_AT_ONCE) {
    const group = Array.from({ length: Math.min(BANDS_AT_ONCE, bands - first) }, (_, i) => first + i)
    const wanted = picked.flatMap((band, place) => (band >= first && band < first + group.length ? [{ from: band - first, to: place }] : []))
    if (wanted.length === 0) continue
    await breathe()
    const fine = interpolate(model, pickBands(lowRes, window, group), scale)
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++) {
        const from = ((row + inner * scale) * fine.cols + col + inner * scale) * group.length
        const to = (row * cols + col) * picked.length
        for (const place of wanted) data[to + place.to] = fine.data[from + place.from] as number
      }
    }
  }
  return { rows, cols, bands: picked.length, data }
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
