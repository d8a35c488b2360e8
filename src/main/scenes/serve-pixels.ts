import { StudioError, toStudioError } from '../common/errors'
import type { PixelAnswer, PixelQuestion } from '../../preload/pixel-contract'
import type { LayerSet } from './layer-set'
import { answerPixels, parsePixelQuestion, transferableBuffers, type PixelRequest } from './pixel-questions'
import type { Turnstile } from './turnstile'

/** The scene process's end of the channel to a window. */
export interface PixelPort {
  /** `buffers` may be handed over instead of copied. */
  post(answer: PixelAnswer, buffers: ArrayBuffer[]): void
  /** Hands every arriving message to `receive`, unchecked. */
  onMessage(receive: (message: unknown) => void): void
  onClose(listener: () => void): void
}

/**
 * Answers the questions that arrive on `port`, whatever they are: what is not understood is refused if it has a number
 * and dropped if not. Questions that read much go through `turnstile`; spectra never wait. All end when the port closes.
 */
export function servePixels(port: PixelPort, layers: LayerSet, turnstile: Turnstile): void {
  const running = new Map<number, AbortController>()

  const answer = async (request: PixelRequest): Promise<void> => {
    if (running.has(request.id)) throw new StudioError('invalid-argument', `Question ${request.id} is being answered already.`)
    const controller = new AbortController()
    running.set(request.id, controller)
    const work = () => answerPixels(layers, request, controller.signal)
    try {
      const value = await (request.name === 'spectrum' ? work() : turnstile.pass(controller.signal, work))
      port.post({ id: request.id, ok: true, value }, transferableBuffers(value))
    } finally {
      running.delete(request.id)
    }
  }

  port.onMessage((raw) => {
    const id = numberOf(raw)
    const refuse = (error: unknown): void => {
      if (id !== null) port.post({ id, ok: false, error: toStudioError(error).toJSON() }, [])
    }
    let question: PixelQuestion
    try {
      question = parsePixelQuestion(raw)
    } catch (error) {
      refuse(error)
      return
    }
    if ('cancel' in question) running.get(question.cancel)?.abort()
    else answer(question).catch(refuse)
  })
  port.onClose(() => { for (const controller of running.values()) controller.abort() })
}

function numberOf(raw: unknown): number | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null
  return typeof raw.id === 'number' ? raw.id : null
}
