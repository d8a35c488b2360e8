import { toStudioError, type StudioError } from '../common/errors'

export interface SaveListener {
  /** Saving failed: everything is kept in memory and tried again. Once a failure, however often it is tried. */
  saveFailed(error: StudioError): void
  /** Saving works again. */
  saveRecovered(): void
}

/** Waiting times between attempts while the disk refuses; the last one goes on. */
const RETRY_MS = [1000, 2000, 5000, 15_000]

/** Saves soon after a change: a burst of changes is one save, saves never overlap, a failed one is tried again. */
export class Autosave {
  private dirty = false
  private timer: NodeJS.Timeout | null = null
  private last: Promise<void> = Promise.resolve()
  private failures = 0
  private stopped = false

  constructor(private readonly save: () => Promise<void>, private readonly listener: SaveListener, private readonly delayMs: number) {}

  /** Something changed. */
  schedule(): void {
    this.dirty = true
    if (this.timer === null) this.arm(this.failures === 0 ? this.delayMs : this.retryMs)
  }

  /** Resolves when all changes so far are on disk; rejects with why they are not (and goes on trying). */
  async flush(): Promise<void> {
    this.disarm()
    // a save that runs may have begun before the latest change
    const attempt = this.last.then(() => this.attempt())
    this.last = attempt.catch(() => undefined)
    await attempt
  }

  /** Ends without saving what is not saved yet; waits for a save that is under way. */
  async stop(): Promise<void> {
    this.stopped = true
    this.disarm()
    await this.last
  }

  private get retryMs(): number {
    return RETRY_MS[Math.min(this.failures, RETRY_MS.length) - 1] ?? this.delayMs
  }

  private arm(delayMs: number): void {
    if (this.stopped) return
    this.timer = setTimeout(() => {
      this.timer = null
      // the listener has heard of a failure
      this.flush().catch(() => undefined)
    }, delayMs)
  }

  private disarm(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private async attempt(): Promise<void> {
    if (!this.dirty || this.stopped) return
    this.dirty = false
    try {
      await this.save()
    } catch (error) {
      this.dirty = true
      this.failures++
      const known = toStudioError(error)
      if (this.failures === 1) this.listener.saveFailed(known)
      this.disarm()
      this.arm(this.retryMs)
      throw known
    }
    if (this.failures > 0) this.listener.saveRecovered()
    this.failures = 0
  }
}
