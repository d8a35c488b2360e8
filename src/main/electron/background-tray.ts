import { join } from 'node:path'
import { app, Menu, nativeImage, Tray } from 'electron'
import { projectRoot } from '../common/project-root'
import { text } from './text'

/** The icon in the system's notification area while the window is hidden. Some desktops have no such area and show none. */
export class BackgroundTray {
  private tray: Tray | null = null

  constructor(private readonly show: () => void) {}

  appear(): void {
    if (this.tray !== null) return
    const side = process.platform === 'darwin' ? 18 : 24
    this.tray = new Tray(nativeImage.createFromPath(join(projectRoot, 'resources', 'icon.png')).resize({ width: side, height: side }))
    this.tray.setToolTip(text.product)
    this.tray.setContextMenu(Menu.buildFromTemplate([
      { label: text.tray.show, click: this.show },
      { type: 'separator' },
      { label: text.tray.quit, click: () => { app.quit() } },
    ]))
    this.tray.on('click', this.show)
  }

  disappear(): void {
    this.tray?.destroy()
    this.tray = null
  }
}
