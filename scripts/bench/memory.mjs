import { readdirSync, readFileSync } from 'node:fs'

const POLL_MS = 200

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // the process has ended, or this is not Linux
    return otherwise
  }
}

/** Ids of the process and of all that it started. @param {number} pid @returns {number[]} */
function processTree(pid) {
  let threads = []
  try {
    threads = readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
  const children = threads.flatMap((thread) => readOr(`/proc/${pid}/task/${thread}/children`, '').split(' ').filter(Boolean).map(Number))
  return [pid, ...children.flatMap(processTree)]
}

/**
 * Watches the processes that `pid` starts: the highest peak of resident memory of one whose command line contains `word`,
 * in MB; NaN where there is no /proc.
 * @param {number} pid @param {string} word
 * @returns {() => number} ends the watch and returns the peak
 */
export function watchPeakMb(pid, word) {
  let peakKb = NaN
  const timer = setInterval(() => {
    for (const id of processTree(pid)) {
      if (!readOr(`/proc/${id}/cmdline`, '').includes(word)) continue
      const high = /^VmHWM:\s+(\d+) kB/m.exec(readOr(`/proc/${id}/status`, ''))
      if (high !== null) peakKb = Math.max(Number.isNaN(peakKb) ? 0 : peakKb, Number(high[1]))
    }
  }, POLL_MS)
  return () => {
    clearInterval(timer)
    return (peakKb * 1024) / 1e6
  }
}
