import type { LogLevel, Progress } from '../common/job-context'
import type { CliIo } from './cli-io'
import { formatDuration } from './format'
import { logPrefix, type Reporter } from './reporter'

const PLAIN_INTERVAL_MS = 5000

/** Lines for a log file: progress every few seconds and at the end of a span. */
export class PlainReporter implements Reporter {
  private lastMs = -Infinity

  constructor(private readonly io: CliIo) {}

  progress({ span, done, total, unit, etaSeconds }: Progress, mayEndEarly = false): void {
    const finished = total > 0 && done >= total
    const now = performance.now()
    if (!finished && now - this.lastMs < PLAIN_INTERVAL_MS) return
    this.lastMs = now
    const share = total > 0 ? ` of ${formatCount(total)} ${unit}, ${Math.floor((100 * done) / total)} %` : ` ${unit}`
    const left = finished || etaSeconds === null ? '' : `, ${mayEndEarly ? 'at most' : 'about'} ${formatDuration(etaSeconds)} left`
    this.write(`${span}: ${formatCount(done)}${share}${left}`)
  }

  log(level: LogLevel, message: string): void {
    this.write(logPrefix(level) + message)
  }

  event(_kind: string, _data: object, text: string): void {
    if (text !== '') this.write(text)
  }

  result(_data: object, text: string): void {
    this.io.out(`${text}\n`)
  }

  close(): void {
    // nothing is on the screen
  }

  private write(line: string): void {
    this.io.errorStream.write(`${line}\n`)
  }
}

function formatCount(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(1)
}
