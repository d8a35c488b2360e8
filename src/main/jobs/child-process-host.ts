import { fork, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { StudioError, toStudioError } from '../common/errors'
import { builtEntry } from '../common/project-root'
import { crashError } from './failure'
import { jobEnvironment } from './job-environment'
import type { JobHandle, JobHost, JobListener } from './job-host'
import type { JobKind, JobSpecs } from './job-spec'
import { LineTail } from './line-tail'
import { MessageJob } from './message-job'

const STDERR_LINES = 20

/** What the library says in every run, even when it is told to keep quiet. */
const TENSORFLOW_CHATTER = /^(I\d{4} |WARNING: All log messages before absl)/

export interface ChildProcessOptions {
  /** Script that the job process runs; the built `job` entry unless a test brings its own. */
  entry?: string
  /** How long a cancelled job, or one that has answered, may take to end by itself. */
  graceMs?: number
  /** How long it may take after being asked by SIGTERM. */
  terminateMs?: number
}

/**
 * Runs each job in a process of its own under plain Node: its crash or lack of memory ends the job, not the program.
 * The job process ends with this one, however this one ends.
 */
export class ChildProcessHost implements JobHost {
  private readonly entry: string
  private readonly graceMs: number
  private readonly terminateMs: number

  constructor({ entry = builtEntry('job'), graceMs = 5000, terminateMs = 2000 }: ChildProcessOptions = {}) {
    this.entry = entry
    this.graceMs = graceMs
    this.terminateMs = terminateMs
  }

  start<K extends JobKind>(kind: K, spec: JobSpecs[K], listener: JobListener = {}): JobHandle<K> {
    if (!existsSync(this.entry)) {
      throw new StudioError('missing-runtime', `${this.entry}: the program of the job process is not built.`, {
        file: this.entry,
        remedy: 'Run `npm run build` in the folder of DACN Studio.',
      })
    }
    const child = fork(this.entry, [], {
      serialization: 'advanced',
      env: jobEnvironment(spec, process.env),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const timers: NodeJS.Timeout[] = []
    const enforceEnd = (): void => {
      if (timers.length > 0) return
      timers.push(setTimeout(() => child.kill('SIGTERM'), this.graceMs))
      timers.push(setTimeout(() => child.kill('SIGKILL'), this.graceMs + this.terminateMs))
    }
    const job = new MessageJob(kind, spec, listener, {
      send: (message) => {
        // a channel that closes meanwhile means that the process has ended, which 'close' reports
        if (child.connected) child.send(message, () => undefined)
      },
      enforceEnd,
    })
    superviseChild(child, job, () => { timers.forEach(clearTimeout) }, enforceEnd)
    return job
  }
}

function superviseChild<K extends JobKind>(child: ChildProcess, job: MessageJob<K>, forgetTimers: () => void, enforceEnd: () => void): void {
  const tail = new LineTail(STDERR_LINES, TENSORFLOW_CHATTER)
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { tail.add(text) })
  // the native library writes here too; an unread pipe would block it
  child.stdout?.setEncoding('utf8').on('data', (text: string) => { tail.add(text) })
  const killNow = (): void => { child.kill('SIGKILL') }
  process.once('exit', killNow)
  let failedToStart: Error | null = null
  child.on('error', (error) => { failedToStart ??= error })
  child.on('message', (message) => { job.receive(message) })
  // the job closes its channel after its last word; its process should be gone soon after
  child.on('disconnect', enforceEnd)
  child.on('close', (exitCode, signal) => {
    forgetTimers()
    process.removeListener('exit', killNow)
    if (failedToStart !== null) job.end(toStudioError(failedToStart))
    else if (signal === 'SIGINT') job.end(new StudioError('cancelled', 'Cancelled.'))
    else job.end(crashError(exitCode, signal, tail.last))
  })
}
