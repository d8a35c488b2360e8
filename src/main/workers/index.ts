import { setPriority } from 'node:os'
import { NICE_VARIABLE } from '../jobs/job-environment'
import { jobHandlers } from './job-handlers'
import { portToParent } from './parent-port'
import { serveJob } from './serve-job'

/**
 * Entry of the job process: one process, one job. The parent sends the job's description, hears progress and the
 * result, and may pause or cancel between (see jobs/messages.ts).
 */
function main(): void {
  const port = portToParent()
  if (port === null) {
    console.error('This program runs jobs for DACN Studio and is started by it: use `npx dacn` instead.')
    process.exitCode = 2
    return
  }
  // Ctrl-C in a terminal reaches the whole process group; the parent decides what it means
  process.on('SIGINT', () => undefined)
  stepBack()
  serveJob(port, jobHandlers)
}

/** Lets interactive programs go first; some systems don't allow it, which does not matter. */
function stepBack(): void {
  const nice = Number(process.env[NICE_VARIABLE] ?? 0)
  try {
    if (nice !== 0) setPriority(nice)
  } catch {
    // goes on with the priority that it has
  }
}

main()
