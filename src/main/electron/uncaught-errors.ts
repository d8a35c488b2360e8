import { app, clipboard, dialog } from 'electron'
import type { LogFile } from './log-file'
import { text } from './text'

/** Errors that nothing else caught are logged with their stack and shown, one at a time, with details to copy. */
export function catchUncaughtErrors(log: LogFile): void {
  let shown = false
  const report = (error: unknown): void => {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log.write('error', details)
    if (shown || !app.isReady()) return
    shown = true
    void showError(error instanceof Error ? error.message : details, details, log.path).finally(() => { shown = false })
  }
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
}

async function showError(message: string, details: string, file: string): Promise<void> {
  const { wrong } = text
  const buttons = [wrong.goOn, wrong.copy, wrong.quit]
  const { response } = await dialog.showMessageBox({
    type: 'error', title: text.product, message: wrong.title, detail: wrong.detail(message, file), buttons, defaultId: 0, cancelId: 0, noLink: true,
  })
  if (response === 1) void clipboard.writeText(details)
  if (response === 2) app.quit()
}
