import { performance } from 'node:perf_hooks'

/** What a case costs: seconds of the clock, seconds of all threads of the process, most resident memory in MB (10^6 bytes). */
export interface Cost {
  wallSeconds: number
  cpuSeconds: number
  peakMb: number
}

/** Adds up the cost of what is measured and leaves out what happens between, such as checking a result. */
export class Stopwatch {
  private wallMs = 0
  private cpuMicroseconds = 0

  async run<T>(work: () => T | Promise<T>): Promise<T> {
    const cpu = process.cpuUsage()
    const wall = performance.now()
    const result = await work()
    this.wallMs += performance.now() - wall
    const { user, system } = process.cpuUsage(cpu)
    this.cpuMicroseconds += user + system
    return result
  }

  /** Time so far; the peak is that of the process since its start. */
  get cost(): Cost {
    return { wallSeconds: this.wallMs / 1e3, cpuSeconds: this.cpuMicroseconds / 1e6, peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6 }
  }
}
