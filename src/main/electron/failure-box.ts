import { clipboard, dialog, type BrowserWindow } from 'electron'
import { toStudioError } from '../common/errors'
import { expectedFailure } from '../jobs/failure'
import type { LogFile } from './log-file'
import { text } from './text'

/** Shows what failed outside of the page: what, where, what to do, with details to copy. One that nobody expected is logged. */
export function showFailure(error: unknown, window: BrowserWindow | null, log: LogFile): void {
  const { message, remedy } = toStudioError(error)
  const details = error instanceof Error ? (error.stack ?? message) : message
  if (expectedFailure(error) === null) log.write('error', details)
  const options = {
    type: 'error' as const, title: text.product, message, detail: remedy ?? '', buttons: [text.wrong.close, text.wrong.copy], defaultId: 0, cancelId: 0, noLink: true,
  }
  void (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options)).then(({ response }) => {
    if (response === 1) void clipboard.writeText(details)
  })
}
