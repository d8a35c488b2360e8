import type { TrainingForecast } from '../../preload/contract'
import { StudioError } from '../common/errors'
import type { TrainingPlan } from '../project/project-file'
import type { Settings } from '../project/settings'
import type { OpenProject } from './open-project'
import type { SceneQuestions } from './scene-questions'

export interface ForecastParts {
  scenes: SceneQuestions
  settings: () => Settings
}

/** What fine-tuning as planned would take. */
export function forecastTraining(_open: OpenProject, _parts: ForecastParts, _sceneIds: readonly string[], _plan: TrainingPlan): Promise<TrainingForecast> {
  return Promise.reject(new StudioError('unsupported', 'The forecast of a fine-tuning is not there yet.'))
}
