import { StudioError } from '../../src/main/common/errors'
import type { JobHandle, JobHost, JobListener } from '../../src/main/jobs/job-host'
import { JobRecord } from '../../src/main/jobs/job-record'
import type { JobKind, JobSpec, JobSpecs } from '../../src/main/jobs/job-spec'

/** A job that does what the test says through `listener` and `record`. */
export interface HandJob {
  kind: JobKind
  spec: JobSpec
  listener: JobListener
  finish(result: unknown): void
  fail(error: StudioError): void
}

/** Runs nothing: jobs begin, and go on and end by the hand of the test. */
export class HandHost implements JobHost {
  readonly jobs: HandJob[] = []
  readonly stopped: JobKind[] = []

  start<K extends JobKind>(kind: K, spec: JobSpecs[K], listener: JobListener = {}): JobHandle<K> {
    const record = new JobRecord<K>(kind, listener)
    record.moveTo('running')
    this.jobs.push({
      kind, spec, listener,
      finish: (result) => { record.finish(result) },
      fail: (error) => { record.fail(error) },
    })
    return {
      get state() { return record.state },
      completed: record.completed,
      pause: () => { record.moveTo('paused') },
      resume: () => { record.moveTo('running') },
      stopAndKeep: () => { this.stopped.push(kind) },
      cancel: () => { if (!record.hasEnded) record.fail(new StudioError('cancelled', 'Cancelled.')) },
    }
  }

  /** The newest job, once it has begun. */
  get last(): HandJob {
    const job = this.jobs.at(-1)
    if (job === undefined) throw new Error('no job was started')
    return job
  }
}
