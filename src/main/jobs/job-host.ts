import type { LogLevel, Progress } from '../common/job-context'
import type { JobEvent } from './job-event'
import type { JobResults } from './job-result'
import type { JobKind, JobSpecs } from './job-spec'
import type { JobState } from './job-state'

/** What a job tells the one who started it. All are optional; none may throw. */
export interface JobListener {
  state?(state: JobState): void
  progress?(progress: Progress): void
  log?(level: LogLevel, message: string): void
  event?(event: JobEvent): void
}

/** A job that was started or waits for its turn. */
export interface JobHandle<K extends JobKind = JobKind> {
  readonly state: JobState
  /** Holds the job at its next breath; throws 'invalid-argument' unless it is running. */
  pause(): void
  /** Throws 'invalid-argument' unless the job is paused. */
  resume(): void
  /** Asks the job to end, and ends its process when it does not; no effect on a job that has ended. */
  cancel(): void
  /** Lets the job end at the next good moment with what it has; throws 'invalid-argument' unless running or paused. */
  stopAndKeep(): void
  /**
   * The result, once the job's process has ended and its memory is free. Rejects with 'cancelled', 'crashed' (the
   * process ended without an answer) or the job's own error.
   */
  readonly completed: Promise<JobResults[K]>
}

/** A way to run jobs: in a child process, in this one, in Electron's utility process. */
export interface JobHost {
  start<K extends JobKind>(kind: K, spec: JobSpecs[K], listener?: JobListener): JobHandle<K>
}
