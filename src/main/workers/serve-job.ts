import { StudioError } from '../common/errors'
import { expectedFailure } from '../jobs/failure'
import type { JobPort } from '../jobs/job-port'
import type { JobResults } from '../jobs/job-result'
import type { JobKind, JobSpecs } from '../jobs/job-spec'
import { parseToJob, type ToJob } from '../jobs/messages'
import type { JobHandlers } from './job-handlers'
import { ProcessContext } from './process-context'

/** The job's side of the channel: runs the one job that `port` asks for, then closes the port. */
export function serveJob(port: JobPort, handlers: JobHandlers): void {
  const context = new ProcessContext((message) => { port.post(message) })
  let started = false
  let ended = false

  const end = (lastWord: Parameters<JobPort['post']>[0]): void => {
    if (ended) return
    ended = true
    context.flush()
    port.post(lastWord)
    port.close()
  }
  const fail = (error: unknown): void => { end({ type: 'failed', error: asFailure(error).toJSON() }) }

  port.listen((raw) => {
    let message: ToJob
    try {
      message = parseToJob(raw)
    } catch (error) {
      fail(error)
      return
    }
    switch (message.type) {
      case 'start':
        if (started) break
        started = true
        run(handlers, message.spec.kind, message.spec, context).then((result) => { end({ type: 'done', result }) }, fail)
        break
      case 'pause': context.pause(); break
      case 'resume': context.resume(); break
      case 'stop-and-keep': context.stopAndKeep(); break
      case 'cancel':
        context.cancel()
        if (!started) fail(new StudioError('cancelled', 'Cancelled.'))
        break
    }
  })
  port.post({ type: 'ready' })
}

async function run<K extends JobKind>(handlers: JobHandlers, kind: K, spec: JobSpecs[K], context: ProcessContext): Promise<JobResults[K]> {
  return handlers[kind](spec, context)
}

function asFailure(error: unknown): StudioError {
  const expected = expectedFailure(error)
  if (expected !== null) return expected
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new StudioError('crashed', `The job stopped because of an error in the program: ${text}`, {
    remedy: 'Please report it with the lines above; nothing that was written before is lost.',
    cause: error,
  })
}
