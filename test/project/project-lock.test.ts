import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { thisProgram } from '../../src/main/project/program-identity'
import { Project } from '../../src/main/project/project'
import { ProjectLock } from '../../src/main/project/project-lock'
import { temporaryFolder } from '../setup/temporary-folder'
import { fakeTrash } from './records'
import { kill, secondProgram, told } from './second-program'

const start = secondProgram('project-lock')
const timing = { heartbeatMs: 20, silentMs: 1000 }
const someone = { token: 'x', pid: 1, host: 'elsewhere', processSpace: '', user: 'mara', startedUtc: '2026-11-24T10:00:00.000Z', lockedUtc: '2026-11-24T11:00:00.000Z' }

function lockOf(holder: object | string, secondsAgo = 0): string {
  const path = join(temporaryFolder(), 'project.lock')
  writeFileSync(path, typeof holder === 'string' ? holder : JSON.stringify(holder))
  age(path, secondsAgo)
  return path
}

function age(path: string, seconds: number): void {
  const then = new Date(Date.now() - seconds * 1000)
  utimesSync(path, then, then)
}

const holderIn = (path: string): { token: string; pid: number } => JSON.parse(readFileSync(path, 'utf8')) as { token: string; pid: number }

describe('the lock of a project', () => {
  it('is there while the project is open and says whose it is', async () => {
    const path = join(temporaryFolder(), 'project.lock')
    const lock = await ProjectLock.take(path, timing)
    expect(holderIn(path)).toMatchObject({ pid: process.pid, host: hostname(), user: thisProgram.user })
    await expect(ProjectLock.take(path, timing)).rejects.toMatchObject({ tag: 'io', file: path, message: `${path}: the project is open in this program.` })
    await lock.assertHeld()
    await lock.release()
    expect(existsSync(path)).toBe(false)
    await (await ProjectLock.take(path, timing)).release()
  })

  it('names another holder, since when, and what to do', async () => {
    const path = lockOf(someone)
    await expect(ProjectLock.take(path, timing)).rejects.toMatchObject({
      message: `${path}: the project is open by mara on elsewhere since 2026-11-24T11:00:00.000Z (process 1).`,
      remedy: expect.stringContaining('Close the project there first') as string,
    })
  })

  it('shows signs of life', async () => {
    const path = join(temporaryFolder(), 'project.lock')
    const lock = await ProjectLock.take(path, timing)
    age(path, 100)
    await vi.waitFor(() => { expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(1000) })
    await lock.release()
  })

  it('is taken from a process number that means this program, but an earlier one', async () => {
    const path = lockOf({ ...someone, ...thisProgram, startedUtc: '2020-01-01T00:00:00.000Z' })
    await (await ProjectLock.take(path, timing)).release()
  })

  it('is taken from a number that another program got after the machine was started anew', async () => {
    const path = lockOf({ ...someone, ...thisProgram, pid: process.ppid }, 20 * 365 * 86_400)
    await (await ProjectLock.take(path, timing)).release()
  })

  it('stays with a silent holder that gives a sign of life while we look', async () => {
    const path = lockOf(someone, 3600)
    const taken = ProjectLock.take(path, { heartbeatMs: 100, silentMs: 1000 })
    await sleep(50)
    age(path, 3599)
    await expect(taken).rejects.toThrow('mara on elsewhere')
  })

  it.each([3600, -3600])('is taken from another machine that stays silent, whatever its clock says (%d s ago)', async (seconds) => {
    const path = lockOf(someone, seconds)
    await (await ProjectLock.take(path, timing)).release()
  })

  it('that can not be read belongs to someone for a minute', async () => {
    const path = lockOf('')
    await expect(ProjectLock.take(path, timing)).rejects.toThrow('open by another program')
    age(path, 3600)
    await (await ProjectLock.take(path, timing)).release()
  })

  it('goes to one of many that try at once', async () => {
    for (const path of [join(temporaryFolder(), 'project.lock'), lockOf(someone, 3600)]) {
      const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => ProjectLock.take(path, timing)))
      const taken = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
      expect(taken).toHaveLength(1)
      await taken[0]?.assertHeld()
      await taken[0]?.release()
    }
  })

  it('does not hinder forever when a takeover was cut off', async () => {
    const path = lockOf(someone, 3600)
    writeFileSync(`${path}.takeover`, '')
    age(`${path}.takeover`, 100)
    await (await ProjectLock.take(path, timing)).release()
    expect(existsSync(`${path}.takeover`)).toBe(false)
  })

  it('is missed by one who lost it, and left to its new holder', async () => {
    const path = join(temporaryFolder(), 'project.lock')
    const lock = await ProjectLock.take(path, { heartbeatMs: 10_000, silentMs: 1000 })
    writeFileSync(path, JSON.stringify(someone))
    await expect(lock.assertHeld()).rejects.toThrow('mara on elsewhere')
    await lock.release()
    expect(holderIn(path).token).toBe('x')
  })

  it('is made again when someone tidied it away', async () => {
    const path = join(temporaryFolder(), 'project.lock')
    const lock = await ProjectLock.take(path, timing)
    rmSync(path)
    await lock.assertHeld()
    expect(holderIn(path).pid).toBe(process.pid)
    await lock.release()
  })

  it('tells that the folder can not be written', async () => {
    await expect(ProjectLock.take('/nowhere/at/all/project.lock', timing)).rejects.toMatchObject({ tag: 'not-found', file: '/nowhere/at/all/project.lock' })
  })
})

describe('two programs', () => {
  it('never have one project open at once', async () => {
    const folder = join(temporaryFolder(), 'p')
    const project = await Project.create(folder, 'P', fakeTrash())
    expect(await told(start(folder))).toContain(`(process ${process.pid})`)
    await project.close()
    const second = start(folder)
    expect(await told(second)).toBe('open')
    await expect(Project.open(folder, fakeTrash())).rejects.toThrow(`(process ${second.pid ?? 0})`)
    second.send('close')
    await new Promise((resolve) => second.once('exit', resolve))
    await (await Project.open(folder, fakeTrash())).close()
  })

  it('follow each other at once when the first is killed, and nothing that was saved is lost', async () => {
    const folder = join(temporaryFolder(), 'p')
    await (await Project.create(folder, 'P', fakeTrash())).close()
    for (let round = 0; round < 4; round++) {
      const second = start(folder, 'change')
      expect(await told(second)).toBe('open')
      let saved = -1
      second.on('message', (count) => { saved = count as number })
      await sleep(80 + 37 * round)
      await kill(second)
      const project = await Project.open(folder, fakeTrash())
      expect(project.notices).toEqual([])
      const count = project.content.scenes.all.length
      // the change that was under way may be there too
      expect([saved + 1, saved + 2]).toContain(count)
      expect(project.content.scenes.all[count - 1]?.name).toBe(`scene ${count - 1}`)
      await project.close()
    }
  })
})
