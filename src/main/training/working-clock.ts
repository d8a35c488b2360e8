import type { JobContext } from '../common/job-context'

/** Measures the time that a job works: a paused training must not lose its time budget. */
export class WorkingClock {
  private readonly startedMs = performance.now()
  private pausedMs = 0
  /** The job's context; only breaths that go through it are known as pauses. */
  readonly context: JobContext

  constructor(context: JobContext) {
    const breathe = async (): Promise<void> => {
      const before = performance.now()
      try {
        await context.breathe()
      } finally {
        this.pausedMs += performance.now() - before
      }
    }
    this.context = {
      signal: context.signal,
      get stopRequested() { return context.stopRequested === true },
      progress: (span, done, total, unit) => { context.progress(span, done, total, unit) },
      log: (level, message) => { context.log(level, message) },
      event: (kind, payload) => { context.event(kind, payload) },
      breathe,
    }
  }

  /** Since the clock was made, pauses left out. */
  get seconds(): number {
    return (performance.now() - this.startedMs - this.pausedMs) / 1000
  }
}
