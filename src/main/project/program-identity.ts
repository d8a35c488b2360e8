import { readlinkSync } from 'node:fs'
import { hostname, uptime, userInfo } from 'node:os'

/** Who this program is, to tell others who hold a lock. */
export interface ProgramIdentity {
  pid: number
  host: string
  /** Where `pid` counts: a container has process numbers of its own under the host's name; '' where that is unknown. */
  processSpace: string
  user: string
  startedUtc: string
}

export const thisProgram: ProgramIdentity = {
  pid: process.pid,
  host: hostname(),
  processSpace: processSpace(),
  user: userName(),
  startedUtc: new Date(Date.now() - process.uptime() * 1000).toISOString(),
}

/** When this machine was started, ms since 1970. */
export function machineStartMs(): number {
  return Date.now() - uptime() * 1000
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // a user without an entry in the system's list
    return ''
  }
}
