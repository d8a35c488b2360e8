import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { quietContext, type JobContext } from '../common/job-context'
import { resourcePath } from '../common/project-root'
import { Random } from '../common/random'
import { readWindow } from '../cube/cube-reader'
import type { Image } from '../cube/image'
import { wholeWindow } from '../cube/pixel-window'
import { openGeoTiff } from '../formats/geotiff/reader'
import type { TrainingImage } from '../dataset/training-image'
import { hasMissing } from '../dataset/resample'
import { baseTrainingImages } from '../training/base-pictures'
import { trainBase } from '../training/base-training'

/**
 * Entry of `npm run train:base`: trains the shipped `studio` weights of one scale from a folder of licence-clean pictures.
 * Seeded and resumable: `--resume` continues from the last save. Every sixteenth picture is held out and only measured.
 */
const HOLD_OUT_EVERY = 16

async function pictureFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile() && /\.tiff?$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort()
}

async function readPicture(path: string): Promise<Image> {
  const reader = await openGeoTiff(path)
  try {
    const { rows, cols, bands } = reader.header
    return { rows, cols, bands, data: await readWindow(reader, wholeWindow(reader.header)) }
  } finally {
    await reader.close()
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: '2' },
      pictures: { type: 'string' },
      steps: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string' },
      peak: { type: 'string', default: '1e-3' },
      out: { type: 'string' },
      resume: { type: 'boolean', default: false },
    },
  })
  const scale = Number(values.scale)
  if ((scale !== 2 && scale !== 3 && scale !== 4) || values.pictures === undefined) {
    throw new Error('usage: npm run train:base -- --pictures FOLDER --scale 2|3|4 [--steps N] [--seed N] [--from MODEL_FOLDER] [--peak RATE] [--out FOLDER] [--resume]')
  }
  const folder = values.pictures
  const smallestSide = 24
  const random = Random.fromSeed(Number(values.seed))
  const images: TrainingImage[] = []
  const held: TrainingImage[] = []
  const files = await pictureFiles(folder)
  for (const [index, file] of files.entries()) {
    const picture = await readPicture(file)
    if (hasMissing(picture.data)) {
      console.log(`${relative(folder, file)}: left out, it has missing pixels`)
      continue
    }
    const variants = baseTrainingImages(picture, scale, smallestSide, random)
    if (index % HOLD_OUT_EVERY === 0) held.push(...variants.slice(0, 2))
    else images.push(...variants)
  }
  console.log(`${files.length} pictures, ${images.length} training images, ${held.length} held out`)
  const context: JobContext = { ...quietContext(), log: (level, message) => { console.log(`${new Date().toISOString()} ${level} ${message}`) } }
  await trainBase({
    scale, steps: Number(values.steps), seed: Number(values.seed), warmStart: values.from ?? null, peak: Number(values.peak),
    out: values.out ?? resourcePath('models', `studio-${scale}x`), resume: values.resume,
  }, images, held, context)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
