import { StudioError } from '../common/errors'
import { crashError } from './failure'
import type { JobListener } from './job-host'
import type { JobKind, JobSpecs } from './job-spec'
import { LineTail } from './line-tail'
import { MessageJob } from './message-job'
import type { ToJob } from './messages'

const OUTPUT_LINES = 20

/** What the library says in every run, even when it is told to keep quiet. */
const TENSORFLOW_CHATTER = /^(I\d{4} |WARNING: All log messages before absl)/

/** How a process ended. */
export interface ProcessEnd {
  /** It never ran. */
  failure?: StudioError
  exitCode: number | null
  signal: NodeJS.Signals | null
}

/** A process that was started to run one job: Node's or Electron's. */
export interface JobProcess {
  readonly output: readonly (NodeJS.ReadableStream | null)[]
  /** No effect once the process has ended. */
  send(message: ToJob): void
  kill(signal: 'SIGTERM' | 'SIGKILL'): void
  onMessage(hear: (message: unknown) => void): void
  /** Called once, when all that it wrote has been read. */
  onEnd(hear: (end: ProcessEnd) => void): void
}

/** How long a cancelled job, or one that has answered, may take to end by itself, and then after SIGTERM. */
export interface Patience {
  graceMs: number
  terminateMs: number
}

export const PATIENCE: Patience = { graceMs: 5000, terminateMs: 2000 }

/** Runs a job in a process that was started for it, and sees that the process ends with the job. */
export function runInProcess<K extends JobKind>(kind: K, spec: JobSpecs[K], listener: JobListener, process: JobProcess, { graceMs, terminateMs }: Patience): MessageJob<K> {
  const timers: NodeJS.Timeout[] = []
  const enforceEnd = (): void => {
    if (timers.length > 0) return
    timers.push(setTimeout(() => { process.kill('SIGTERM') }, graceMs))
    timers.push(setTimeout(() => { process.kill('SIGKILL') }, graceMs + terminateMs))
  }
  const job = new MessageJob(kind, spec, listener, { send: (message) => { process.send(message) }, enforceEnd })
  const tail = new LineTail(OUTPUT_LINES, TENSORFLOW_CHATTER)
  // the native library writes to both; an unread pipe would block it
  for (const stream of process.output) stream?.setEncoding('utf8').on('data', (text: string) => { tail.add(text) })
  process.onMessage((message) => { job.receive(message) })
  process.onEnd(({ failure, exitCode, signal }) => {
    timers.forEach(clearTimeout)
    if (failure !== undefined) job.end(failure)
    else if (signal === 'SIGINT') job.end(new StudioError('cancelled', 'Cancelled.'))
    else job.end(crashError(exitCode, signal, tail.last))
  })
  return job
}
