import { constants } from 'node:os'
import { app, utilityProcess, type Details, type UtilityProcess } from 'electron'
import { builtEntry } from '../common/project-root'
import { requireBuilt } from '../jobs/child-process-host'
import { jobEnvironment } from '../jobs/job-environment'
import type { JobHandle, JobHost, JobListener } from '../jobs/job-host'
import { PATIENCE, runInProcess, type JobProcess } from '../jobs/job-process'
import type { JobKind, JobSpecs } from '../jobs/job-spec'
import { LEAVE } from '../jobs/messages'

/** The last output of a process may arrive a little after the word of its end. */
const LAST_OUTPUT_MS = 100

/**
 * Runs each job in a utility process of Electron: the twin of `ChildProcessHost`. The job process ends with the
 * application, however that ends.
 */
export class UtilityProcessHost implements JobHost {
  private started = 0

  start<K extends JobKind>(kind: K, spec: JobSpecs[K], listener: JobListener = {}): JobHandle<K> {
    const entry = builtEntry('job')
    requireBuilt(entry)
    // a name of its own tells its end from the others'
    const serviceName = `DACN Studio job ${++this.started} (${kind})`
    const child = utilityProcess.fork(entry, [], {
      env: definedOnly(jobEnvironment(spec, process.env)),
      stdio: ['ignore', 'pipe', 'pipe'],
      serviceName,
    })
    return runInProcess(kind, spec, listener, jobProcess(child, serviceName), PATIENCE)
  }
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function jobProcess(child: UtilityProcess, serviceName: string): JobProcess {
  let ended = false
  return {
    output: [child.stderr, child.stdout],
    send: (message) => { if (!ended) child.postMessage(message) },
    kill: (signal) => {
      if (signal === 'SIGKILL' && child.pid !== undefined) process.kill(child.pid, signal)
      else child.kill()
    },
    onMessage: (hear) => {
      child.on('message', (message: unknown) => {
        hear(message)
        if (!ended && isLastWord(message)) child.postMessage(LEAVE)
      })
    },
    onEnd: (hear) => {
      let gone: Details | null = null
      const hearGone = (_event: unknown, details: Details): void => { if (details.name === serviceName) gone = details }
      app.on('child-process-gone', hearGone)
      child.once('exit', (exitCode) => {
        ended = true
        setTimeout(() => {
          app.removeListener('child-process-gone', hearGone)
          const signal = signalOf(gone)
          hear({ exitCode: signal === null ? (gone?.exitCode ?? exitCode) : null, signal })
        }, LAST_OUTPUT_MS)
      })
    },
  }
}

function isLastWord(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && (message.type === 'done' || message.type === 'failed')
}

/** Outside Windows the exit code of a process that was killed or crashed is the number of its signal. */
function signalOf(gone: Details | null): NodeJS.Signals | null {
  if (gone === null || process.platform === 'win32' || !['killed', 'crashed', 'oom'].includes(gone.reason)) return null
  const found = Object.entries(constants.signals).find(([, number]) => number === gone.exitCode)
  return (found?.[0] ?? null) as NodeJS.Signals | null
}
