import { app, type Session, type WebContents } from 'electron'
import { PAGE_URL } from './app-scheme'

/** Whether `url` is the page itself, at any place of it. */
export function isPage(url: string): boolean {
  return url === PAGE_URL || url.startsWith(`${PAGE_URL}#`)
}

/** Whatever a page tries: it stays where it is, opens no window, embeds no other page. To be called before the first window. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event, url) => { if (!isPage(url)) event.preventDefault() })
    contents.on('will-redirect', (event) => { event.preventDefault() })
    contents.on('will-attach-webview', (event) => { event.preventDefault() })
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** The page needs no camera, place, notification or device: every request for such a thing is denied. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => { answer(false) })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
