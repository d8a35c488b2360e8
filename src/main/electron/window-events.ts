import type { BrowserWindow } from 'electron'
import type { EventName, Events } from '../../preload/contract'

type Listener<K extends EventName> = (event: Events[K]) => void

/** Sends the application's events to the window, and to what in the main process follows them. */
export class WindowEvents {
  private readonly followers: { [K in EventName]?: Listener<K>[] } = {}

  constructor(private readonly window: () => BrowserWindow | null) {}

  /** `listener` hears every event `name`, whether or not there is a window. */
  follow<K extends EventName>(name: K, listener: Listener<K>): void {
    const listeners: Listener<K>[] = this.followers[name] ?? []
    listeners.push(listener)
    Object.assign(this.followers, { [name]: listeners })
  }

  emit<K extends EventName>(name: K, event: Events[K]): void {
    for (const listener of this.followers[name] ?? []) listener(event)
    const window = this.window()
    if (window !== null && !window.isDestroyed()) window.webContents.send(name, event)
  }
}
