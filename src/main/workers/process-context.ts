import { StudioError } from '../common/errors'
import { throwIfAborted, type JobContext, type LogLevel } from '../common/job-context'
import { parseFromJob, type FromJob } from '../jobs/messages'
import { ProgressMeter } from '../jobs/progress-meter'

/** What a job sees of the one who started it: reports become messages, and messages become signal and pauses. */
export class ProcessContext implements JobContext {
  private readonly controller = new AbortController()
  private readonly meter: ProgressMeter
  private stopping = false
  private gate: { opened: Promise<void>; open: () => void } | null = null

  constructor(private readonly post: (message: FromJob) => void) {
    this.meter = new ProgressMeter((progress) => { post({ type: 'progress', progress }) })
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  get stopRequested(): boolean {
    return this.stopping
  }

  progress(span: string, done: number, total: number, unit: string): void {
    this.meter.report(span, done, total, unit)
  }

  log(level: LogLevel, message: string): void {
    this.meter.flush()
    this.post({ type: 'log', level, message })
  }

  /** Throws 'invalid-argument' for an event that `job-event.ts` does not describe. */
  event(kind: string, payload: unknown): void {
    const message = parseFromJob({ type: 'event', event: { kind, payload } })
    this.meter.flush()
    this.post(message)
  }

  async breathe(): Promise<void> {
    // a full turn of the event loop, in which messages arrive
    await new Promise((resolve) => setImmediate(resolve))
    throwIfAborted(this.signal)
    while (this.gate !== null) {
      await this.gate.opened
      throwIfAborted(this.signal)
    }
  }

  pause(): void {
    if (this.gate !== null) return
    this.meter.flush()
    let open: () => void = () => undefined
    const opened = new Promise<void>((resolve) => { open = resolve })
    this.gate = { opened, open }
  }

  resume(): void {
    const gate = this.gate
    this.gate = null
    if (gate === null) return
    this.meter.skipTime()
    gate.open()
  }

  cancel(): void {
    this.controller.abort(new StudioError('cancelled', 'Cancelled.'))
    this.resume()
  }

  stopAndKeep(): void {
    this.stopping = true
    this.resume()
  }

  /** Delivers the last progress before the job's last word. */
  flush(): void {
    this.meter.flush()
  }
}
