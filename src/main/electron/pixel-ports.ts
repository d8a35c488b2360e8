import { MessageChannelMain, type BrowserWindow, type MessagePortMain } from 'electron'
import { PIXEL_PORT_MESSAGE } from '../../preload/contract'
import { SceneProcess } from '../scenes/scene-client'
import { startSceneProcess } from './scene-channel'

/** The scene process, and the ports by which the window asks it: a fresh one for each load of the page and each start of the process. */
export class PixelPorts {
  readonly scenes: SceneProcess<MessagePortMain>
  private window: BrowserWindow | null = null
  private connecting = false

  constructor() {
    this.scenes = new SceneProcess(startSceneProcess, () => { this.connect() })
  }

  /** Serves `window` from now on, whenever its page has loaded. */
  serve(window: BrowserWindow): void {
    window.webContents.on('did-finish-load', () => {
      this.window = window
      this.connect()
    })
    window.once('closed', () => { this.window = null })
  }

  private connect(): void {
    // the process may start because of the very port that it is given here
    if (this.window === null || this.connecting) return
    this.connecting = true
    const { port1, port2 } = new MessageChannelMain()
    this.scenes.connect(port1)
    this.window.webContents.postMessage(PIXEL_PORT_MESSAGE, null, [port2])
    this.connecting = false
  }
}
