import { startApp } from './electron/start-app'

// Entry of the application's main process.
startApp()
