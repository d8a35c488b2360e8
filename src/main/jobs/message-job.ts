import { StudioError } from '../common/errors'
import type { JobHandle, JobListener } from './job-host'
import { JobRecord } from './job-record'
import type { JobResults } from './job-result'
import type { JobKind, JobSpecs } from './job-spec'
import type { JobState } from './job-state'
import { parseFromJob, type FromJob, type ToJob } from './messages'

/** What a message-driven job needs from the place where it runs. */
export interface JobChannel {
  send(message: ToJob): void
  /** Makes sure that the job ends soon, whether it listens or not. */
  enforceEnd(): void
}

/** A running job at the far end of a channel. The host feeds it what arrives and says when the far end is gone. */
export class MessageJob<K extends JobKind> implements JobHandle<K> {
  private readonly record: JobRecord<K>
  private lastWord: Extract<FromJob, { type: 'done' | 'failed' }> | null = null

  constructor(kind: K, private readonly spec: JobSpecs[K], listener: JobListener, private readonly channel: JobChannel) {
    this.record = new JobRecord(kind, listener)
    this.record.moveTo('running')
  }

  get state(): JobState {
    return this.record.state
  }

  get completed(): Promise<JobResults[K]> {
    return this.record.completed
  }

  pause(): void {
    this.record.moveTo('paused')
    this.channel.send({ type: 'pause' })
  }

  resume(): void {
    this.record.moveTo('running')
    this.channel.send({ type: 'resume' })
  }

  cancel(): void {
    if (this.record.hasEnded || this.state === 'cancelling') return
    this.record.moveTo('cancelling')
    this.channel.send({ type: 'cancel' })
    this.channel.enforceEnd()
  }

  stopAndKeep(): void {
    if (this.state === 'paused') this.resume()
    if (this.state !== 'running') {
      throw new StudioError('invalid-argument', `A job that is ${this.state} has nothing to stop.`, { remedy: 'Start a new job.' })
    }
    this.channel.send({ type: 'stop-and-keep' })
  }

  /** A message arrived. One that is not understood fails the job: the two ends are of different builds. */
  receive(raw: unknown): void {
    if (this.lastWord !== null) return
    try {
      const message = parseFromJob(raw)
      switch (message.type) {
        case 'ready': this.channel.send({ type: 'start', spec: this.spec }); break
        case 'done':
        case 'failed':
          this.lastWord = message
          // its process should be gone soon after
          this.channel.enforceEnd()
          break
        case 'progress':
        case 'log':
        case 'event': this.record.hear(message); break
      }
    } catch (error) {
      this.lastWord = { type: 'failed', error: (error as StudioError).toJSON() }
      this.channel.enforceEnd()
    }
  }

  /** The far end is gone. `unanswered` is the outcome of a job that left no last word and was not asked to end. */
  end(unanswered: StudioError): void {
    if (this.lastWord?.type === 'done') this.record.finish(this.lastWord.result)
    else if (this.lastWord?.type === 'failed') this.record.fail(StudioError.fromJSON(this.lastWord.error))
    else if (this.state === 'cancelling') this.record.fail(new StudioError('cancelled', 'Cancelled.'))
    else this.record.fail(unanswered)
  }
}
