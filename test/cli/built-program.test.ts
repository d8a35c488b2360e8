import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { builtEntry } from '../../src/main/common/project-root'

/** Children of a process, from the kernel; empty once it is gone. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter((part) => part !== '').map(Number)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** `dacn doctor` once its job process trains. */
async function startDoctor(): Promise<{ cli: ChildProcess; job: number; ended: Promise<number | NodeJS.Signals | null> }> {
  const cli = spawn(process.execPath, [builtEntry('cli'), 'doctor', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => cli.on('close', (code, signal) => { resolve(code ?? signal) }))
  const training = new Promise<void>((resolve, reject) => {
    cli.stdout?.setEncoding('utf8').on('data', (text: string) => { if (text.includes('"span":"self-test"')) resolve() })
    void ended.then(() => { reject(new Error('dacn doctor ended before its job began')) })
  })
  await training
  const [job] = await childrenOf(cli.pid as number)
  return { cli, job: job as number, ended }
}

const onLinux = process.platform === 'linux'

describe.skipIf(!onLinux)('the built program and its job process', () => {
  it('trains in a process of its own', async () => {
    const { job, ended } = await startDoctor()
    expect(isAlive(job)).toBe(true)
    expect(await ended).toBe(0)
    expect(isAlive(job)).toBe(false)
  })

  it('Ctrl-C cancels cleanly, with code 130', async () => {
    const { cli, job, ended } = await startDoctor()
    // a terminal sends it to both
    process.kill(job, 'SIGINT')
    cli.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(isAlive(job)).toBe(false)
  })

  it('a second Ctrl-C ends even a job that does not answer', async () => {
    const { cli, job, ended } = await startDoctor()
    process.kill(job, 'SIGSTOP')
    cli.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 200))
    cli.kill('SIGINT')
    expect(await ended).toBe(130)
    await expect.poll(() => isAlive(job), { timeout: 10_000 }).toBe(false)
  })

  it('survives the crash of its job process and tells it', async () => {
    const { job, ended } = await startDoctor()
    process.kill(job, 'SIGKILL')
    // doctor counts it among what is missing
    expect(await ended).toBe(8)
  })

  it('a job process ends itself when its parent is killed', async () => {
    const { cli, job, ended } = await startDoctor()
    cli.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    await expect.poll(() => isAlive(job), { timeout: 10_000 }).toBe(false)
  })
})
