import type { JobContext } from '../common/job-context'
import { StudioError } from '../common/errors'
import type { CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'
import { allowedSymmetries, sceneBandShift, type BandShift } from '../dataset/band-shift'
import { degrade, type Kernel } from '../dataset/degrade'
import { splitGround } from '../dataset/ground-split'
import { fitSceneComponents, readComponents, type SceneComponents } from '../dataset/scene-components'
import type { Symmetry } from '../dataset/symmetry'
import { componentFrequencies, makeTrainingImage, type TrainingImage } from '../dataset/training-image'
import { totalScale, type StudioModel } from '../model/studio/sharpen'
import { HeldOutBlock } from './held-out-block'
import { sceneRange } from '../dataset/scene-range'

/** Share of a scene's ground that is held out to judge the result. */
export const HELD_OUT_SHARE = 0.15

/** Low-resolution pixels around the held-out block that are not trained on either. */
export const GUARD = 4

/** A scene made ready to learn from. */
export interface SceneMaterial {
  images: TrainingImage[]
  block: HeldOutBlock
  scene: SceneComponents
  /** Held-out block in scene pixels. */
  validation: PixelWindow
  guard: number
  bandShift: BandShift | null
  symmetries: Symmetry[]
}

/**
 * Reads a scene's components, splits its ground, measures its band shift and builds the training images of every pass
 * (the scene itself, and for cascades its reductions). Memory: 48 bytes a scene pixel and as much again for the pairs.
 * Errors: 'invalid-argument' when the scene is too small to train on.
 */
export async function prepareScene(
  reader: CubeReader,
  window: PixelWindow,
  model: Pick<StudioModel, 'shape' | 'passes'> & { kernel: Kernel },
  smallestCrop: number,
  context: JobContext,
): Promise<SceneMaterial> {
  const name = reader.files[0] ?? 'the scene'
  const total = totalScale(model)
  const { kernel } = model
  const { scale } = model.shape
  const scene = await fitSceneComponents(reader, window, context.signal)
  const { components, valid } = await readComponents(reader, window, scene, context.signal)
  const guard = GUARD * scale
  const { validation, trainable } = splitGround(window.rows, window.cols, { fraction: HELD_OUT_SHARE, guard, align: total, valid })
  const bandShift = await sceneBandShift(reader, window, scene.bands, context.signal)
  const symmetries = allowedSymmetries(bandShift)
  const frequencies = componentFrequencies(scene.principal.deviations)
  const images: TrainingImage[] = []
  let truth = components
  let allowed = trainable
  for (let pass = 0; pass < model.passes; pass++) {
    const lowAllowed = reduceMask(allowed, truth.rows, truth.cols, scale)
    images.push(makeTrainingImage(truth, scale, kernel, { trainable: lowAllowed, frequencies, symmetries }))
    truth = degrade(truth, scale, kernel)
    allowed = lowAllowed
    if (Math.min(truth.rows, truth.cols) < smallestCrop * scale) break
  }
  if (Math.min(window.rows, window.cols) < 2 * smallestCrop * scale) {
    throw new StudioError('invalid-argument', `${name}: ${window.rows} x ${window.cols} pixels are too few to fine-tune at ${total}x.`, {
      file: name,
      remedy: `Use a scene of at least ${2 * smallestCrop * scale} pixels a side, or upscale it with the shipped model.`,
    })
  }
  const peak = await sceneRange(reader, window, scene.bands, context.signal)
  const block = await HeldOutBlock.prepare(reader, window, validation, components, scene, { ...model, parameters: null, kernel }, peak)
  return { images, block, scene, validation, guard, bandShift, symmetries }
}

/** 1 where all scale x scale pixels of a block are 1; trailing pixels are cut. */
export function reduceMask(mask: Uint8Array, rows: number, cols: number, scale: number): Uint8Array {
  const lowRows = Math.floor(rows / scale)
  const lowCols = Math.floor(cols / scale)
  const reduced = new Uint8Array(lowRows * lowCols).fill(1)
  for (let row = 0; row < lowRows * scale; row++) {
    for (let col = 0; col < lowCols * scale; col++) {
      if (mask[row * cols + col] === 0) reduced[Math.floor(row / scale) * lowCols + Math.floor(col / scale)] = 0
    }
  }
  return reduced
}
