import { ChildProcessHost } from '../jobs/child-process-host'
import type { JobHost } from '../jobs/job-host'

/** All that the command line touches of the process that it runs in; tests bring their own. */
export interface CliIo {
  /** Results: standard output. */
  out(text: string): void
  /** Everything else: standard error. */
  readonly errorStream: NodeJS.WritableStream
  /** Whether a person watches `errorStream`. */
  readonly isTerminal: boolean
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
  readonly jobs: JobHost
}

/** Exit code that a shell reports for a program ended by Ctrl-C. */
const EXIT_INTERRUPTED = 130

/** The real thing. The first SIGINT or SIGTERM cancels, the second ends the process (and its job processes) at once. */
export function processIo(): CliIo {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED)
    process.stderr.write('\nCancelling; press Ctrl-C again to stop at once.\n')
    controller.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  // `dacn info ... | head` closes our output early: that is no error
  process.stdout.on('error', (error: NodeJS.ErrnoException) => { process.exit(error.code === 'EPIPE' ? 0 : 1) })
  return {
    out: (text) => { process.stdout.write(text) },
    errorStream: process.stderr,
    isTerminal: process.stderr.isTTY,
    signal: controller.signal,
    jobs: new ChildProcessHost(),
  }
}
