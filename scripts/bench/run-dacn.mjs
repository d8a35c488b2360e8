import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { watchPeakMb } from './memory.mjs'
import { root } from './process.mjs'

/** Runs a command of `dacn`, its progress on the terminal; the memory is that of its job process. @param {string[]} words @returns {Promise<{wallSeconds: number, peakMb: number}>} */
export function runDacn(words) {
  return new Promise((done, failed) => {
    const started = performance.now()
    const child = spawn(process.execPath, [join(root, 'scripts', 'dacn.mjs'), ...words], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    const peak = watchPeakMb(child.pid, join('out', 'main', 'job.cjs'))
    child.on('error', failed)
    child.on('close', (status) => {
      const cost = { wallSeconds: (performance.now() - started) / 1000, peakMb: peak() }
      if (status === 0) done(cost)
      else failed(new Error(`dacn ${words.join(' ')} ended with status ${status}`))
    })
  })
}
