import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readMarker } from './marker.mjs'
import { say } from './report.mjs'

const heartbeatMs = 5_000
const silentElsewhereMs = 60_000
const silentHereMs = 600_000

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * Whether nobody works under this lock any more: its processes on this machine are gone, or it has been silent for
 * long. Silence is what counts for a lock of another machine (shared home), for one that a kill cut off, and when a
 * process number has been used again.
 * @param {string} path
 */
export function isStale(path) {
  const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs
  if (modified === undefined) return false
  const silentForMs = Date.now() - modified
  const holder = readMarker(path)
  if (holder?.host !== hostname() || !Array.isArray(holder.pids)) return silentForMs > silentElsewhereMs
  return !holder.pids.some(isAlive) || silentForMs > silentHereMs
}

/**
 * Does `work` while holding the lock file `path`; waits while another set-up holds it and takes over a stale one.
 * Two waiters may in rare cases take over the same stale lock: the work under it is safe to be done twice at once
 * (each writes to names of its own and renames), the lock saves the double effort.
 * @template T
 * @param {string} path
 * @param {string} purpose for the line that says why we wait
 * @param {(addProcess: (pid: number) => void) => Promise<T>} work gets a function to name a child process that must
 *   end before anybody else may start, should this process be killed and leave it behind
 * @param {{pollMs?: number}} [options]
 * @returns {Promise<T>}
 */
export async function withLock(path, purpose, work, options = {}) {
  mkdirSync(dirname(path), { recursive: true })
  const holder = { token: randomUUID(), host: hostname(), pids: [process.pid] }
  for (let waiting = false; ; ) {
    try {
      writeFileSync(path, JSON.stringify(holder), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isStale(path)) {
      rmSync(path, { force: true })
      continue
    }
    if (!waiting) say(`waiting: another set-up (process ${readMarker(path)?.pids?.[0] ?? 'unknown'}) is busy with ${purpose}`)
    waiting = true
    await sleep(options.pollMs ?? 500)
  }
  const isOurs = () => readMarker(path)?.token === holder.token
  const release = () => {
    if (isOurs()) rmSync(path, { force: true })
  }
  const heartbeat = setInterval(() => {
    if (isOurs()) utimesSync(path, new Date(), new Date())
  }, heartbeatMs)
  heartbeat.unref()
  process.on('exit', release)
  try {
    return await work((pid) => {
      holder.pids.push(pid)
      writeFileSync(path, JSON.stringify(holder))
    })
  } finally {
    clearInterval(heartbeat)
    process.off('exit', release)
    release()
  }
}
