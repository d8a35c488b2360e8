import type { TrainingForecast } from '../../preload/contract'
import { toStudioError, type StudioErrorJson } from '../common/errors'
import type { TrainingPlan } from '../project/project-file'
import type { Settings } from '../project/settings'
import { describeDevices } from './devices'
import { freeMemoryBytes } from './free-memory'
import type { OpenProject } from './open-project'
import type { SceneQuestions } from './scene-questions'
import { layerOf } from './scene-shelf'
import { trainSpecOf } from './train-spec'

export interface ForecastParts {
  scenes: SceneQuestions
  settings: () => Settings
}

/** Seconds that a step takes on a slow machine, so that a number of steps is a time at the latest. */
const SECONDS_A_STEP = { studio: 1, paper: 3 }

/**
 * What fine-tuning as planned would take, and why it can't be, if so. Errors: 'not-found' (a scene or base model is missing),
 * 'crashed' (the scene process).
 */
export async function forecastTraining(open: OpenProject, { scenes, settings }: ForecastParts, sceneIds: readonly string[], plan: TrainingPlan): Promise<TrainingForecast> {
  const sources = await Promise.all(sceneIds.map((id) => open.scenes.source(id)))
  const base = plan.baseModelId === null ? null : open.project.paths.modelFolder(plan.baseModelId)
  const ground = await scenes.forecast({ layers: sceneIds.map(layerOf), scale: plan.scale, preset: plan.preset, validation: plan.validation })
  return {
    ...ground,
    freeMemoryBytes: await freeMemoryBytes(),
    seconds: plan.steps === null ? plan.minutes * 60 : plan.steps * SECONDS_A_STEP[plan.preset],
    device: await deviceName(settings()),
    refusal: ground.refusal ?? refusalOf(() => trainSpecOf(plan, sources, 'nowhere', base, false, settings())),
  }
}

function refusalOf(attempt: () => unknown): StudioErrorJson | null {
  try {
    attempt()
    return null
  } catch (error) {
    return toStudioError(error).toJSON()
  }
}

async function deviceName({ device }: Settings): Promise<string> {
  const devices = await describeDevices()
  const chosen = device === 'cpu' ? devices.find(({ kind }) => kind === 'cpu') : devices[0]
  return chosen?.name ?? 'Processor'
}
