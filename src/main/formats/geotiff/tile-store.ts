import { open, rm, stat, type FileHandle } from 'node:fs/promises'
import { tiffHeader } from './ifd-layout'
import { WriteJournal, type JournalBlock } from './write-journal'

/**
 * The growing `.part` file: bytes are only ever appended, except for the header, which is completed last. With a journal
 * it can be left and found again up to the last complete block.
 */
export class TileStore {
  private constructor(
    private readonly handle: FileHandle,
    private readonly journal: WriteJournal | null,
    readonly partPath: string,
    /** Blocks that an earlier writer completed. */
    readonly resumed: readonly JournalBlock[],
    /** Where the next byte goes. */
    private end: number,
  ) {}

  /** `fingerprint` null writes without a journal, from the start. */
  static async open(path: string, bigTiff: boolean, fingerprint: string | null): Promise<TileStore> {
    const partPath = `${path}.part`
    const journalPath = `${partPath}.journal`
    if (fingerprint === null) {
      await rm(journalPath, { force: true })
      return TileStore.start(partPath, bigTiff, null)
    }
    const { journal, blocks } = await WriteJournal.open(journalPath, fingerprint, async (candidates) => {
      const size = await stat(partPath).then((s) => s.size, () => 0)
      return candidates.filter((block) => block.end <= size).length
    })
    const last = blocks.at(-1)
    if (last !== undefined) {
      const handle = await open(partPath, 'r+')
      await handle.truncate(last.end)
      return new TileStore(handle, journal, partPath, blocks, last.end)
    }
    return TileStore.start(partPath, bigTiff, journal)
  }

  private static async start(partPath: string, bigTiff: boolean, journal: WriteJournal | null): Promise<TileStore> {
    const store = new TileStore(await open(partPath, 'w+'), journal, partPath, [], 0)
    try {
      await store.append(tiffHeader(bigTiff, 0))
    } catch (error) {
      await store.abandon(false)
      throw error
    }
    return store
  }

  get position(): number {
    return this.end
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.writeAt(bytes, this.end)
    this.end += bytes.length
  }

  async read(position: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let done = 0
    while (done < length) {
      const { bytesRead } = await this.handle.read(bytes, done, length - done, position + done)
      if (bytesRead === 0) throw new Error(`${this.partPath} was cut short by someone else`)
      done += bytesRead
    }
    return bytes
  }

  /** Makes a block final: its bytes reach the disk before the journal speaks of them. */
  async commit(byteCounts: number[]): Promise<void> {
    if (this.journal === null) return
    await this.handle.datasync()
    await this.journal.append({ end: this.end, byteCounts })
  }

  /** Points the header to the first directory and syncs. */
  async complete(bigTiff: boolean, firstDirectory: number): Promise<void> {
    await this.writeAt(tiffHeader(bigTiff, firstDirectory), 0)
    await this.handle.sync()
    await this.handle.close()
  }

  async removeJournal(): Promise<void> {
    await this.journal?.close(true)
  }

  /** Closes an unfinished file. */
  async abandon(keep: boolean): Promise<void> {
    await this.handle.close()
    await this.journal?.close(!keep)
    if (!keep) await rm(this.partPath, { force: true })
  }

  private async writeAt(bytes: Uint8Array, position: number): Promise<void> {
    let done = 0
    while (done < bytes.length) {
      const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, position + done)
      done += bytesWritten
    }
  }
}
