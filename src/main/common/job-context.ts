import { StudioError } from './errors'

/** How far a span of work is. `total` 0 means unknown; `etaSeconds` null means not yet known. */
export interface Progress {
  span: string
  done: number
  total: number
  unit: string
  etaSeconds: number | null
}

export type LogLevel = 'info' | 'warning' | 'error'

/**
 * What every long operation receives: how to hear that it should end, and how to say how far it is.
 * The same code runs in-process, in a child process and in Electron's utility process.
 */
export interface JobContext {
  readonly signal: AbortSignal
  /** true once the user wants the job to end at the next good moment and keep what there is; training looks at it. */
  readonly stopRequested?: boolean
  /** Reports progress; the transport thins reports to ten a second, so call it as often as convenient. */
  progress(span: string, done: number, total: number, unit: string): void
  log(level: LogLevel, message: string): void
  /** A typed happening of the job (a training step's losses, a preview): see the job's own event type. */
  event(kind: string, payload: unknown): void
  /** Resolves at once, or when a paused job is resumed; rejects with 'cancelled' when aborted. Yields to the event loop. */
  breathe(): Promise<void>
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new StudioError('cancelled', 'Cancelled.')
}

/** A context that reports nothing: for library use and tests. */
export function quietContext(signal: AbortSignal = new AbortController().signal): JobContext {
  return {
    signal,
    progress: () => undefined,
    log: () => undefined,
    event: () => undefined,
    breathe: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      throwIfAborted(signal)
    },
  }
}
