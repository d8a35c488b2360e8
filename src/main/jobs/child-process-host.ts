import { fork, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { StudioError, toStudioError } from '../common/errors'
import { builtEntry } from '../common/project-root'
import { jobEnvironment } from './job-environment'
import type { JobHandle, JobHost, JobListener } from './job-host'
import { PATIENCE, runInProcess, type JobProcess, type Patience } from './job-process'
import type { JobKind, JobSpecs } from './job-spec'

export interface ChildProcessOptions extends Partial<Patience> {
  /** Script that the job process runs; the built `job` entry unless a test brings its own. */
  entry?: string
}

/**
 * Runs each job in a process of its own under plain Node: its crash or lack of memory ends the job, not the program.
 * The job process ends with this one, however this one ends.
 */
export class ChildProcessHost implements JobHost {
  private readonly entry: string
  private readonly patience: Patience

  constructor({ entry = builtEntry('job'), ...patience }: ChildProcessOptions = {}) {
    this.entry = entry
    this.patience = { ...PATIENCE, ...patience }
  }

  start<K extends JobKind>(kind: K, spec: JobSpecs[K], listener: JobListener = {}): JobHandle<K> {
    requireBuilt(this.entry)
    const child = fork(this.entry, [], {
      serialization: 'advanced',
      env: jobEnvironment(spec, process.env),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    return runInProcess(kind, spec, listener, jobProcess(child), this.patience)
  }
}

/** Throws 'missing-runtime' when the program of the job process is not there. */
export function requireBuilt(entry: string): void {
  if (existsSync(entry)) return
  throw new StudioError('missing-runtime', `${entry}: the program of the job process is not built.`, {
    file: entry,
    remedy: 'Run `npm run build` in the folder of DACN Studio.',
  })
}

function jobProcess(child: ChildProcess): JobProcess {
  return {
    output: [child.stderr, child.stdout],
    // a channel that closes meanwhile means that the process has ended, which 'close' reports
    send: (message) => { if (child.connected) child.send(message, () => undefined) },
    kill: (signal) => { child.kill(signal) },
    onMessage: (hear) => { child.on('message', hear) },
    onEnd: (hear) => {
      const killNow = (): void => { child.kill('SIGKILL') }
      process.once('exit', killNow)
      let failure: StudioError | undefined
      child.on('error', (error) => { failure ??= toStudioError(error) })
      child.on('close', (exitCode, signal) => {
        process.removeListener('exit', killNow)
        hear({ exitCode, signal, ...(failure === undefined ? {} : { failure }) })
      })
    },
  }
}
