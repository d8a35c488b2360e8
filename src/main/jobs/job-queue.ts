import { StudioError } from '../common/errors'
import type { JobHandle, JobHost, JobListener } from './job-host'
import { JobRecord } from './job-record'
import type { JobResults } from './job-result'
import type { JobKind, JobSpecs } from './job-spec'
import type { JobState } from './job-state'

/**
 * One job of each lane at a time, first come first served. Trainings and upscalings use all cores and much of the memory;
 * copying a scene waits for the disk, a map takes seconds, and both are wanted at once: they go beside them.
 */
export class JobQueue implements JobHost {
  private readonly heavy = new Lane()
  private readonly light = new Lane()

  constructor(private readonly host: JobHost) {}

  start<K extends JobKind>(kind: K, spec: JobSpecs[K], listener: JobListener = {}): JobHandle<K> {
    const job = new QueuedJob(this.host, kind, spec, listener)
    const lane = kind === 'prepare' || kind === 'analyse' ? this.light : this.heavy
    lane.add(() => job.run())
    return job
  }
}

/** Work that is done one after the other. */
class Lane {
  private readonly waiting: (() => Promise<void>)[] = []
  private busy = false

  /** `run` never rejects; it begins at once when nothing else is under way. */
  add(run: () => Promise<void>): void {
    this.waiting.push(run)
    void this.runWaiting()
  }

  private async runWaiting(): Promise<void> {
    if (this.busy) return
    this.busy = true
    for (let run = this.waiting.shift(); run !== undefined; run = this.waiting.shift()) await run()
    this.busy = false
  }
}

class QueuedJob<K extends JobKind> implements JobHandle<K> {
  private readonly record: JobRecord<K>
  private running: JobHandle<K> | null = null

  constructor(private readonly host: JobHost, private readonly kind: K, private readonly spec: JobSpecs[K], private readonly listener: JobListener) {
    this.record = new JobRecord(kind, listener)
  }

  /** Resolves, never rejects, when the job has ended and the next may begin. */
  async run(): Promise<void> {
    if (this.record.hasEnded) return
    try {
      this.running = this.host.start(this.kind, this.spec, {
        ...this.listener,
        // the end is for `completed`, so that it is told once
        state: (state) => { if (state === 'running' || state === 'paused' || state === 'cancelling') this.record.moveTo(state) },
      })
      this.record.finish(await this.running.completed)
    } catch (error) {
      this.record.fail(error as StudioError)
    }
  }

  get state(): JobState {
    return this.record.state
  }

  get completed(): Promise<JobResults[K]> {
    return this.record.completed
  }

  pause(): void {
    this.started('pause').pause()
  }

  resume(): void {
    this.started('resume').resume()
  }

  stopAndKeep(): void {
    this.started('stop').stopAndKeep()
  }

  cancel(): void {
    if (this.running !== null) this.running.cancel()
    else if (!this.record.hasEnded) this.record.fail(new StudioError('cancelled', 'Cancelled before it began.'))
  }

  private started(what: string): JobHandle<K> {
    if (this.running !== null) return this.running
    throw new StudioError('invalid-argument', `A job that waits for its turn has nothing to ${what}.`, { remedy: 'Cancel it, or wait until it runs.' })
  }
}
