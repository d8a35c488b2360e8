import type { JobResults } from '../jobs/job-result'
import type { JobKind, JobSpecs } from '../jobs/job-spec'
import { StudioError } from '../common/errors'
import { throwIfAborted } from '../common/job-context'
import type { CliIo } from './cli-io'
import { describeEvent } from './event-text'
import type { Reporter } from './reporter'

/** Runs a job to its end, its reports shown by `reporter`; Ctrl-C cancels it. Errors: 'cancelled', 'crashed', the job's own. */
export async function runJob<K extends JobKind>(io: CliIo, reporter: Reporter, kind: K, spec: JobSpecs[K]): Promise<JobResults[K]> {
  throwIfAborted(io.signal)
  const job = io.jobs.start(kind, spec, {
    progress: (progress) => { reporter.progress(progress, kind === 'train') },
    log: (level, message) => { reporter.log(level, message) },
    event: (event) => {
      // pictures are for a window: a terminal can't show them, and a log would be full of their bytes
      if (event.kind !== 'train-patches') reporter.event(event.kind, event.payload, describeEvent(event))
    },
  })
  const cancel = (): void => { job.cancel() }
  io.signal.addEventListener('abort', cancel, { once: true })
  try {
    return await job.completed
  } catch (error) {
    throw error instanceof StudioError && error.tag === 'crashed' ? namingTheOption(error) : error
  } finally {
    io.signal.removeEventListener('abort', cancel)
  }
}

/** Windows have a button to go on from the last save; the command line has an option. */
function namingTheOption({ tag, message, file, remedy }: StudioError): StudioError {
  return new StudioError(tag, message, { ...(file === undefined ? {} : { file }), remedy: `${remedy ?? ''} That is what --resume does.`.trim() })
}
