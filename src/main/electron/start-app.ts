import { join } from 'node:path'
import { app, session } from 'electron'
import { declareAppScheme, serveAppScheme } from './app-scheme'
import { LogFile } from './log-file'
import { openMainWindow } from './main-window'
import { SANDBOXED } from './sandbox'
import { denyPermissions, guardAllContents } from './window-guards'

export function startApp(): void {
  const configFolder = chooseConfigFolder()
  const log = new LogFile(join(configFolder, 'logs', 'main.log'))
  if (SANDBOXED) app.enableSandbox()
  declareAppScheme()
  guardAllContents()
  void app.whenReady().then(() => {
    log.write('info', `DACN Studio ${app.getVersion()}, Electron ${process.versions.electron ?? ''}`)
    serveAppScheme()
    denyPermissions(session.defaultSession)
    openMainWindow(join(configFolder, 'window.json'))
  })
  app.on('window-all-closed', () => { app.quit() })
}

function chooseConfigFolder(): string {
  const folder = app.commandLine.getSwitchValue('user-data-dir') || join(app.getPath('appData'), 'dacn-studio')
  app.setPath('userData', folder)
  return folder
}
