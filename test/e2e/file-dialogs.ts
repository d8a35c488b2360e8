import type { ElectronApplication } from 'playwright-core'

// The system's dialogs are no part of the page, so no test can click them: they answer by themselves.

/** From now on the user saves to `path`, wherever the application asks. */
export async function saveTo(electronApp: ElectronApplication, path: string): Promise<void> {
  await electronApp.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }) }, path)
}

/** From now on the user chooses these files, or this folder, wherever the application asks. */
export async function choose(electronApp: ElectronApplication, paths: string[]): Promise<void> {
  await electronApp.evaluate(({ dialog }, filePaths) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths }) }, paths)
}
