import { utilityProcess, type MessagePortMain } from 'electron'
import { builtEntry } from '../common/project-root'
import type { SceneChannel } from '../scenes/scene-client'

/** Starts the scene process as a utility process of Electron; it ends with the application, however that ends. */
export function startSceneProcess(): SceneChannel<MessagePortMain> {
  const child = utilityProcess.fork(builtEntry('scene-service'), [], { serviceName: 'DACN Studio scenes' })
  let ended = false
  child.once('exit', () => { ended = true })
  return {
    post: (message, ports = []) => { if (!ended) child.postMessage(message, [...ports]) },
    onMessage: (receive) => { child.on('message', receive) },
    onExit: (listener) => { child.once('exit', (code) => { listener(code === 0 ? 'killed, or out of memory' : `exit code ${code}`) }) },
    end: () => { child.kill() },
  }
}
