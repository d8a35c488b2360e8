import { dialog, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from 'electron'
import type { Dialogs } from '../ipc/platform'

/** The system's dialogs for files, before the window that `parent` gives (none while it is closed). */
export function electronDialogs(parent: () => BrowserWindow | null): Dialogs {
  const open = async (options: OpenDialogOptions): Promise<string[] | null> => {
    const window = parent()
    const { canceled, filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options))
    return canceled || filePaths.length === 0 ? null : filePaths
  }
  const save = async (options: SaveDialogOptions): Promise<string | null> => {
    const window = parent()
    const { canceled, filePath } = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
    return canceled || filePath === undefined || filePath === '' ? null : filePath
  }
  return {
    chooseFiles: ({ title, filters, several }) => open({ title, filters, properties: several ? ['openFile', 'multiSelections'] : ['openFile'] }),
    chooseFolder: async ({ title, button, startAt }) => {
      const chosen = await open({
        title, buttonLabel: button, properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
        ...(startAt === undefined ? {} : { defaultPath: startAt }),
      })
      return chosen?.[0] ?? null
    },
    chooseSavePath: ({ title, suggested, filters }) => save({ title, defaultPath: suggested, filters, properties: ['createDirectory', 'showOverwriteConfirmation'] }),
  }
}
