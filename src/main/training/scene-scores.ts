import type { Method, Quality } from '../model/checkpoint-manifest'
import type { StudioModel } from '../model/studio/sharpen'
import { tf } from '../model/tensorflow'
import type { BlockScore } from './block-score'
import type { SceneMaterial } from './scene-material'

/** The quick score of a method, averaged over the scenes' held-out blocks. */
export function meanScore(materials: readonly SceneMaterial[], method: Method, model?: StudioModel): BlockScore {
  const scores = materials.map(({ block }) => block.quickScore(block.render(method, model)))
  const mean = (pick: (score: BlockScore) => number): number => scores.reduce((sum, score) => sum + pick(score), 0) / scores.length
  return { psnr: mean((score) => score.psnr), samDegrees: mean((score) => score.samDegrees) }
}

/** All six indices of a method, averaged over the scenes' held-out blocks; frees the model's parameters. */
export function meanQuality(materials: readonly SceneMaterial[], method: Method, model?: StudioModel): Quality {
  const all = materials.map(({ block }) => block.quality(block.render(method, model)))
  if (model?.parameters != null) tf.dispose(model.parameters)
  const mean = (key: keyof Quality): number => storable(all.reduce((sum, quality) => sum + quality[key], 0) / all.length)
  return { psnr: mean('psnr'), ssim: mean('ssim'), samDegrees: mean('samDegrees'), correlation: mean('correlation'), ergas: mean('ergas'), rmse: mean('rmse') }
}

/** PSNR of a block that is reproduced exactly, dB: a model folder holds finite numbers only. */
const EXACT_DB = 200

/** An index as a model folder can hold it: infinite PSNR is capped, an undefined index (a block without contrast) is 0. */
function storable(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(value, EXACT_DB)
}
