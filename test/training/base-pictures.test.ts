import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import { degrade } from '../../src/main/dataset/degrade'
import { upsample } from '../../src/main/dataset/resample'
import type { TrainingImage } from '../../src/main/dataset/training-image'
import { baseTrainingImages, PICTURE_RECIPE, PSF_RECIPE, withoutNoise, type PictureRecipe } from '../../src/main/training/base-pictures'

const SCALE = 2
const [rows, cols, bands] = [96, 100, 3]
const picture = {
  rows, cols, bands,
  data: Float32Array.from({ length: rows * cols * bands }, (_, i) => {
    const [row, col, band] = [Math.floor(i / bands / cols), Math.floor(i / bands) % cols, i % bands]
    return 100 + 30 * Math.sin(row / (3 + band)) + 20 * Math.cos((row + 2 * col) / 7) + 9 * ((row * 7 + col * 3 + band) % 5)
  }),
}
/** Maps of materials are drawn at random: without them only noise is. */
const recipe: PictureRecipe = { ...PICTURE_RECIPE, materialMaps: 0 }
const made = (of: PictureRecipe): TrainingImage[] => baseTrainingImages(picture, SCALE, 24, Random.fromSeed(1), of)

/** What the pixels of an input pixel differ from it by. */
function detail({ highRes, lowRes }: TrainingImage): Float32Array {
  const coarse = upsample(lowRes, SCALE, 'nearest')
  return highRes.data.map((value, i) => value - (coarse.data[i] as number))
}

function largestDifference(one: Float32Array, other: Float32Array): number {
  return one.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (other[i] as number))), 0)
}

describe('pictures that base weights learn from', () => {
  it('are one for each variant that is large enough', () => {
    expect(made(recipe)).toHaveLength(recipe.variants.length)
    expect(baseTrainingImages(picture, SCALE, 25, Random.fromSeed(1), recipe)).toHaveLength(recipe.variants.filter(({ halve }) => !halve).length)
  })

  it('carry noise in what the network sees, and none in what it learns; the last ones carry none at all', () => {
    const [noisy, quiet] = [made(recipe), made(withoutNoise(recipe))]
    for (const [at, { noise }] of recipe.variants.entries()) {
      const [p, q] = [noisy[at] as TrainingImage, quiet[at] as TrainingImage]
      const added = p.lowRes.data.map((value, i) => value - (q.lowRes.data[i] as number))
      const deviation = Math.sqrt(added.reduce((sum, value) => sum + value ** 2, 0) / added.length)
      if (noise === 0) expect(deviation).toBe(0)
      else expect(Math.abs(deviation / noise - 1)).toBeLessThan(0.1)
      expect(largestDifference(detail(p), detail(q))).toBeLessThan(1e-5)
    }
    expect(withoutNoise(recipe).variants.map(({ halve, blur }) => ({ halve, blur }))).toEqual(recipe.variants.map(({ halve, blur }) => ({ halve, blur })))
  })

  it('are seen through the point-spread function of their variant, with the same truth', () => {
    const psf = { ...PSF_RECIPE, materialMaps: 0 }
    const [plain, seen] = [made({ ...psf, variants: psf.variants.map(({ halve, blur, noise }) => ({ halve, blur, noise })) }), made(psf)]
    expect(seen).toHaveLength(psf.variants.length)
    for (const [at, { highRes, lowRes }] of seen.entries()) {
      expect(highRes.data).toEqual((plain[at] as TrainingImage).highRes.data)
      expect(lowRes.data).toEqual(degrade(highRes, SCALE, { kind: 'gaussian', sigma: SCALE * (psf.variants[at]?.spread ?? NaN) }).data)
    }
  })
})
