import { randomUUID } from 'node:crypto'
import { open, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { writeFileAtomic } from '../common/atomic-file'
import { StudioError, toStudioError } from '../common/errors'
import { isAlive, machineStartMs, thisProgram } from './program-identity'

const holderSchema = z.object({
  /** Of this one lock. */
  token: z.string(),
  pid: z.int().positive(),
  host: z.string(),
  processSpace: z.string(),
  user: z.string(),
  startedUtc: z.string(),
  lockedUtc: z.string(),
})
type Holder = z.infer<typeof holderSchema>

/** A lock file as it was found. `holder` null = not readable (another program is just writing it, or a power cut). */
interface FoundLock {
  holder: Holder | null
  /** Last sign of life. */
  modifiedMs: number
}

export interface LockTiming {
  /** How often the holder gives a sign of life. */
  heartbeatMs: number
  /** Silence after which a holder is doubted that can't be looked up. */
  silentMs: number
}

const TIMING: LockTiming = { heartbeatMs: 5000, silentMs: 60_000 }

/** A takeover takes milliseconds; one this old was cut off. */
const TAKEOVER_MS = 30_000

/**
 * Keeps a second program from writing the same project: a file that is made exclusively, names its holder, and is touched
 * every few seconds. A holder that is gone loses it: its process ended, its machine was started anew, or (another machine) it
 * was silent for a minute and stays so while we watch, because clocks differ.
 */
export class ProjectLock {
  private readonly heartbeat: NodeJS.Timeout
  private lastBeat: Promise<void> = Promise.resolve()

  private constructor(private readonly path: string, private readonly holder: Holder, timing: LockTiming) {
    this.heartbeat = setInterval(() => { this.lastBeat = this.lastBeat.then(() => this.beat()) }, timing.heartbeatMs)
    this.heartbeat.unref()
  }

  /** Throws 'io' naming the holder, or as the system refuses to make the file. */
  static async take(path: string, timing: LockTiming = TIMING): Promise<ProjectLock> {
    const { pid, host, processSpace, user, startedUtc } = thisProgram
    const holder: Holder = { token: randomUUID(), pid, host, processSpace, user, startedUtc, lockedUtc: new Date().toISOString() }
    // the second round is for a lock that went away while we looked
    for (let round = 0; round < 3; round++) {
      if (await create(path, holder)) return new ProjectLock(path, holder, timing)
      const found = await find(path)
      if (found === null) continue
      if (!await isAbandoned(path, found, timing)) throw heldBy(path, found.holder)
      if (await takeOver(path, found, holder)) return new ProjectLock(path, holder, timing)
    }
    throw heldBy(path, (await find(path))?.holder ?? null)
  }

  /** Before each save: throws 'io' when another program took the project over (this one slept for long). */
  async assertHeld(): Promise<void> {
    const found = await find(this.path)
    // someone tidied the file away
    if (found === null && await create(this.path, this.holder)) return
    if (found?.holder?.token !== this.holder.token) {
      throw heldBy(this.path, (found ?? await find(this.path))?.holder ?? null)
    }
  }

  async release(): Promise<void> {
    clearInterval(this.heartbeat)
    await this.lastBeat
    const found = await find(this.path).catch(() => null)
    if (found?.holder?.token === this.holder.token) await rm(this.path, { force: true })
  }

  private async beat(): Promise<void> {
    try {
      await this.assertHeld()
      const now = new Date()
      await utimes(this.path, now, now)
    } catch {
      // the next save tells the user
    }
  }
}

/** @returns whether there was none yet */
async function create(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder, null, 2) + '\n', { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw toStudioError(error, path)
  }
}

async function find(path: string): Promise<FoundLock | null> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    return { holder: readHolder(text), modifiedMs: mtimeMs }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw toStudioError(error, path)
  }
}

function readHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

async function isAbandoned(path: string, { holder, modifiedMs }: FoundLock, timing: LockTiming): Promise<boolean> {
  if (holder?.host === thisProgram.host && holder.processSpace === thisProgram.processSpace) {
    if (holder.pid === thisProgram.pid) return holder.startedUtc !== thisProgram.startedUtc
    if (!isAlive(holder.pid)) return true
    // the number belongs to another program since the machine was started
    if (modifiedMs < machineStartMs() - timing.silentMs) return true
  }
  if (Math.abs(Date.now() - modifiedMs) <= timing.silentMs) return false
  await sleep(timing.heartbeatMs * 1.5)
  const later = await find(path)
  return later !== null && later.modifiedMs === modifiedMs
}

/** Replaces an abandoned lock; of several programs that try at once, one. @returns false when it was not the same lock any more */
async function takeOver(path: string, abandoned: FoundLock, holder: Holder): Promise<boolean> {
  const guard = `${path}.takeover`
  try {
    await (await open(guard, 'wx')).close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw toStudioError(error, guard)
    const age = Date.now() - ((await stat(guard).catch(() => null))?.mtimeMs ?? Date.now())
    if (Math.abs(age) > TAKEOVER_MS) await rm(guard, { force: true })
    return false
  }
  try {
    const found = await find(path)
    if (found?.holder?.token !== abandoned.holder?.token || found?.modifiedMs !== abandoned.modifiedMs) return false
    await writeFileAtomic(path, JSON.stringify(holder, null, 2) + '\n')
    return true
  } finally {
    await rm(guard, { force: true })
  }
}

function heldBy(path: string, holder: Holder | null): StudioError {
  const who = holder === null
    ? 'by another program'
    : holder.pid === thisProgram.pid && holder.startedUtc === thisProgram.startedUtc
      ? 'in this program'
      : `by ${holder.user === '' ? 'someone' : holder.user} on ${holder.host} since ${holder.lockedUtc} (process ${holder.pid})`
  return new StudioError('io', `${path}: the project is open ${who}.`, {
    file: path,
    remedy: 'Close the project there first. If that program was killed, wait a minute and try again.',
  })
}
