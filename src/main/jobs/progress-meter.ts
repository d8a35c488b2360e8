import type { Progress } from '../common/job-context'

const MIN_INTERVAL_MS = 100
/** Rates are averaged over about this long, so that an estimate follows a change of speed but not every hiccup. */
const MEMORY_MS = 15_000
const MIN_OBSERVED_MS = 500

interface SpanRate {
  lastDone: number
  lastMs: number
  /** Exponentially forgotten sums of work and of the time it took; their quotient is the rate. */
  work: number
  timeMs: number
}

/** Monotonic clock and timer; tests bring their own. */
export interface MeterClock {
  nowMs(): number
  /** Calls `wake` after `delayMs` and returns the way to prevent it. */
  wakeAfter(delayMs: number, wake: () => void): () => void
}

const systemClock: MeterClock = {
  nowMs: () => performance.now(),
  wakeAfter: (delayMs, wake) => {
    const timer = setTimeout(wake, delayMs).unref()
    return () => { clearTimeout(timer) }
  },
}

/**
 * Turns frequent reports into at most ten a second, with the time left by the span's recent rate. What was held back is
 * delivered when its time comes, when another span begins, and by `flush`, so the last report always arrives.
 */
export class ProgressMeter {
  private readonly rates = new Map<string, SpanRate>()
  private pending: Progress | null = null
  private lastDeliveryMs = -Infinity
  private cancelWake: (() => void) | null = null

  constructor(private readonly deliver: (progress: Progress) => void, private readonly clock: MeterClock = systemClock) {}

  report(span: string, done: number, total: number, unit: string): void {
    const now = this.clock.nowMs()
    if (this.pending !== null && this.pending.span !== span) this.flush()
    this.pending = { span, done, total, unit, etaSeconds: this.timeLeft(span, done, total, now) }
    const wait = this.lastDeliveryMs + MIN_INTERVAL_MS - now
    if (wait <= 0) this.flush()
    else this.cancelWake ??= this.clock.wakeAfter(wait, () => { this.flush() })
  }

  /** Delivers what is held back. */
  flush(): void {
    this.cancelWake?.()
    this.cancelWake = null
    if (this.pending === null) return
    const progress = this.pending
    this.pending = null
    this.lastDeliveryMs = this.clock.nowMs()
    this.deliver(progress)
  }

  /** Leaves the time since the last report out of all rates: the job was paused. */
  skipTime(): void {
    const now = this.clock.nowMs()
    for (const rate of this.rates.values()) rate.lastMs = now
  }

  private timeLeft(span: string, done: number, total: number, now: number): number | null {
    const rate = this.rates.get(span)
    if (rate === undefined || done < rate.lastDone) {
      // the first report says where a resumed job stands, not how fast it is
      this.rates.set(span, { lastDone: done, lastMs: now, work: 0, timeMs: 0 })
      return null
    }
    const elapsed = now - rate.lastMs
    if (elapsed > 0) {
      const kept = Math.exp(-elapsed / MEMORY_MS)
      rate.work = rate.work * kept + (done - rate.lastDone)
      rate.timeMs = rate.timeMs * kept + elapsed
      rate.lastDone = done
      rate.lastMs = now
    }
    if (total <= 0 || rate.work <= 0 || rate.timeMs < MIN_OBSERVED_MS) return null
    return (Math.max(0, total - done) * rate.timeMs) / rate.work / 1000
  }
}
