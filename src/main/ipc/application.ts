import { mkdir } from 'node:fs/promises'
import type { JobView } from '../../preload/contract'
import { toStudioError } from '../common/errors'
import type { JobHost } from '../jobs/job-host'
import { RecentProjects } from '../project/recent-projects'
import type { Settings } from '../project/settings'
import { SettingsFile } from '../project/settings-file'
import { AnalysisDesk } from './analysis-desk'
import { analysisHandlers } from './analysis-handlers'
import { appHandlers } from './app-handlers'
import type { Handlers } from './handlers'
import { importHandlers } from './import-handlers'
import { JobBoard } from './job-board'
import { jobHandlers } from './job-handlers'
import { modelHandlers } from './model-handlers'
import type { Platform } from './platform'
import { openProjectIn, projectHandlers } from './project-handlers'
import { sceneHandlers } from './scene-handlers'
import type { SceneQuestions } from './scene-questions'
import { Session } from './session'
import { settingsHandlers } from './settings-handlers'
import { SpeedRecord } from './speed-record'
import { TrainingDesk } from './training-desk'
import { trainingHandlers } from './training-handlers'
import { UpscaleDesk } from './upscale-desk'
import { upscaleHandlers } from './upscale-handlers'

/** The program behind the window: everything but windows, menus and dialogs. */
export interface Application {
  readonly handlers: Handlers
  /** As they are now; changes are told by the event 'settings.changed' as well. */
  readonly settings: Settings
  /** Jobs that have not ended, waiting ones too. */
  runningJobs(): JobView[]
  /** Ends all jobs: waiting ones are cancelled, running trainings keep their best with 'stop'. Resolves when all have ended. */
  endJobs(how: 'stop' | 'cancel'): Promise<void>
  /** Opens the project in `folder` in place of the one that is open: for the command line and a second start. */
  openProject(folder: string): Promise<void>
  /** Ends jobs that still run (they can be continued), writes everything to disk and lets the project go. Rejects when the disk refuses. */
  close(): Promise<void>
}

/** Makes the application on a desktop; `jobs` runs its jobs, `scenes` reads its scenes. Rejects with 'io' when the configuration can't be read. */
export async function createApplication(platform: Platform, jobs: JobHost, scenes: SceneQuestions): Promise<Application> {
  const { config } = platform.folders
  await mkdir(config, { recursive: true }).catch((error: unknown) => { throw toStudioError(error, config) })
  const settings = await SettingsFile.open(config)
  if (settings.notice !== null) platform.log(settings.notice)
  const recent = new RecentProjects(config)
  const board = new JobBoard(jobs, platform)
  const session = new Session({ platform, scenes, board, settings, recent })
  let leaving = false
  const desk = {
    platform, board,
    settings: () => settings.current,
    speeds: await SpeedRecord.open(config),
    isLeaving: () => leaving,
  }
  return {
    handlers: {
      ...appHandlers(session, settings, platform),
      ...settingsHandlers(session, settings, platform),
      ...projectHandlers(session, recent, platform, scenes),
      ...importHandlers(session, platform),
      ...sceneHandlers(session, scenes, board, platform),
      ...trainingHandlers(session, new TrainingDesk(desk), { scenes, settings: desk.settings }),
      ...modelHandlers(session, scenes, platform),
      ...upscaleHandlers(session, new UpscaleDesk(desk), desk, platform),
      ...analysisHandlers(session, new AnalysisDesk(board), platform),
      ...jobHandlers(board),
    },
    get settings() { return settings.current },
    runningJobs: () => board.active(),
    endJobs: (how) => board.endAll(how),
    openProject: async (folder) => { await openProjectIn(session, folder) },
    close: async () => {
      leaving = true
      try {
        await board.endAll('cancel')
        await session.close()
      } finally {
        leaving = false
      }
    },
  }
}
