import { StudioError } from '../common/errors'
import { throwIfAborted } from '../common/job-context'

/** Lets a few works run at a time, the rest waiting in the order they came; a waiting one may give up. */
export class Turnstile {
  private free: number
  private readonly waiting = new Set<() => void>()

  constructor(places: number) {
    this.free = places
  }

  /** Runs `work` when a place is free. Throws 'cancelled' when `signal` is aborted before. */
  async pass<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    throwIfAborted(signal)
    if (this.free > 0) this.free--
    else await this.turn(signal)
    try {
      throwIfAborted(signal)
      return await work()
    } finally {
      const [next] = this.waiting
      if (next === undefined) this.free++
      else next()
    }
  }

  /** Resolves when a place was handed over; rejects when aborted while waiting. */
  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        this.waiting.delete(enter)
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        this.waiting.delete(enter)
        reject(new StudioError('cancelled', 'Cancelled.'))
      }
      this.waiting.add(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}
