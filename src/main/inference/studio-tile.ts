import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { backProjectedBicubic, projectConsistent } from '../dataset/back-projection'
import { fillNearby } from '../dataset/fill-nearby'
import { crop } from '../dataset/mirror'
import type { Symmetry } from '../dataset/symmetry'
import type { ErrorModel } from '../model/checkpoint-manifest'
import { accumulateDetail } from '../dataset/principal-components'
import { upsample } from '../dataset/resample'
import { componentsOf, type SceneComponents } from '../dataset/scene-components'
import { componentBase } from '../dataset/training-image'
import type { StudioModel } from '../model/studio/sharpen'
import { totalScale } from '../model/studio/tile-halo'
import { sharpenTurned } from '../model/studio/turned-ensemble'
import { errorSigns } from './error-signs'
import { expectedError } from './expected-error'
import { BAND_HALO, servingHalo, type ServingMethod } from './serving-halo'

/** Bands that are interpolated together. */
const BANDS_AT_ONCE = 16

/** A model as it serves: with its network, or the classical method that the verdict preferred. */
export interface ServingModel extends StudioModel {
  method: ServingMethod
  consistent: boolean
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
  const image = await interpolateInside(model, lowRes, halo, scale, picked, breathe)
  if (model.method !== 'network' && model.errorModel === null) return { image, error: null }
  const { components, valid } = componentsOf(pickBands(lowRes, { row: 0, col: 0, rows: lowRes.rows, cols: lowRes.cols }, scene.bands), scene)
  const inside = (fine: Image): Image => crop(fine, halo * scale, halo * scale, rows * scale, cols * scale)
  let sharp = inside(model.method === 'bicubic' ? upsample(components, scale, 'bicubic') : componentBase(components, scale, model.kernel))
  let variance: Float32Array | null = null
  if (model.method === 'network') {
    const ensemble = await sharpenTurned(model, components, model.symmetries, activationBudget, breathe)
    await breathe()
    const detail = { ...sharp, data: ensemble.mean.data.map((value, i) => value - (sharp.data[i] as number)) }
    accumulateDetail(image, detail, scene.principal, scene.bands.map((band) => picked.indexOf(band)))
    sharp = ensemble.mean
    variance = ensemble.variance
  }
  if (model.errorModel === null) return { image, error: null }
  const coarse = crop(components, halo, halo, rows, cols)
  const expected = expectedError(errorSigns(sharp, variance, coarse, scene.principal), model.errorModel, scene.principal)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) if (valid[(row + halo) * lowRes.cols + col + halo] === 0) expected[row * cols + col] = NaN
  }
  return { image, error: upsample({ rows, cols, bands: 1, data: expected }, scale, 'nearest') }
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
