import type { JobView } from '../../preload/contract'
import type { Settings } from '../project/settings'
import type { Handlers } from './handlers'

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
  /** Ends jobs that still run (they can be continued), writes everything to disk and lets the project go. */
  close(): Promise<void>
}
