import type { JobContext } from '../common/job-context'
import { wholeWindow, type PixelWindow } from '../cube/pixel-window'
import { allowedSymmetries, sceneBandShift, type BandShift } from '../dataset/band-shift'
import { degrade, type Kernel } from '../dataset/degrade'
import { fitSceneComponents, readComponents, type SceneComponents } from '../dataset/scene-components'
import type { Symmetry } from '../dataset/symmetry'
import { componentFrequencies, makeTrainingImage, type TrainingImage } from '../dataset/training-image'
import { passKernel } from '../model/studio/pass-kernel'
import type { StudioModel } from '../model/studio/sharpen'
import { sceneRange } from '../dataset/scene-range'
import { assertLargeEnough, passGrounds, type CropGround } from './crop-room'
import { HeldOutBlock } from './held-out-block'
import { shiftedTruths, softened } from './scale-shift'
import type { TrainRequest, TrainScene } from './train-request'
import { divideGround } from './training-ground'

/** A scene made ready to learn from. */
export interface SceneMaterial {
  images: TrainingImage[]
  /** Where crops may lie in the images of each pass. */
  grounds: CropGround[]
  block: HeldOutBlock
  /** The same ground as soft as scenes are at their own scale. */
  softBlock: HeldOutBlock
  scene: SceneComponents
  /** Held-out block in scene pixels. */
  validation: PixelWindow
  guard: number
  bandShift: BandShift | null
  symmetries: Symmetry[]
}

/**
 * Reads a scene's components, splits its ground, measures its band shift and builds the training images of every pass
 * (the scene itself, and for cascades its reductions) of the networks of `model`, which make `total` together. Memory: 264 bytes a scene
 * pixel, pictures to learn from included.
 * Errors: 'invalid-argument' when the scene is too small to train on.
 */
export async function prepareScene(
  { reader, window: part, validation: block }: TrainScene,
  total: TrainRequest['scale'],
  model: Pick<StudioModel, 'shape' | 'passes'> & { kernel: Kernel },
  context: JobContext,
): Promise<SceneMaterial> {
  const window = part ?? wholeWindow(reader.header)
  const { kernel, passes, shape } = model
  const { scale } = shape
  assertLargeEnough(reader.files[0] ?? 'the scene', window, { scale, passes, window: shape.window })
  const scene = await fitSceneComponents(reader, window, context.signal)
  await context.breathe()
  const { components, valid } = await readComponents(reader, window, scene, context.signal)
  const { validation, trainable, guard } = divideGround(window, total, valid, block)
  const bandShift = await sceneBandShift(reader, window, scene.bands, context.signal)
  const symmetries = allowedSymmetries(bandShift)
  const frequencies = componentFrequencies(scene.principal.deviations)
  const images: TrainingImage[] = []
  let truth = components
  const grounds = passGrounds(window.rows, window.cols, trainable, { scale, passes, window: shape.window })
  for (const ground of grounds) {
    await context.breathe()
    const details = { trainable: ground.trainable, frequencies, symmetries }
    const own = passKernel(kernel, model)
    for (const shifted of shiftedTruths(truth, scale, images.length)) {
      images.push(makeTrainingImage(shifted, scale, own, details))
      await context.breathe()
    }
    truth = degrade(truth, scale, own)
  }
  const peak = await sceneRange(reader, window, scene.bands, context.signal)
  const untrained = { ...model, parameters: null, kernel }
  const held = await HeldOutBlock.prepare(reader, window, validation, components, scene, untrained, peak, context)
  const softHeld = await HeldOutBlock.prepare(reader, window, validation, components, scene, untrained, peak, context, softened)
  return { images, grounds, block: held, softBlock: softHeld, scene, validation, guard, bandShift, symmetries }
}
