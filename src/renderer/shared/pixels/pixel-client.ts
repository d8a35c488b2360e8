import { PIXEL_PORT_MESSAGE } from '../../../preload/contract'
import type { PixelAnswer, PixelQuestion, PixelRequestName, PixelRequests } from '../../../preload/pixel-contract'
import { RequestFailure } from '../client'

interface Waiting {
  question: Extract<PixelQuestion, { id: number }>
  resolve: (value: never) => void
  reject: (error: unknown) => void
  /** Lets the signal go, which may live long and would keep every answer. */
  release: () => void
  /** Ports that it went through. */
  tries: number
}

/** A question that ends the scene process each time is given up. */
const MOST_TRIES = 2

/** What is used of a message port. */
export interface PixelPort {
  postMessage(message: PixelQuestion): void
  onmessage: ((event: MessageEvent<PixelAnswer>) => void) | null
  close(): void
}

/**
 * Asks the scene process about pixels. Questions wait until there is a port, and are asked again when the process was
 * started anew; aborted ones are withdrawn.
 */
export class PixelClient {
  private port: PixelPort | null = null
  private readonly waiting = new Map<number, Waiting>()
  private lastId = 0

  connect(port: PixelPort): void {
    this.port?.close()
    this.port = port
    port.onmessage = ({ data }) => { this.hear(data) }
    for (const [id, asked] of this.waiting) this.send(id, asked)
  }

  /** Rejects with `RequestFailure`, or with the signal's reason when aborted. */
  ask<K extends PixelRequestName>(name: K, payload: PixelRequests[K]['payload'], signal?: AbortSignal): Promise<PixelRequests[K]['reply']> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error)
        return
      }
      const id = ++this.lastId
      const question = { id, name, payload } as Waiting['question']
      const abort = (): void => {
        this.waiting.delete(id)
        this.port?.postMessage({ cancel: id })
        reject(signal?.reason as Error)
      }
      const asked = { question, resolve, reject, release: () => { signal?.removeEventListener('abort', abort) }, tries: 0 }
      this.waiting.set(id, asked)
      signal?.addEventListener('abort', abort, { once: true })
      this.send(id, asked)
    })
  }

  private send(id: number, asked: Waiting): void {
    if (this.port === null) return
    if (asked.tries < MOST_TRIES) {
      asked.tries++
      this.port.postMessage(asked.question)
      return
    }
    this.waiting.delete(id)
    asked.release()
    asked.reject(new RequestFailure({
      tag: 'crashed', message: 'The process that reads the scenes ended while it was asked for pixels.', remedy: 'Check that the file is whole, then try again.',
    }))
  }

  private hear(answer: PixelAnswer): void {
    const asked = this.waiting.get(answer.id)
    if (asked === undefined) return
    this.waiting.delete(answer.id)
    asked.release()
    if (answer.ok) asked.resolve(answer.value as never)
    else asked.reject(new RequestFailure(answer.error))
  }
}

/** The window's client; its port comes from main when the page has loaded and whenever the scene process was restarted. */
export const pixels = new PixelClient()

window.addEventListener('message', ({ data, source, ports }: MessageEvent<unknown>) => {
  const [port] = ports
  if (source === window && data === PIXEL_PORT_MESSAGE && port !== undefined) pixels.connect(port)
})
