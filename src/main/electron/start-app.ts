import { join } from 'node:path'
import { app, dialog } from 'electron'
import { toStudioError } from '../common/errors'
import { declareAppScheme } from './app-scheme'
import { projectArgument } from './command-line'
import { Desktop } from './desktop'
import { LogFile } from './log-file'
import { SANDBOXED } from './sandbox'
import { text } from './text'
import { catchUncaughtErrors } from './uncaught-errors'
import { guardAllContents } from './window-guards'

/** What a second start hands to the first. */
interface SecondStart {
  project: string | null
}

/** Starts the application, or hands the project that it was started with to the one that runs already. */
export function startApp(): void {
  app.setName(text.product)
  const configFolder = app.commandLine.getSwitchValue('user-data-dir') || join(app.getPath('appData'), 'dacn-studio')
  app.setPath('userData', configFolder)
  const start: SecondStart = { project: projectArgument(process.argv, process.defaultApp === true, process.cwd()) }
  if (!app.requestSingleInstanceLock(start)) {
    process.stderr.write(`${text.product} is running already: its window comes to the front.\n`)
    app.exit(0)
    return
  }
  const log = new LogFile(join(configFolder, 'logs', 'main.log'))
  catchUncaughtErrors(log)
  if (SANDBOXED) app.enableSandbox()
  declareAppScheme()
  guardAllContents()
  const desktop = new Desktop(configFolder, log)
  const opened = app.whenReady().then(async () => {
    log.write('info', `${text.product} ${app.getVersion()}, Electron ${process.versions.electron ?? ''}, ${process.platform} ${process.arch}${SANDBOXED ? '' : ', without the sandbox'}`)
    await desktop.open()
    follow(desktop, start)
    app.on('second-instance', (_event, _argv, _folder, data) => {
      desktop.show()
      follow(desktop, data as SecondStart)
    })
    app.on('activate', () => { desktop.show() })
  })
  opened.catch((error: unknown) => {
    log.write('error', error instanceof Error ? (error.stack ?? error.message) : String(error))
    const { message, remedy } = toStudioError(error)
    dialog.showErrorBox(text.startFailed, remedy === undefined ? message : `${message}\n\n${remedy}`)
    app.exit(1)
  })
}

function follow(desktop: Desktop, { project }: SecondStart): void {
  if (project !== null) desktop.openProject(project)
}
