import { readFile } from 'node:fs/promises'
import { freemem } from 'node:os'

/** Bytes that a new job may take: free memory, and what the system holds as a cache and would give back. */
export async function freeMemoryBytes(): Promise<number> {
  const available = /^MemAvailable:\s*(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8').catch(() => ''))?.[1]
  return available === undefined ? freemem() : Number(available) * 1024
}
