import { createHash } from 'node:crypto'
import { open, readFile, rm, type FileHandle } from 'node:fs/promises'

/** A block whose tiles are safely on disk. */
export interface JournalBlock {
  /** File position behind the block's last tile. */
  end: number
  /** Bytes of its tiles, in the order in which they stand. */
  byteCounts: number[]
}

/**
 * The list of completed blocks beside a partial file: one line a block, appended and synced after the block itself. Each line
 * carries a checksum, because a power cut may leave half a line. The first line names what is being written; a
 * journal of something else counts as absent.
 */
export class WriteJournal {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private position: number,
  ) {}

  /** Opens or starts the journal; `blocks` are those it holds, of which `keep` decides how many are still true. */
  static async open(
    path: string,
    fingerprint: string,
    keep: (blocks: JournalBlock[]) => Promise<number>,
  ): Promise<{ journal: WriteJournal; blocks: JournalBlock[] }> {
    const lines = validLines(await readFile(path, 'utf8').catch(() => ''))
    const isOurs = lines[0]?.content === fingerprint
    const blocks = isOurs ? lines.slice(1).map(({ content }) => JSON.parse(content) as JournalBlock) : []
    const kept = blocks.length === 0 ? 0 : await keep(blocks)
    const position = isOurs ? (lines[kept] as JournalLine).end : 0
    const handle = await open(path, isOurs ? 'r+' : 'w')
    await handle.truncate(position)
    const journal = new WriteJournal(path, handle, position)
    if (!isOurs) await journal.appendLine(fingerprint)
    return { journal, blocks: blocks.slice(0, kept) }
  }

  async append(block: JournalBlock): Promise<void> {
    await this.appendLine(JSON.stringify(block))
  }

  async close(remove: boolean): Promise<void> {
    await this.handle.close()
    if (remove) await rm(this.path, { force: true })
  }

  private async appendLine(content: string): Promise<void> {
    const bytes = Buffer.from(`${checksum(content)} ${content}\n`)
    await this.handle.write(bytes, 0, bytes.length, this.position)
    await this.handle.datasync()
    this.position += bytes.length
  }
}

interface JournalLine {
  content: string
  /** Byte position behind the line. */
  end: number
}

function validLines(text: string): JournalLine[] {
  const lines: JournalLine[] = []
  let end = 0
  for (const line of text.split('\n').slice(0, -1)) {
    const content = line.slice(17)
    if (line.slice(0, 16) !== checksum(content)) break
    end += Buffer.byteLength(line) + 1
    lines.push({ content, end })
  }
  return lines
}

function checksum(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}
