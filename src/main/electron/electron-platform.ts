import { app, clipboard, shell, type BrowserWindow } from 'electron'
import { StudioError } from '../common/errors'
import type { Platform } from '../ipc/platform'
import { electronDialogs } from './electron-dialogs'
import { electronSource } from './electron-source'
import type { LogFile } from './log-file'
import type { WindowEvents } from './window-events'

/** What the application needs from the desktop, given by Electron. */
export function electronPlatform(configFolder: string, log: LogFile, events: WindowEvents, window: () => BrowserWindow | null): Platform {
  return {
    dialogs: electronDialogs(window),
    folders: { config: configFolder, documents: app.getPath('documents') },
    logFile: log.path,
    versions: { electron: process.versions.electron ?? '', chromium: process.versions.chrome ?? '', electronSource: electronSource(process.execPath) },
    showInFolder: (path) => { shell.showItemInFolder(path) },
    trash: (path) => shell.trashItem(path),
    copyText: (text) => { void clipboard.writeText(text) },
    openPath: async (path) => {
      const problem = await shell.openPath(path)
      if (problem !== '') throw new StudioError('io', `${path}: ${problem}`, { file: path, remedy: 'Open it with a program of your choice.' })
    },
    emit: (name, event) => { events.emit(name, event) },
    log: (message) => { log.write('warning', message) },
  }
}
