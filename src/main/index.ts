import { defaultSettings } from './project/settings'
import { startApp } from './electron/start-app'

// Entry of the application's main process.
startApp(() => Promise.resolve({
  handlers: {} as never, settings: defaultSettings, runningJobs: () => [], endJobs: () => Promise.resolve(), openProject: () => Promise.resolve(), close: () => Promise.resolve(),
}))
