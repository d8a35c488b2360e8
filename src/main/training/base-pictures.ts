import { Random } from '../common/random'
import type { Image } from '../cube/image'
import { degrade } from '../dataset/degrade'
import { fitPrincipalComponents, projectComponents } from '../dataset/principal-components'
import { ALL_SYMMETRIES } from '../dataset/symmetry'
import { componentFrequencies, makeTrainingImage, type TrainingImage } from '../dataset/training-image'
import { addBlockNoise } from './block-noise'
import { withMaterialMaps } from './material-maps'

const MOST_COMPONENTS = 6

/**
 * How a picture is changed before it serves as truth. Blur is the sigma of a Gaussian in pixels; noise the deviation added
 * to a low-resolution pixel, in standard deviations of the component.
 */
export interface PictureVariant {
  halve: boolean
  blur: number
  noise: number
  /** Gaussian point-spread function of the sensor before the block means, sigma in low-resolution pixels; absent = none. */
  spread?: number
}

/** What is made of every picture: its variants, and how many maps of materials of each. */
export interface PictureRecipe {
  variants: readonly PictureVariant[]
  materialMaps: number
}

/**
 * What the shipped weights learn from. Hyperspectral sensors are softer and noisier than aerial cameras: without the
 * blurred copies the network expects more detail than there is (measured: -0.25 dB on real scenes).
 */
export const PICTURE_RECIPE: PictureRecipe = {
  variants: [
    { halve: false, blur: 0, noise: 0 },
    { halve: false, blur: 0.45, noise: 0.02 },
    { halve: false, blur: 0.7, noise: 0 },
    { halve: false, blur: 0.45, noise: 0.12 },
    { halve: false, blur: 0.6, noise: 0.3 },
    { halve: true, blur: 0, noise: 0 },
    { halve: true, blur: 0.5, noise: 0.05 },
    { halve: true, blur: 0.6, noise: 0.6 },
  ],
  materialMaps: 4,
}

/**
 * What the weights for sensors that blur go on to learn from: these point-spread functions and the pixel's area pass a fifth to
 * two fifths of the contrast at a sensor's own pixel, where block means pass two thirds.
 */
export const PSF_RECIPE: PictureRecipe = {
  variants: [
    { halve: false, blur: 0, noise: 0, spread: 0.5 },
    { halve: false, blur: 0.45, noise: 0, spread: 0.3 },
    { halve: true, blur: 0.5, noise: 0, spread: 0.4 },
  ],
  materialMaps: 4,
}

/** The same pictures without noise: what the last steps learn from (docs/accuracy.md, "What each part is worth"). */
export function withoutNoise(recipe: PictureRecipe): PictureRecipe {
  return { ...recipe, variants: recipe.variants.map((variant) => ({ ...variant, noise: 0 })) }
}

/** How often maps of materials are drawn beside the picture's own components. */
const MATERIAL_SHARE = 0.4

/** Training images of one picture [rows, cols, bands] without missing values, all variants of the recipe; small ones are left out. */
export function baseTrainingImages(picture: Image, scale: number, smallestSide: number, random: Random, { variants, materialMaps }: PictureRecipe = PICTURE_RECIPE): TrainingImage[] {
  const images: TrainingImage[] = []
  for (const { halve, blur, noise, spread } of variants) {
    let truth = halve ? degrade(picture, 2) : picture
    if (Math.min(truth.rows, truth.cols) < smallestSide * scale) continue
    if (blur > 0) truth = degrade(truth, 1, { kind: 'gaussian', sigma: blur })
    const components = fitPrincipalComponents(truth.data, truth.bands, { count: Math.min(truth.bands, MOST_COMPONENTS) })
    const own = projectComponents(truth, components)
    truth = withMaterialMaps(own, materialMaps, random)
    if (noise > 0) addBlockNoise(truth, scale, noise, random)
    images.push(makeTrainingImage(truth, scale, spread === undefined ? { kind: 'block' } : { kind: 'gaussian', sigma: spread * scale }, {
      trainable: null,
      frequencies: withMaterials(componentFrequencies(components.deviations), truth.bands - own.bands),
      symmetries: ALL_SYMMETRIES,
    }))
  }
  return images
}

function withMaterials(own: readonly number[], maps: number): number[] {
  if (maps === 0) return [...own]
  return [...own.map((frequency) => frequency * (1 - MATERIAL_SHARE)), ...Array.from({ length: maps }, () => MATERIAL_SHARE / maps)]
}
