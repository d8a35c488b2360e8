import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { EVENT_NAMES, PIXEL_PORT_MESSAGE, REQUEST_NAMES, type DacnBridge } from './contract'

// The only way between the window and the main process: the channels of the contract, and the port for pixels.

const bridge: DacnBridge = {
  invoke: (name, payload) => {
    if (!REQUEST_NAMES.includes(name)) throw new Error(`There is no request ${String(name)}.`)
    return ipcRenderer.invoke(name, payload) as never
  },
  subscribe: (name, listener) => {
    if (!EVENT_NAMES.includes(name)) throw new Error(`There is no event ${String(name)}.`)
    const hear = (_event: unknown, value: unknown): void => { listener(value as never) }
    ipcRenderer.on(name, hear)
    return () => { ipcRenderer.removeListener(name, hear) }
  },
  // before Electron 32 a file knows its path itself
  pathOfFile: (file) => (webUtils as typeof webUtils | undefined)?.getPathForFile(file) ?? (file as File & { path?: string }).path ?? '',
}

contextBridge.exposeInMainWorld('dacn', bridge)

// a port can't pass the bridge, but a message to the window can carry it
ipcRenderer.on(PIXEL_PORT_MESSAGE, (event) => { window.postMessage(PIXEL_PORT_MESSAGE, location.origin, event.ports) })
