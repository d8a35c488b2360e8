import { MessagePort as NodePort } from 'node:worker_threads'
import type { FromScenes } from '../scenes/scene-messages'
import type { PixelPort } from '../scenes/serve-pixels'

/** The scene process's end of the channel to main. */
export interface SceneServerChannel {
  post(message: FromScenes): void
  /** Hands over every arriving message, unchecked, with the window's port where one came along. */
  onMessage(receive: (message: unknown, port: PixelPort | null) => void): void
}

/** Electron's message port, and its channel to the main process in a utility process. */
interface ElectronPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): void
  on(event: 'close', listener: () => void): void
  start?(): void
}

/**
 * The channel to the process that started this one, as Electron's utility process or by `child_process.fork` (which can't
 * send ports); null when there is none. This process ends with its parent.
 */
export function channelToMain(): SceneServerChannel | null {
  const { parentPort } = process as NodeJS.Process & { parentPort?: ElectronPort }
  if (parentPort !== undefined) {
    return {
      post: (message) => { parentPort.postMessage(message) },
      onMessage: (receive) => {
        parentPort.on('message', ({ data, ports: [port] }) => { receive(data, port === undefined ? null : pixelPort(port)) })
        parentPort.start?.()
      },
    }
  }
  if (typeof process.send !== 'function') return null
  const send = process.send.bind(process)
  process.on('disconnect', () => { process.exit(0) })
  return {
    post: (message) => { send(message) },
    onMessage: (receive) => { process.on('message', (message) => { receive(message, null) }) },
  }
}

/** A window's port: Electron's, or a worker thread's in plain Node. */
export function pixelPort(port: unknown): PixelPort {
  return port instanceof NodePort ? nodePort(port) : electronPort(port as ElectronPort)
}

function nodePort(port: NodePort): PixelPort {
  return {
    post: (answer, buffers) => { port.postMessage(answer, buffers) },
    onMessage: (receive) => { port.on('message', receive) },
    onClose: (listener) => { port.on('close', listener) },
  }
}

function electronPort(port: ElectronPort): PixelPort {
  return {
    // Electron's port transfers ports only: buffers are copied once
    post: (answer) => { port.postMessage(answer) },
    onMessage: (receive) => {
      port.on('message', ({ data }) => { receive(data) })
      port.start?.()
    },
    onClose: (listener) => { port.on('close', listener) },
  }
}
