import { StudioError } from '../common/errors'
import type { JobHandle, JobHost, JobListener } from './job-host'
import type { JobPort } from './job-port'
import type { JobKind, JobSpecs } from './job-spec'
import { MessageJob } from './message-job'

/**
 * Runs jobs in this process, over the same messages as a process of their own: for tests and debugging. `serve` is
 * the job's side. A job that does not listen can't be ended.
 */
export class InProcessHost implements JobHost {
  constructor(private readonly serve: (port: JobPort) => void) {}

  start<K extends JobKind>(kind: K, spec: JobSpecs[K], listener: JobListener = {}): JobHandle<K> {
    let toJob: (message: unknown) => void = () => undefined
    const job = new MessageJob(kind, spec, listener, {
      send: (message) => {
        const copy = structuredClone(message)
        setImmediate(() => { toJob(copy) })
      },
      enforceEnd: () => undefined,
    })
    // Messages arrive in the order they were sent, and never before the caller has the handle.
    const fromJob = (deliver: () => void): void => { setImmediate(deliver) }
    this.serve({
      post: (message) => {
        const copy = structuredClone(message)
        fromJob(() => { job.receive(copy) })
      },
      listen: (receive) => { toJob = receive },
      close: () => { fromJob(() => { job.end(new StudioError('crashed', 'The job ended without an answer.')) }) },
    })
    return job
  }
}
