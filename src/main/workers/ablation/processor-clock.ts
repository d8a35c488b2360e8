/** Counts the seconds that the processor's cores spend on the work given to it: fair where other programs run beside. */
export class ProcessorClock {
  seconds = 0

  run<T>(work: () => T): T {
    const before = process.cpuUsage()
    try {
      return work()
    } finally {
      const { user, system } = process.cpuUsage(before)
      this.seconds += (user + system) / 1e6
    }
  }
}
