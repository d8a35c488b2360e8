import type { MessagePortMain } from 'electron'
import type { Application } from '../ipc/application'
import type { Platform } from '../ipc/platform'
import type { JobHost } from '../jobs/job-host'
import type { SceneProcess } from '../scenes/scene-client'

/** Makes the program behind the window. */
export type CreateApplication = (platform: Platform, jobs: JobHost, scenes: SceneProcess<MessagePortMain>) => Promise<Application>
