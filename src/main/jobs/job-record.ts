import { StudioError } from '../common/errors'
import { parse } from '../common/parse'
import type { JobListener } from './job-host'
import { jobResultSchemas, type JobResults } from './job-result'
import type { JobKind } from './job-spec'
import { isFinal, nextState, type JobState } from './job-state'
import type { FromJob } from './messages'

/** State, listener and outcome of one job: what every host keeps, however the job is run. */
export class JobRecord<K extends JobKind> {
  readonly completed: Promise<JobResults[K]>
  private currentState: JobState = 'queued'
  private resolve!: (result: JobResults[K]) => void
  private reject!: (error: StudioError) => void

  constructor(private readonly kind: K, private readonly listener: JobListener) {
    this.completed = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    // whoever never looks at the outcome has heard it from the listener
    this.completed.catch(() => undefined)
  }

  get state(): JobState {
    return this.currentState
  }

  get hasEnded(): boolean {
    return isFinal(this.currentState)
  }

  moveTo(state: JobState): void {
    this.currentState = nextState(this.currentState, state)
    this.listener.state?.(this.currentState)
  }

  /** Passes on what a running job tells; its last word is for `finish` or `fail`. */
  hear(message: Exclude<FromJob, { type: 'ready' | 'done' | 'failed' }>): void {
    switch (message.type) {
      case 'progress': this.listener.progress?.(message.progress); break
      case 'log': this.listener.log?.(message.level, message.message); break
      case 'event': this.listener.event?.(message.event); break
    }
  }

  finish(result: unknown): void {
    let checked: JobResults[K]
    try {
      checked = parse(jobResultSchemas[this.kind], result, `The ${this.kind} job gave a result that is not understood`)
    } catch (error) {
      this.fail(error as StudioError)
      return
    }
    this.moveTo('done')
    this.resolve(checked)
  }

  /** Ends the job as cancelled when `error` says so, else as failed. */
  fail(error: StudioError): void {
    if (error.tag !== 'cancelled') {
      this.moveTo('failed')
    } else {
      if (this.currentState === 'running' || this.currentState === 'paused') this.moveTo('cancelling')
      this.moveTo('cancelled')
    }
    this.reject(error)
  }
}
