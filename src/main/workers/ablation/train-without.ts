import { Random } from '../../common/random'
import type { Image } from '../../cube/image'
import { crop, mirroredWindow } from '../../dataset/mirror'
import { addComponentDetail, fitPrincipalComponents, projectComponents } from '../../dataset/principal-components'
import { SCENE_COMPONENTS } from '../../dataset/scene-components'
import { CropSampler, type CropBatch, type TrainingImage } from '../../dataset/training-image'
import { Adam } from '../../model/adam'
import { assertLayout } from '../../model/checkpoint'
import type { ParameterLayout, Parameters } from '../../model/parameters'
import { GUIDES, studioDetail, studioLayout } from '../../model/studio/network'
import { loadParameters } from '../../model/studio/predict'
import { trainStudioStep } from '../../model/studio/train-step'
import { tf } from '../../model/tensorflow'
import { learningRate } from '../../training/learning-rate'
import { loadStudioBase } from '../../training/studio-base'
import { readPictures } from '../picture-folder'
import { SCALE, VARIATIONS, type Ingredients } from './ingredients'
import { ProcessorClock } from './processor-clock'
import { BLOCK_MEANS } from './sensor'
import type { Truth } from './truth'
import { scoreScenes, type TrialScene, type TrialScore } from './whole-scenes'

const BATCH = 8
const CROP = 24
/** Highest learning rate: of random weights that of the shipped ones' training, of those that have learnt a gentler one. */
const PEAK = { random: 1e-3, shipped: 3e-4 }
const SCHEDULE = { warmUpSteps: 30, steps: 1000 }
/** Of larger pictures a corner serves: preparing all of them would take longer than learning. */
const LARGEST_PICTURE = 384

export interface IngredientTrial {
  /** A name of `VARIATIONS`. */
  variation: string
  pictures: string
  scenes: TrialScene[]
  /** What the training begins with. The shipped weights show what an ingredient is worth to a network that has learnt for long; they need its shape. */
  start: keyof typeof PEAK
  /** Time of the processor for the training, in seconds of all cores together. */
  seconds: number
  seed: number
}

/** Trains weights at 2x on pictures, and measures them on whole scenes that they have not seen. Throws when the shipped weights don't fit the variation. */
export async function trainWithout({ variation, pictures, scenes, start, seconds, seed }: IngredientTrial): Promise<TrialScore> {
  const ingredients = VARIATIONS[variation]
  if (ingredients === undefined) throw new Error(`${variation}: no such variation.`)
  const { shape } = ingredients
  const layout = studioLayout(shape)
  const { weights, steps } = await learn(ingredients, pictures, start, seconds, seed)
  const parameters = loadParameters(layout, weights)
  return { variation, parameters: layout.size, steps, scenes: await scoreScenes(scenes, SCALE, BLOCK_MEANS, (truth) => sharpened(truth, parameters, ingredients)) }
}

async function learn(ingredients: Ingredients, pictures: string, start: IngredientTrial['start'], seconds: number, seed: number): Promise<{ weights: Float32Array; steps: number }> {
  const { shape, recipe, symmetries, weighted, guided, loss, averageDecay, weightDecay } = ingredients
  const layout = studioLayout(shape)
  // before the pictures, which take minutes: it may be refused
  const initial = start === 'shipped' ? await shippedWeights(layout) : layout.initialise(Random.fromSeed(seed))
  const { images } = await readPictures(pictures, SCALE, Random.fromSeed(seed), recipe, LARGEST_PICTURE)
  const changed: TrainingImage[] = images.map((image) => ({
    ...image, symmetries, frequencies: weighted ? image.frequencies : image.frequencies.map(() => 1 / image.frequencies.length),
  }))
  const sampler = new CropSampler(changed, CROP, GUIDES)
  const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay, clipNorm: 1, averageDecay }
  const adam = new Adam(options, Adam.start(initial), layout.decayMask())
  const random = Random.fromSeed(seed + 1)
  const clock = new ProcessorClock()
  let steps = 0
  for (; clock.seconds < seconds; steps++) {
    const rate = learningRate({ ...SCHEDULE, peak: PEAK[start] }, Math.floor((SCHEDULE.steps * clock.seconds) / seconds))
    clock.run(() => {
      const batch = sampler.draw(random, BATCH)
      if (!guided) clearGuides(batch)
      trainStudioStep(adam, shape, batch, rate, loss)
    })
  }
  const weights = adam.average.dataSync<'float32'>().slice()
  adam.dispose()
  return { weights, steps }
}

async function shippedWeights(layout: ParameterLayout): Promise<Float32Array> {
  const { shape, weights } = await loadStudioBase(SCALE, { kind: 'block' }, null)
  assertLayout('The shipped weights', studioLayout(shape).specs, layout.specs)
  return weights
}

function clearGuides({ input }: CropBatch): void {
  for (let i = 0; i < input.length; i++) if (i % (1 + GUIDES) !== 0) input[i] = 0
}

/** The degraded scene sharpened in one piece, mirrored beyond its edges. */
function sharpened({ lowRes, base }: Truth, parameters: Parameters, { shape, guided }: Ingredients): Image {
  const { window } = shape
  const principal = fitPrincipalComponents(lowRes.data, lowRes.bands, { count: Math.min(SCENE_COMPONENTS, lowRes.bands) })
  const halo = 2 * window
  const whole = (side: number): number => Math.ceil(side / window) * window + 2 * halo
  const tile = mirroredWindow(projectComponents(lowRes, principal), -halo, -halo, whole(lowRes.rows), whole(lowRes.cols))
  const [pixels, channels] = [tile.rows * tile.cols, 1 + GUIDES]
  const data = new Float32Array(pixels * SCALE ** 2 * tile.bands)
  for (let component = 0; component < tile.bands; component++) {
    const input = new Float32Array(pixels * channels)
    for (let i = 0; i < pixels; i++) {
      input[i * channels] = tile.data[i * tile.bands + component] as number
      for (let guide = 0; guide < Math.min(GUIDES, tile.bands) && guided; guide++) input[i * channels + 1 + guide] = tile.data[i * tile.bands + guide] as number
    }
    // read outside: tidy would walk through every number of an array that it returns
    const computed = tf.tidy(() => studioDetail(parameters, shape, tf.tensor4d(input, [1, tile.rows, tile.cols, channels])))
    const detail = computed.dataSync<'float32'>()
    computed.dispose()
    for (let i = 0; i < detail.length; i++) data[i * tile.bands + component] = detail[i] as number
  }
  const fine = { rows: tile.rows * SCALE, cols: tile.cols * SCALE, bands: tile.bands, data }
  return addComponentDetail(base, crop(fine, halo * SCALE, halo * SCALE, base.rows, base.cols), principal)
}
