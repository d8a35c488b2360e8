import type { JobPort } from '../jobs/job-port'
import { LEAVE } from '../jobs/messages'

/** Electron's channel to the main process; present in a utility process only. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  start?(): void
}

/**
 * The channel of this process to the one that started it by `child_process.fork` or as Electron's utility process, or
 * null when there is none. The process ends itself when its parent is gone: nobody would hear of its result, and what
 * is worth keeping is on disk.
 */
export function portToParent(): JobPort | null {
  const { parentPort } = process as NodeJS.Process & { parentPort?: UtilityPort }
  if (parentPort !== undefined) return utilityPort(parentPort)
  return typeof process.send === 'function' ? forkedPort(process.send.bind(process)) : null
}

function forkedPort(send: NonNullable<NodeJS.Process['send']>): JobPort {
  let unsent = 0
  let closing = false
  const leaveWhenSent = (): void => { if (closing && unsent === 0) process.exit(0) }
  process.on('disconnect', () => { process.exit(0) })
  return {
    post: (message) => {
      unsent++
      send(message, undefined, undefined, () => {
        unsent--
        leaveWhenSent()
      })
    },
    listen: (receive) => { process.on('message', receive) },
    close: () => {
      closing = true
      leaveWhenSent()
    },
  }
}

/** A starter that does not answer a last word within this time will not. */
const LAST_WORD_MS = 3000

function utilityPort(port: UtilityPort): JobPort {
  return {
    post: (message) => { port.postMessage(message) },
    listen: (receive) => {
      port.on('message', ({ data }) => {
        if (data === LEAVE) process.exit(0)
        receive(data)
      })
      port.start?.()
    },
    // Electron does not always deliver what was posted right before the end of a process
    close: () => { setTimeout(() => process.exit(0), LAST_WORD_MS) },
  }
}
