import { SingleBar } from 'cli-progress'
import type { LogLevel, Progress } from '../common/job-context'
import type { CliIo } from './cli-io'
import { formatDuration } from './format'
import { logPrefix, type Reporter } from './reporter'

/** A progress bar on the last line of the terminal; everything else scrolls above it. */
export class BarReporter implements Reporter {
  private bar: SingleBar | null = null
  private span = ''
  private startedMs = 0

  constructor(private readonly io: CliIo) {}

  progress({ span, done, total, unit, etaSeconds }: Progress, mayEndEarly = false): void {
    if (span !== this.span) {
      this.close()
      this.span = span
      this.startedMs = performance.now()
    }
    if (total > 0 && done >= total) {
      this.close()
      this.span = ''
      this.line(`${span}: ${String(total)} ${unit} in ${formatDuration((performance.now() - this.startedMs) / 1000)}`)
      return
    }
    const payload = { span, unit, left: etaSeconds === null ? 'estimating' : `${mayEndEarly ? 'at most ' : ''}${formatDuration(etaSeconds)} left` }
    if (this.bar === null) {
      this.bar = new SingleBar({
        stream: this.io.errorStream,
        format: '{span} [{bar}] {percentage} % | {value} of {total} {unit} | {left}',
        formatValue: (value, _options, type) => (type === 'value' || type === 'total' ? String(Math.round(value * 10) / 10) : String(value)),
        barsize: 24,
        hideCursor: false,
        clearOnComplete: true,
        gracefulExit: false,
        emptyOnZero: true,
      })
      this.bar.start(total, done, payload)
    } else {
      this.bar.setTotal(total)
      this.bar.update(done, payload)
    }
  }

  log(level: LogLevel, message: string): void {
    this.line(logPrefix(level) + message)
  }

  event(_kind: string, _data: object, text: string): void {
    if (text !== '') this.line(text)
  }

  result(_data: object, text: string): void {
    this.close()
    this.io.out(`${text}\n`)
  }

  close(): void {
    this.bar?.stop()
    this.bar = null
  }

  /** The bar goes, and comes back below the line with the next progress. */
  private line(text: string): void {
    this.close()
    this.io.errorStream.write(`${text}\n`)
  }
}
