import type { Image } from '../../cube/image'
import { wholeWindow } from '../../cube/pixel-window'
import { crop, mirroredWindow } from '../../dataset/mirror'
import { addComponentDetail, fitPrincipalComponents, projectComponents, type PrincipalComponents } from '../../dataset/principal-components'
import { componentBase } from '../../dataset/training-image'
import { pickBands } from '../../inference/band-rendering'
import { GUIDES, studioLayout } from '../../model/studio/network'
import { loadParameters } from '../../model/studio/predict'
import type { StudioModel } from '../../model/studio/sharpen'
import { tileHalo } from '../../model/studio/tile-halo'
import { sharpenTurned } from '../../model/studio/turned-ensemble'
import { loadStudioBase } from '../../training/studio-base'
import { fitNoiseWhitening } from './noise-whitening'
import { kernelOf } from './sensor'
import { SERVINGS, type Serving } from './servings'
import type { Truth } from './truth'
import { scoreScenes, type TrialScene, type TrialScore } from './whole-scenes'

/** Of the network's activations at once. */
const ACTIVATION_BYTES = 5e8

export interface ServingTrial {
  /** A name of `SERVINGS`. */
  variation: string
  scale: 2 | 3 | 4 | 8
  scenes: TrialScene[]
}

/** Measures the shipped weights, served as `SERVINGS` says, on whole scenes that they have not seen. */
export async function serveOtherwise({ variation, scale, scenes }: ServingTrial): Promise<TrialScore> {
  const serving = SERVINGS[variation]
  if (serving === undefined) throw new Error(`${variation}: no such variation.`)
  const kernel = kernelOf(serving.sensor, scale)
  const { shape, passes, weights } = await loadStudioBase(scale, kernel, null)
  const layout = studioLayout(shape)
  const model: StudioModel = { shape, passes, kernel, parameters: loadParameters(layout, weights) }
  return { variation, parameters: layout.size, steps: 0, scenes: await scoreScenes(scenes, scale, serving.sensor, (truth) => sharpened(truth, model, serving)) }
}

/** The coarse scene sharpened in one piece, mirrored beyond its edges. */
async function sharpened({ lowRes, base }: Truth, model: StudioModel, serving: Serving): Promise<Image> {
  switch (serving.basis) {
    case 'principal components': {
      const principal = fitPrincipalComponents(lowRes.data, lowRes.bands, { count: serving.components })
      return addComponentDetail(base, await detailOf(projectComponents(lowRes, principal), model, serving), principal)
    }
    case 'minimum noise fraction': {
      const { whiten, unwhiten } = fitNoiseWhitening(lowRes)
      const white = whiten(lowRes)
      const principal = fitPrincipalComponents(white.data, white.bands, { count: serving.components })
      const nothing = { ...base, data: new Float32Array(base.data.length) }
      const detail = unwhiten(addComponentDetail(nothing, await detailOf(projectComponents(white, principal), model, serving), principal))
      return { ...base, data: base.data.map((value, i) => value + (detail.data[i] as number)) }
    }
    case 'bands': {
      const principal = fitPrincipalComponents(lowRes.data, lowRes.bands, { count: GUIDES })
      const bands = standardised(lowRes)
      const detail = await detailOf(sideBySide(projectComponents(lowRes, principal), projectComponents(lowRes, bands)), model, serving)
      const guides = principal.deviations.length
      const own = Array.from({ length: lowRes.bands }, (_, band) => guides + band)
      return addComponentDetail(base, pickBands(detail, wholeWindow(detail), own), bands)
    }
  }
}

/** What the network adds to components [rows, cols, K] of the whole scene, [rows * scale, cols * scale, K]. */
async function detailOf(components: Image, model: StudioModel, { symmetries, sensor }: Serving): Promise<Image> {
  const halo = tileHalo(model)
  const tile = mirroredWindow(components, -halo, -halo, components.rows + 2 * halo, components.cols + 2 * halo)
  const { mean } = await sharpenTurned(model, tile, symmetries, ACTIVATION_BYTES)
  const scale = mean.rows / components.rows
  const base = crop(componentBase(tile, scale, kernelOf(sensor, scale)), halo * scale, halo * scale, mean.rows, mean.cols)
  return { ...mean, data: mean.data.map((value, i) => value - (base.data[i] as number)) }
}

/** Each band in its own standard deviations, written as components that are the bands. */
function standardised({ rows, cols, bands, data }: Image): PrincipalComponents {
  const pixels = rows * cols
  const mean = new Float32Array(bands)
  const deviations = new Float32Array(bands)
  for (let band = 0; band < bands; band++) {
    let [sum, squares] = [0, 0]
    for (let at = band; at < data.length; at += bands) sum += data[at] as number
    for (let at = band; at < data.length; at += bands) squares += ((data[at] as number) - sum / pixels) ** 2
    mean[band] = sum / pixels
    deviations[band] = Math.sqrt(squares / pixels)
  }
  const vectors = new Float32Array(bands * bands)
  for (let band = 0; band < bands; band++) vectors[band * bands + band] = 1
  return { bands, mean, vectors, deviations, totalVariance: deviations.reduce((sum, value) => sum + value ** 2, 0) }
}

function sideBySide(left: Image, right: Image): Image {
  const bands = left.bands + right.bands
  const data = new Float32Array(left.rows * left.cols * bands)
  for (let pixel = 0; pixel < left.rows * left.cols; pixel++) {
    data.set(left.data.subarray(pixel * left.bands, (pixel + 1) * left.bands), pixel * bands)
    data.set(right.data.subarray(pixel * right.bands, (pixel + 1) * right.bands), pixel * bands + left.bands)
  }
  return { ...left, bands, data }
}
