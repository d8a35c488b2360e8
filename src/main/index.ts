import { startApp } from './electron/start-app'
import { createApplication } from './ipc/application'

// Entry of the application's main process.
startApp(createApplication)
