import { writeFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { Random } from '../common/random'
import { saveCheckpoint } from '../model/checkpoint'
import { Adam } from '../model/adam'
import { withoutGraphs } from '../model/graph/compiled'
import { paperBuffers, paperLayout } from '../model/paper/network'
import { paperInference } from '../model/paper/predict'
import { paperShape } from '../model/paper/shape'
import { trainPaperStep } from '../model/paper/train-step'
import { ParameterLayout } from '../model/parameters'
import { GUIDES, studioLayout } from '../model/studio/network'
import { loadParameters, predictDetail } from '../model/studio/predict'
import { defaultStudioShape } from '../model/studio/shape'
import { trainStudioStep } from '../model/studio/train-step'
import { tf, type Tensor } from '../model/tensorflow'
import { publishedCropSide } from '../training/paper-room'
import { provenance } from '../training/provenance'
import { kernelFlops } from './bench-flops'
import { Stopwatch, type Cost } from './bench-stopwatch'

const SCALE = 2
const STUDIO = { batch: 8, side: 24 }
const PAPER = { batch: 4, side: 36 }
const SEED = 20
const WARM_UP_STEPS = 2

export type NetworkCase = `${'train' | 'infer'}-${'studio' | 'paper'}`

/** Cost of one step (median; the peak that of the process), and how it compares with what the machine can do at best. */
export interface NetworkCost extends Cost {
  steps: number
  /** Of the convolutions and matrix products of one step, as run. */
  gflopPerStep: number
  /** Most bytes in tensors at once during a step, weights and optimizer included. */
  peakTensorMb: number
  gflopsPerSecond: number
  /** GFLOP/s of a product of two 1024 x 1024 matrices in this process, just before. */
  matmulGflopsPerSecond: number
}

/** A step, and what it computed where that is to be compared (inference). */
type Step = () => Float32Array | null | Promise<Float32Array>

/**
 * Measures one case with fresh weights and normally distributed input, the same in every process. The output of an
 * inference is written to `out` (little-endian float32) when it is given.
 */
export async function benchNetwork(name: NetworkCase, steps: number, out: string | null): Promise<NetworkCost> {
  await tf.ready()
  const matmulGflopsPerSecond = measureMatmul()
  const step = STEPS[name]()
  let output: Float32Array | null = null
  for (let i = 0; i < WARM_UP_STEPS; i++) output = await step()
  if (out !== null && output !== null) await writeFile(out, output)
  const costs: Cost[] = []
  for (let i = 0; i < steps; i++) {
    const watch = new Stopwatch()
    await watch.run(step)
    costs.push(watch.cost)
  }
  const wallSeconds = middle(costs.map((cost) => cost.wallSeconds))
  const peakMb = costs[costs.length - 1]?.peakMb ?? 0
  const { kernels, peakBytes } = await withoutGraphs(() => tf.profile(async () => {
    await step()
    return []
  }))
  const gflopPerStep = kernels.reduce((sum, kernel) => sum + kernelFlops(kernel), 0) / 1e9
  return {
    wallSeconds, cpuSeconds: middle(costs.map((cost) => cost.cpuSeconds)), peakMb,
    steps, gflopPerStep, peakTensorMb: peakBytes / 1e6, gflopsPerSecond: gflopPerStep / wallSeconds, matmulGflopsPerSecond,
  }
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? NaN
}

/** The best of some short runs: what the machine can do when nothing disturbs it. */
function measureMatmul(): number {
  const side = 1024
  const products = 4
  const matrix = tf.randomNormal([side, side], 0, 1 / side, 'float32', SEED)
  let best = 0
  for (let run = 0; run < 8; run++) {
    const started = performance.now()
    tf.tidy(() => {
      let product = matrix
      for (let i = 0; i < products; i++) product = tf.matMul(product, matrix)
      product.dataSync()
    })
    best = Math.max(best, (products * 2 * side ** 3) / 1e6 / (performance.now() - started))
  }
  matrix.dispose()
  return best
}

/** Fresh weights in which the layers that training starts at zero count as well, so that outputs can be compared. */
function randomWeights({ specs }: ParameterLayout): Float32Array {
  const awake = specs.map((spec) => (spec.decays && spec.init === 'zeros' ? { ...spec, init: 'glorot-uniform' as const } : spec))
  return new ParameterLayout(awake).initialise(Random.fromSeed(SEED))
}

function noise(length: number, seed: number): Float32Array {
  const random = Random.fromSeed(seed)
  return Float32Array.from({ length }, () => random.normal())
}

function startAdam(layout: ParameterLayout): Adam {
  const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 1e-3, clipNorm: 1, averageDecay: 0.999 }
  return new Adam(options, Adam.start(randomWeights(layout)), layout.decayMask())
}

