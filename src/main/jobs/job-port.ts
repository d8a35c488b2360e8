import type { FromJob } from './messages'

/** The job's end of the channel to the one who started it. */
export interface JobPort {
  post(message: FromJob): void
  /** Hands every arriving message to `receive`, unchecked. */
  listen(receive: (message: unknown) => void): void
  /** Called once, after the last message was posted. */
  close(): void
}
