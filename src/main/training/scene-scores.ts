import type { JobContext } from '../common/job-context'
import type { Image } from '../cube/image'
import type { Symmetry } from '../dataset/symmetry'
import type { Method, Quality } from '../model/checkpoint-manifest'
import type { StudioModel } from '../model/studio/sharpen'
import { tf } from '../model/tensorflow'
import type { BlockScore } from './block-score'
import type { BlockMeasures, HeldOutBlock } from './held-out-block'
import type { Measured } from './verdict'

/** How a method does, and what it makes of the first scene's block. */
export interface MeanScore {
  score: BlockScore
  first: Image
}

/** What the verdict and the calibration need of a method. */
export interface ScenesMeasured extends Measured {
  /** That were compared on all blocks together. */
  pixels: number
  known: BlockMeasures['known'][]
}

/** The quick score of a method, averaged over the scenes' held-out blocks. */
export async function meanScore(blocks: readonly HeldOutBlock[], context: JobContext, method: Method, model?: StudioModel): Promise<MeanScore> {
  const scores: BlockScore[] = []
  let first: Image | null = null
  for (const block of blocks) {
    const estimate = await block.render(method, context, model)
    first ??= estimate
    await context.breathe()
    scores.push(block.quickScore(estimate))
  }
  const mean = (pick: (score: BlockScore) => number): number => scores.reduce((sum, score) => sum + pick(score), 0) / scores.length
  return { score: { psnr: mean((score) => score.psnr), samDegrees: mean((score) => score.samDegrees) }, first: first as Image }
}

/** A method as it would serve, by the mean over `symmetries`, measured on every scene's held-out block; frees the model's parameters. */
export async function measureScenes(
  held: readonly HeldOutBlock[], context: JobContext, method: Method, model?: StudioModel, symmetries: readonly Symmetry[] = [0],
): Promise<ScenesMeasured> {
  const blocks: BlockMeasures[] = []
  try {
    for (const block of held) blocks.push(await block.measure(method, context, model, symmetries))
  } finally {
    if (model?.parameters != null) tf.dispose(model.parameters)
  }
  return {
    pixels: blocks.reduce((sum, { pixels }) => sum + pixels, 0),
    quality: meanQuality(blocks.map(({ quality }) => quality)), errors: blocks.map(({ pieces }) => pieces), known: blocks.map(({ known }) => known),
  }
}

/** All six indices, averaged over scenes. */
export function meanQuality(all: readonly Quality[]): Quality {
  const mean = (key: keyof Quality): number => storable(all.reduce((sum, quality) => sum + quality[key], 0) / all.length)
  return { psnr: mean('psnr'), ssim: mean('ssim'), samDegrees: mean('samDegrees'), correlation: mean('correlation'), ergas: mean('ergas'), rmse: mean('rmse') }
}

/** PSNR of a block that is reproduced exactly, dB: a model folder holds finite numbers only. */
const EXACT_DB = 200

/** An index as a model folder can hold it: infinite PSNR is capped, an undefined index (a block without contrast) is 0. */
function storable(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(value, EXACT_DB)
}