const STEPS: Record<NetworkCase, () => Step> = {
  'train-studio': () => {
    const shape = defaultStudioShape(SCALE)
    const layout = studioLayout(shape)
    const adam = startAdam(layout)
    const { batch, side } = STUDIO
    const crops = {
      count: batch, crop: side, scale: SCALE,
      input: noise(batch * side * side * (1 + GUIDES), 1), target: noise(batch * (side * SCALE) ** 2, 2),
    }
    return () => {
      trainStudioStep(adam, shape, crops, 1e-4)
      return null
    }
  },
  'infer-studio': () => {
    const shape = defaultStudioShape(SCALE)
    const layout = studioLayout(shape)
    const parameters = loadParameters(layout, randomWeights(layout))
    const { batch, side } = STUDIO
    const components = { rows: side, cols: side, bands: batch, data: noise(side * side * batch, 1) }
    return async () => (await predictDetail(parameters, shape, components, Infinity)).data
  },
  'train-paper': () => {
    const shape = paperShape(SCALE)
    const layout = paperLayout(shape)
    const adam = startAdam(layout)
    let buffers = tf.tensor1d(paperBuffers(shape).initialise(Random.fromSeed(SEED)))
    const { lowRes, highRes } = paperBatch()
    return () => {
      buffers = trainPaperStep(adam, shape, buffers, { lowRes, highRes }, 1e-4).buffers
      return null
    }
  },
  'infer-paper': () => {
    const shape = paperShape(SCALE)
    const weights = tf.tensor1d(randomWeights(paperLayout(shape)))
    const buffers = tf.tensor1d(paperBuffers(shape).initialise(Random.fromSeed(SEED)))
    const { lowRes } = paperBatch()
    return () => {
      // read outside: tidy would walk through every number of an array that it returns
      const [output] = tf.tidy(() => paperInference(shape)([weights, buffers, lowRes])) as [Tensor]
      const values = output.dataSync<'float32'>()
      output.dispose()
      return values
    }
  },
}

function paperBatch(): Parameters<typeof trainPaperStep>[3] {
  const { batch, side } = PAPER
  const { bands } = paperShape(SCALE)
  const fine = side * SCALE
  return {
    lowRes: tf.tensor4d(noise(batch * side * side * bands, 1), [batch, side, side, bands]),
    highRes: tf.tensor4d(noise(batch * fine * fine * bands, 2), [batch, fine, fine, bands]),
  }
}

/** Saves an untrained model of a preset at 2x, which costs as much to run as a trained one; `bands` = those of the scene that it is for. */
export async function writeFreshModel(preset: 'studio' | 'paper', bands: number, folder: string): Promise<void> {
  const network = preset === 'studio' ? defaultStudioShape(SCALE) : paperShape(SCALE)
  const layout = network.preset === 'studio' ? studioLayout(network) : paperLayout(network)
  const statistics = network.preset === 'studio' ? null : paperBuffers(network)
  const entries = (of: ParameterLayout | null): { name: string; shape: number[] }[] => of?.specs.map(({ name, shape }) => ({ name, shape })) ?? []
  const random = Random.fromSeed(SEED)
  await saveCheckpoint(folder, {
    format: 'dacn-model', version: 1, state: 'finished', network, passes: 1,
    parameters: entries(layout), buffers: entries(statistics),
    kernel: { kind: 'block' }, components: preset === 'studio' ? 12 : 0, wavelengthNm: null, valueScale: 1, verdict: null, provenance: provenance(),
    trainedBands: Array.from({ length: bands }, (_, band) => band),
    sources: [{ file: 'none', fingerprint: 'none', rows: 1, cols: 1, bands, validation: null, guard: 0, bandShift: null, symmetries: [0] }],
    training: {
      seed: SEED, step: 0, steps: 0, batch: PAPER.batch, crop: publishedCropSide(SCALE), peakLearningRate: 0, warmUpSteps: 0, random: [...random.state],
      bestStep: 0, bestScore: null, history: [], lossSum: 0, lossCount: 0, seconds: 0,
    },
  }, { weights: layout.initialise(random), ...(statistics === null ? {} : { buffers: statistics.initialise(random) }) })
}
