import { open, readFile, rm, truncate, type FileHandle } from 'node:fs/promises'

/** Blocks are synced and recorded together once in this time: a killed run repeats no more than that. */
const RECORD_INTERVAL_MS = 1000

/**
 * How many blocks of a partial file are on disk: after a line that names what is written, one line `blocks N` whenever the
 * pixels were synced. A journal of something else, or a damaged one, counts as empty.
 */
export class BlockJournal {
  private recorded: number
  private pending: number
  private lastRecordMs = Date.now()
  private handle: FileHandle | null = null

  private constructor(
    private readonly path: string, private readonly fingerprint: string | null, found: number, private validBytes: number,
  ) {
    this.recorded = found
    this.pending = found
  }

  /** `fingerprint` null: no journal is kept. */
  static async open(path: string, fingerprint: string | null, blockCount: number): Promise<BlockJournal> {
    const [first, ...lines] = (fingerprint === null ? '' : await readFile(path, 'utf8').catch(() => '')).split('\n')
    let found = 0
    let validBytes = 0
    // The last line is complete only when a line end follows, so the part behind the last line end never counts.
    if (fingerprint !== null && first === fingerprint && lines.length > 0) {
      validBytes = first.length + 1
      for (const line of lines.slice(0, -1)) {
        const count = Number(/^blocks (\d{1,15})$/.exec(line)?.[1] ?? NaN)
        if (!(count >= found && count <= blockCount)) break
        found = count
        validBytes += line.length + 1
      }
    }
    return new BlockJournal(path, fingerprint, found, validBytes)
  }

  get blocksDone(): number {
    return this.recorded
  }

  /** Forgets what was found. */
  async restart(): Promise<void> {
    this.recorded = 0
    this.pending = 0
    this.validBytes = 0
    await rm(this.path, { force: true })
  }

  /** Notes that `count` blocks are written; `sync` is called first when it is time to put that on disk. */
  async record(count: number, sync: () => Promise<void>): Promise<void> {
    this.pending = count
    if (Date.now() - this.lastRecordMs >= RECORD_INTERVAL_MS) await this.flush(sync)
  }

  async flush(sync: () => Promise<void>): Promise<void> {
    if (this.fingerprint === null || this.pending === this.recorded) return
    await sync()
    this.handle ??= await this.openAtEnd(this.fingerprint)
    await this.handle.writeFile(`blocks ${this.pending}\n`)
    await this.handle.datasync()
    this.recorded = this.pending
    this.lastRecordMs = Date.now()
  }

  private async openAtEnd(fingerprint: string): Promise<FileHandle> {
    // What an interrupted run left behind its last whole line goes away.
    if (this.validBytes > 0) await truncate(this.path, this.validBytes)
    const handle = await open(this.path, this.validBytes > 0 ? 'a' : 'w')
    if (this.validBytes === 0) await handle.writeFile(`${fingerprint}\n`)
    return handle
  }

  async close(remove: boolean): Promise<void> {
    await this.handle?.close()
    this.handle = null
    if (remove) await rm(this.path, { force: true })
  }
}
