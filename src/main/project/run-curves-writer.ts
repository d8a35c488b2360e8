import { open, type FileHandle } from 'node:fs/promises'
import { toStudioError, type StudioError } from '../common/errors'
import { toJsonText } from './json-text'
import { curveEntries, type RunCurves } from './run-curves'

const FLUSH_MS = 1000
const LINE_FEED = 10

/**
 * Appends to the file of a run's curves, once a second. Whatever a crash leaves is readable: whole lines, perhaps a torn last
 * one. When the disk refuses, the entries are kept in memory and written at the same place later.
 */
export class RunCurvesWriter {
  private pending: string[] = []
  private readonly timer: NodeJS.Timeout
  private last: Promise<void> = Promise.resolve()
  private failing = false

  /** @param sizeBytes whole lines in the file */
  private constructor(private readonly path: string, private readonly handle: FileHandle, private sizeBytes: number, private readonly failed: (error: StudioError) => void) {
    this.timer = setInterval(() => { this.flush().catch(() => undefined) }, FLUSH_MS)
    this.timer.unref()
  }

  /**
   * Opens the file, or makes it; a torn last line is cut off. Throws 'io'.
   * @param failed hears once that the disk refuses, until it works again
   */
  static async open(path: string, failed: (error: StudioError) => void): Promise<RunCurvesWriter> {
    let handle: FileHandle | null = null
    try {
      // 'a' makes the file without emptying it, but would write at its end only
      await (await open(path, 'a')).close()
      handle = await open(path, 'r+')
      const size = await wholeLines(handle)
      await handle.truncate(size)
      return new RunCurvesWriter(path, handle, size, failed)
    } catch (error) {
      await handle?.close()
      throw toStudioError(error, path)
    }
  }

  append(added: RunCurves): void {
    for (const entry of curveEntries(added)) this.pending.push(toJsonText(entry))
  }

  /** Writes what was appended so far. Throws 'io'; nothing is lost then. */
  async flush(): Promise<void> {
    const attempt = this.last.then(() => this.write())
    this.last = attempt.catch(() => undefined)
    await attempt
  }

  /** Writes the rest and makes it durable. Throws 'io' when that fails; the file is closed nevertheless. */
  async close(): Promise<void> {
    clearInterval(this.timer)
    try {
      await this.flush()
      await this.handle.sync()
    } catch (error) {
      throw toStudioError(error, this.path)
    } finally {
      await this.handle.close()
    }
  }

  private async write(): Promise<void> {
    const lines = this.pending.length
    if (lines === 0) return
    const bytes = Buffer.from(this.pending.join('\n') + '\n')
    try {
      for (let done = 0; done < bytes.length;) {
        done += (await this.handle.write(bytes, done, bytes.length - done, this.sizeBytes + done)).bytesWritten
      }
    } catch (error) {
      const known = toStudioError(error, this.path)
      if (!this.failing) this.failed(known)
      this.failing = true
      throw known
    }
    this.failing = false
    this.sizeBytes += bytes.length
    this.pending.splice(0, lines)
  }
}

/** Length of the file up to its last line feed. */
async function wholeLines(handle: FileHandle): Promise<number> {
  const piece = Buffer.alloc(65_536)
  for (let end = (await handle.stat()).size; end > 0;) {
    const start = Math.max(0, end - piece.length)
    const { bytesRead } = await handle.read(piece, 0, end - start, start)
    const found = piece.subarray(0, bytesRead).lastIndexOf(LINE_FEED)
    if (found >= 0) return start + found + 1
    end = start
  }
  return 0
}
