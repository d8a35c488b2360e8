import type { LogLevel, Progress } from '../common/job-context'
import type { CliIo } from './cli-io'
import type { Reporter } from './reporter'

/** One JSON object a line: {type: 'progress' | 'log' | 'event' | 'result', ...}. */
export class JsonReporter implements Reporter {
  constructor(private readonly io: CliIo) {}

  progress(progress: Progress): void {
    this.write({ type: 'progress', ...progress })
  }

  log(level: LogLevel, message: string): void {
    this.write({ type: 'log', level, message })
  }

  event(kind: string, data: object): void {
    this.write({ type: 'event', kind, ...data })
  }

  result(data: object): void {
    this.write({ type: 'result', ...data })
  }

  close(): void {
    // nothing is on the screen
  }

  private write(line: object): void {
    this.io.out(`${JSON.stringify(line)}\n`)
  }
}
