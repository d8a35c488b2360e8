import { StudioError, toStudioError } from '../common/errors'

/**
 * The failures that DACN Studio expects: its own, an abort, and the operating system's (those with a code such as
 * ENOSPC). null for everything else, which is a mistake in the program and is to be reported with its stack.
 */
export function expectedFailure(error: unknown): StudioError | null {
  if (error instanceof StudioError) return error
  if (!(error instanceof Error)) return null
  const { code } = error as NodeJS.ErrnoException
  const fromSystem = typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)
  return error.name === 'AbortError' || fromSystem ? toStudioError(error) : null
}

/** What `signal` or `exitCode` of a job process usually means, for people. */
function describeExit(exitCode: number | null, signal: NodeJS.Signals | null): string {
  if (signal === null) return `with exit code ${exitCode ?? 'unknown'}`
  const meanings: Partial<Record<NodeJS.Signals, string>> = {
    SIGKILL: 'the system ran out of memory, or someone killed it',
    SIGSEGV: 'the TensorFlow library or the graphics driver failed',
    SIGBUS: 'the disk or memory behind a mapped file went away',
    SIGILL: 'this processor lacks an instruction that the TensorFlow library needs',
    SIGABRT: 'the TensorFlow library gave up, often for lack of memory',
    SIGTERM: 'someone asked it to end',
  }
  const meaning = meanings[signal]
  return `by signal ${signal}${meaning === undefined ? '' : ` (usually: ${meaning})`}`
}

/** The 'crashed' error of a job process that ended without an answer. `stderr` holds its last lines, oldest first. */
export function crashError(exitCode: number | null, signal: NodeJS.Signals | null, stderr: readonly string[]): StudioError {
  const tail = stderr.length === 0 ? '' : `\nIts last lines were:\n${stderr.map((line) => `  ${line}`).join('\n')}`
  const short = signal === 'SIGKILL' || signal === 'SIGABRT'
  return new StudioError('crashed', `The job process ended ${describeExit(exitCode, signal)}.${tail}`, {
    remedy: short
      ? 'Close other programs, or use a smaller part of the scene; then continue from the last save.'
      : 'Continue from the last save; `npx dacn doctor` checks the installation.',
  })
}
