import { toStudioError, type StudioErrorJson } from '../common/errors'
import type { PixelWindow } from '../cube/pixel-window'
import type { SceneSurvey } from '../dataset/scene-survey'
import { paperShape } from '../model/paper/shape'
import { defaultStudioShape } from '../model/studio/shape'
import { CASCADE } from './cascade'
import { assertLargeEnough, noRoomError, passGrounds, studioCropSide, type CropGround } from './crop-room'
import { assertFitsPaper, paperCropSide, publishedCropSide } from './paper-room'
import { trainingBytes } from './training-memory'
import { assertOneScene, divideGround, groundRules, reduceMask, type GroundRules } from './training-ground'

/** A scene to train on: its file's path for messages, and what `surveyScene` found. */
export interface SurveyedScene extends Pick<SceneSurvey, 'rows' | 'cols' | 'bands' | 'valid'> {
  file: string
}

export interface TrainingForecastRequest {
  /** At least one. */
  scenes: readonly SurveyedScene[]
  scale: 2 | 3 | 4 | 8
  preset: 'studio' | 'paper'
  /** Held-out block that the user drew, in pixels of the only scene; null = chosen. */
  validation: PixelWindow | null
}

export interface TrainingForecast extends GroundRules {
  /** Held-out block of the first scene; null where none can be chosen. */
  validation: PixelWindow | null
  /** Resident memory of the training's process at its peak; 0 when it can't run. */
  memoryBytes: number
  /** Why it can't run, as training itself would say it; null = it can. */
  refusal: StudioErrorJson | null
}

/**
 * Says what a training from the shipped weights (or, for `paper`, from random ones) would do, without pixels and without
 * TensorFlow: the block that it holds out, the memory that it takes, why it would refuse. Never throws for what a user
 * can choose.
 */
export function forecastTraining(request: TrainingForecastRequest): TrainingForecast {
  const { scenes, scale, preset, validation } = request
  const blocks: PixelWindow[] = []
  const grounds: CropGround[] = []
  let crop: number | null = null
  let refusal: StudioErrorJson | null = null
  try {
    assertOneScene(validation, scenes.length)
    if (preset === 'paper') paperShape(scale)
    for (const scene of scenes) {
      assertSceneFits(scene, request)
      const split = divideGround(scene, scale, scene.valid, validation)
      blocks.push(split.validation)
      grounds.push(...lowGrounds(scene, split.trainable, request))
    }
    crop = cropSide(grounds, request)
    if (crop === null) throw noRoomError()
  } catch (error) {
    refusal = toStudioError(error).toJSON()
  }
  const trained = scenes.flatMap(({ rows, cols, bands }, index) => {
    const block = blocks[index]
    return block === undefined ? [] : [{ rows, cols, bands: bands.length, block }]
  })
  return {
    ...groundRules(scale),
    validation: blocks[0] ?? validation,
    memoryBytes: crop === null ? 0 : trainingBytes({ scale, preset, crop, scenes: trained }),
    refusal,
  }
}

function passesOf(scale: TrainingForecastRequest['scale']): { scale: number; passes: number; window: number } {
  const cascade = CASCADE[scale]
  return { ...cascade, window: defaultStudioShape(cascade.scale).window }
}

function assertSceneFits(scene: SurveyedScene, { preset, scale }: TrainingForecastRequest): void {
  if (preset === 'paper') assertFitsPaper(scene.file, scene, scene.bands.length)
  else assertLargeEnough(scene.file, scene, passesOf(scale))
}

/** Where crops of low-resolution pixels may lie. */
function lowGrounds({ rows, cols }: SurveyedScene, trainable: Uint8Array, { preset, scale }: TrainingForecastRequest): CropGround[] {
  if (preset === 'studio') return passGrounds(rows, cols, trainable, passesOf(scale))
  return [{ rows: Math.floor(rows / scale), cols: Math.floor(cols / scale), trainable: reduceMask(trainable, rows, cols, scale) }]
}

/** null = no crop fits anywhere. */
function cropSide(grounds: readonly CropGround[], { preset, scale }: TrainingForecastRequest): number | null {
  if (preset === 'paper') return paperCropSide(grounds, publishedCropSide(scale))
  return studioCropSide(grounds, passesOf(scale).window)
}
