import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Random } from '../common/random'
import { readWindow } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import { hasMissing } from '../dataset/resample'
import type { TrainingImage } from '../dataset/training-image'
import { openGeoTiff } from '../formats/geotiff/reader'
import { baseTrainingImages, type PictureRecipe } from '../training/base-pictures'

const HOLD_OUT_EVERY = 16

/** In low-resolution pixels. */
const SMALLEST_SIDE = 24

/** What base weights learn from, and what is only measured: the first two variants of every sixteenth picture. */
export interface PictureMaterial {
  pictures: number
  images: TrainingImage[]
  held: TrainingImage[]
}

/**
 * All GeoTIFFs below `folder`, by name, of larger ones the upper left corner of `largestSide`; those with missing pixels
 * are left out with a word on the console. Cost: a second a picture of 1000 x 1000 pixels, variants included.
 */
export async function readPictures(folder: string, scale: number, random: Random, recipe: PictureRecipe, largestSide = Infinity): Promise<PictureMaterial> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile() && /\.tiff?$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort()
  const images: TrainingImage[] = []
  const held: TrainingImage[] = []
  for (const [index, file] of files.entries()) {
    const picture = await readPicture(file, largestSide)
    if (hasMissing(picture.data)) {
      console.error(`${relative(folder, file)}: left out, it has missing pixels`)
      continue
    }
    const variants = baseTrainingImages(picture, scale, SMALLEST_SIDE, random, recipe)
    if (index % HOLD_OUT_EVERY === 0) held.push(...variants.slice(0, 2))
    else images.push(...variants)
  }
  return { pictures: files.length, images, held }
}

async function readPicture(path: string, largestSide: number): Promise<Image> {
  const reader = await openGeoTiff(path)
  try {
    const { bands } = reader.header
    const [rows, cols] = [Math.min(reader.header.rows, largestSide), Math.min(reader.header.cols, largestSide)]
    return { rows, cols, bands, data: await readWindow(reader, { row: 0, col: 0, rows, cols }) }
  } finally {
    await reader.close()
  }
}
