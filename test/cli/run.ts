import { PassThrough } from 'node:stream'
import type { CliIo } from '../../src/main/cli/cli-io'
import { runCli } from '../../src/main/cli/program'
import type { JobHost } from '../../src/main/jobs/job-host'

export interface CliRun {
  exitCode: number
  out: string
  err: string
  /** Lines of `out` as JSON. */
  lines: Record<string, unknown>[]
}

const noJobs: JobHost = { start: () => { throw new Error('this test starts no job') } }

/** Runs a command line in this process. */
export async function run(args: string[], io: { jobs?: JobHost; signal?: AbortSignal; isTerminal?: boolean } = {}): Promise<CliRun> {
  let out = ''
  const errorStream = new PassThrough()
  const cli: CliIo = {
    out: (text) => { out += text },
    errorStream,
    isTerminal: io.isTerminal ?? false,
    signal: io.signal ?? new AbortController().signal,
    jobs: io.jobs ?? noJobs,
  }
  const exitCode = await runCli(args, cli)
  const err = String(errorStream.read() ?? '')
  const lines = args.includes('--json') ? out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>) : []
  return { exitCode, out, err, lines }
}
