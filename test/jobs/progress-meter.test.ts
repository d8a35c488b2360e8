import { describe, expect, it } from 'vitest'
import type { Progress } from '../../src/main/common/job-context'
import { ProgressMeter, type MeterClock } from '../../src/main/jobs/progress-meter'

class FakeClock implements MeterClock {
  private now = 0
  private timers: { at: number; wake: () => void }[] = []

  nowMs(): number {
    return this.now
  }

  wakeAfter(delayMs: number, wake: () => void): () => void {
    const timer = { at: this.now + delayMs, wake }
    this.timers.push(timer)
    return () => { this.timers = this.timers.filter((other) => other !== timer) }
  }

  advance(ms: number): void {
    const end = this.now + ms
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((p, q) => p.at - q.at)[0]
      if (due === undefined) break
      this.timers = this.timers.filter((other) => other !== due)
      this.now = due.at
      due.wake()
    }
    this.now = end
  }
}

function meter(): { clock: FakeClock; meter: ProgressMeter; delivered: (Progress & { atMs: number })[] } {
  const clock = new FakeClock()
  const delivered: (Progress & { atMs: number })[] = []
  return { clock, delivered, meter: new ProgressMeter((progress) => delivered.push({ ...progress, atMs: clock.nowMs() }), clock) }
}

describe('a progress meter', () => {
  it('delivers at most ten reports a second and always the last one', () => {
    const { clock, meter: m, delivered } = meter()
    for (let done = 0; done <= 1000; done++) {
      m.report('work', done, 1000, 'steps')
      if (done < 1000) clock.advance(3)
    }
    clock.advance(1000)
    expect(delivered.at(-1)).toMatchObject({ done: 1000, total: 1000, etaSeconds: 0 })
    const gaps = delivered.slice(1).map(({ atMs }, i) => atMs - (delivered[i]?.atMs ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100)
    expect(delivered.length).toBeGreaterThan(25)
  })

  it('estimates the time left from the rate, and not before it knows one', () => {
    const { clock, meter: m, delivered } = meter()
    m.report('work', 0, 100, 'tiles')
    expect(delivered[0]?.etaSeconds).toBeNull()
    for (let done = 1; done <= 40; done++) {
      clock.advance(500)
      m.report('work', done, 100, 'tiles')
    }
    expect(delivered.at(-1)?.etaSeconds).toBeCloseTo(30, 6)
  })

  it('follows a change of speed', () => {
    const { clock, meter: m, delivered } = meter()
    let done = 0
    for (let i = 0; i < 60; i++) { m.report('work', done++, 1000, 'tiles'); clock.advance(200) }
    for (let i = 0; i < 60; i++) { m.report('work', done++, 1000, 'tiles'); clock.advance(1000) }
    m.report('work', done, 1000, 'tiles')
    const truth = (1000 - done) * 1
    expect(delivered.at(-1)?.etaSeconds).toBeGreaterThan(0.9 * truth)
    expect(delivered.at(-1)?.etaSeconds).toBeLessThan(1.02 * truth)
  })

  it('does not take a resumed start for speed', () => {
    const { clock, meter: m, delivered } = meter()
    m.report('work', 900, 1000, 'steps')
    clock.advance(1000)
    m.report('work', 901, 1000, 'steps')
    expect(delivered.at(-1)?.etaSeconds).toBeCloseTo(99, 6)
  })

  it('leaves a pause out of the rate', () => {
    const { clock, meter: m, delivered } = meter()
    m.report('work', 0, 100, 'steps')
    clock.advance(10_000)
    m.report('work', 10, 100, 'steps')
    clock.advance(3_600_000)
    m.skipTime()
    clock.advance(1000)
    m.report('work', 11, 100, 'steps')
    expect(delivered.at(-1)?.etaSeconds).toBeCloseTo(89, 6)
  })

  it('delivers what it held back when another span begins', () => {
    const { clock, meter: m, delivered } = meter()
    m.report('reading', 1, 2, 'bands')
    clock.advance(10)
    m.report('reading', 2, 2, 'bands')
    clock.advance(10)
    m.report('training', 0, 5, 'steps')
    m.flush()
    expect(delivered.map(({ span, done }) => [span, done])).toEqual([['reading', 1], ['reading', 2], ['training', 0]])
  })

  it('knows no time left where the total is unknown', () => {
    const { clock, meter: m, delivered } = meter()
    m.report('work', 0, 0, 'MB')
    clock.advance(5000)
    m.report('work', 10, 0, 'MB')
    expect(delivered.at(-1)?.etaSeconds).toBeNull()
  })
})
