import type { Handlers } from './handlers'
import type { Session } from './session'
import type { TrainingDesk } from './training-desk'
import { forecastTraining } from './training-forecast'
import type { ForecastParts } from './training-forecast'

type TrainingRequests = Extract<keyof Handlers, `training.${string}` | `run.${string}`>

/** Fine-tuning, and the runs that came of it. */
export function trainingHandlers(session: Session, desk: TrainingDesk, parts: ForecastParts): Pick<Handlers, TrainingRequests> {
  return {
    'training.forecast': ({ sceneIds, plan }) => forecastTraining(session.current, parts, sceneIds, plan),
    'training.start': async ({ sceneIds, plan }) => ({ runId: await desk.start(session.current, sceneIds, plan) }),
    'training.continue': async ({ runId }) => {
      await desk.continue(session.current, runId)
      return null
    },
    'run.curves': ({ runId }) => desk.curves(session.current, runId),
    'run.patches': ({ runId }) => desk.patches(session.current, runId),
    'run.rename': ({ runId, name }) => {
      session.project.content.runs.update(runId, { name })
      return Promise.resolve(null)
    },
    'run.remove': async ({ runId }) => {
      await session.project.removed.removeRun(runId)
      return null
    },
  }
}
