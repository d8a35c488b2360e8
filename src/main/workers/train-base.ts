import { parseArgs } from 'node:util'
import { quietContext, type JobContext } from '../common/job-context'
import { resourcePath } from '../common/project-root'
import { Random } from '../common/random'
import type { Kernel } from '../dataset/degrade'
import { defaultStudioShape } from '../model/studio/shape'
import { shippedFolder } from '../model/studio/shipped-weights'
import { PICTURE_RECIPE, PSF_RECIPE, withoutNoise } from '../training/base-pictures'
import { trainBase } from '../training/base-training'
import { readPictures } from './picture-folder'

/**
 * Entry of `npm run train:base`: trains the shipped `studio` weights of one scale from a folder of licence-clean pictures.
 * Seeded and resumable: `--resume` continues from the last save.
 */

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: '2' },
      pictures: { type: 'string' },
      steps: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string' },
      peak: { type: 'string', default: '1e-3' },
      'no-noise': { type: 'boolean', default: false },
      psf: { type: 'boolean', default: false },
      out: { type: 'string' },
      resume: { type: 'boolean', default: false },
    },
  })
  const scale = Number(values.scale)
  if ((scale !== 2 && scale !== 3 && scale !== 4) || values.pictures === undefined) {
    throw new Error('usage: npm run train:base -- --pictures FOLDER --scale 2|3|4 [--steps N] [--seed N] [--from MODEL_FOLDER] [--peak RATE] [--no-noise | --psf] [--out FOLDER] [--resume]')
  }
  const plain = values['no-noise'] ? withoutNoise(PICTURE_RECIPE) : PICTURE_RECIPE
  const recipe = values.psf ? PSF_RECIPE : plain
  const kernel: Kernel = values.psf ? { kind: 'gaussian', sigma: scale / 2 } : { kind: 'block' }
  const { images, held, pictures } = await readPictures(values.pictures, scale, Random.fromSeed(Number(values.seed)), recipe)
  console.log(`${pictures} pictures, ${images.length} training images, ${held.length} held out`)
  const context: JobContext = { ...quietContext(), log: (level, message) => { console.log(`${new Date().toISOString()} ${level} ${message}`) } }
  await trainBase({
    scale, kernel, steps: Number(values.steps), seed: Number(values.seed), warmStart: values.from ?? null, peak: Number(values.peak),
    out: values.out ?? resourcePath('models', shippedFolder(kernel, { shape: defaultStudioShape(scale), passes: 1 })), resume: values.resume,
  }, images, held, context)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
