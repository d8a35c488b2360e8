import type { LogLevel, Progress } from '../common/job-context'

/** How a command speaks: with people on a terminal, with people through a log, or with a program. */
export interface Reporter {
  /** `mayEndEarly`: the work ends once it gains nothing, so the time left is the longest. */
  progress(progress: Progress, mayEndEarly?: boolean): void
  log(level: LogLevel, message: string): void
  /** A happening: `text` for people, `data` for programs. An empty text is not shown. */
  event(kind: string, data: object, text: string): void
  /** The command's answer, on standard output. */
  result(data: object, text: string): void
  /** Takes the progress bar away. Safe to call twice. */
  close(): void
}

export function logPrefix(level: LogLevel): string {
  return level === 'info' ? '' : `${level}: `
}
