import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { REQUEST_NAMES } from '../../preload/contract'
import { StudioError } from '../common/errors'
import type { Handlers } from '../ipc/handlers'
import { PAGE_URL } from './app-scheme'
import { isPage } from './window-guards'
import { replyToRequest, type ErrorLog } from './reply-to-request'

/** Answers the window's requests. Those that come from anywhere but the top of our own page are refused. */
export function routeRequests(handlers: Handlers, log: ErrorLog): void {
  for (const name of REQUEST_NAMES) {
    ipcMain.handle(name, (event, payload: unknown) => {
      if (comesFromPage(event)) return replyToRequest(name, payload, handlers, log)
      const sender = event.senderFrame?.url ?? 'a page that is gone'
      log.write('error', `${name}: refused, it came from ${sender}`)
      return { ok: false, error: new StudioError('invalid-argument', `Requests are taken from ${PAGE_URL} only.`, { remedy: 'Please report this.' }).toJSON() }
    })
  }
}

function comesFromPage({ senderFrame, sender }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isPage(senderFrame.url)
}
