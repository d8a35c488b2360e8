import { app, dialog, type BrowserWindow } from 'electron'
import type { LogFile } from './log-file'
import { text } from './text'

/** When the window's process ends or hangs: says so and offers to load the page again. Jobs run elsewhere and go on. */
export function watchPage(window: BrowserWindow, log: LogFile): void {
  const { page } = text
  let asking = false
  const offerReload = async (message: string, detail: string, other: string): Promise<void> => {
    log.write('error', `${message} ${detail}`)
    if (asking) return
    asking = true
    const { response } = await dialog.showMessageBox(window, { type: 'error', title: text.product, message, detail, buttons: [page.reload, other], defaultId: 0, cancelId: 1, noLink: true })
    asking = false
    if (response === 0) window.webContents.reload()
    else if (other === page.quit) app.quit()
  }
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(page.gone, page.goneDetail(reason), page.quit)
  })
  window.on('unresponsive', () => { void offerReload(page.hangs, page.hangsDetail, page.wait) })
}
