import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, it, vi } from 'vitest'
import { setupScript } from './setup-scripts'
import { temporaryFolder } from './temporary-folder'

const { isStale, withLock } = await setupScript('lock.mjs')

// the steps announce themselves there
beforeEach(() => { vi.spyOn(process.stderr, 'write').mockReturnValue(true) })

/** The number of a process that has just ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'close')
  return child.pid ?? 0
}

const age = (path: string, seconds: number) => { utimesSync(path, new Date(Date.now() - seconds * 1000), new Date(Date.now() - seconds * 1000)) }

it('lets one work at a time and goes away afterwards, also after a failure', async () => {
  const path = join(temporaryFolder(), 'sub', 'a.lock')
  let inside = 0
  let most = 0
  await Promise.all([1, 2, 3].map(() => withLock(path, 'a test', async () => {
    most = Math.max(most, ++inside)
    await sleep(20)
    inside--
  }, { pollMs: 5 })))
  expect(most).toBe(1)
  await expect(withLock(path, 'a test', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(existsSync(path)).toBe(false)
})

it('takes over the lock of a process that was killed', async () => {
  const path = join(temporaryFolder(), 'a.lock')
  writeFileSync(path, JSON.stringify({ token: 'x', host: hostname(), pids: [await endedProcess()] }))
  expect(isStale(path)).toBe(true)
  expect(await withLock(path, 'a test', () => Promise.resolve('done'))).toBe('done')
})

it('waits for the child that a killed set-up left behind', async () => {
  const path = join(temporaryFolder(), 'a.lock')
  writeFileSync(path, JSON.stringify({ token: 'x', host: hostname(), pids: [await endedProcess(), process.pid] }))
  expect(isStale(path)).toBe(false)
})

it('names its child processes in the file while it is held', async () => {
  const path = join(temporaryFolder(), 'a.lock')
  await withLock(path, 'a test', (addProcess) => {
    addProcess(4242)
    expect((JSON.parse(readFileSync(path, 'utf8')) as { pids: number[] }).pids).toEqual([process.pid, 4242])
    return Promise.resolve()
  })
})

it('judges another machine\'s lock, and a file cut off, by their silence', () => {
  const path = join(temporaryFolder(), 'a.lock')
  for (const content of [JSON.stringify({ token: 'x', host: 'another', pids: [1] }), '{"tok']) {
    writeFileSync(path, content)
    expect(isStale(path)).toBe(false)
    age(path, 61)
    expect(isStale(path)).toBe(true)
  }
})

it('does not believe a process number for ever: it may have been used again', () => {
  const path = join(temporaryFolder(), 'a.lock')
  writeFileSync(path, JSON.stringify({ token: 'x', host: hostname(), pids: [process.pid] }))
  age(path, 120)
  expect(isStale(path)).toBe(false)
  age(path, 601)
  expect(isStale(path)).toBe(true)
})
