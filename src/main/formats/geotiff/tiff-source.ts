import { open, type FileHandle } from 'node:fs/promises'
import { resolve } from 'node:path'
import { StudioError, toStudioError, type ErrorTag } from '../../common/errors'

const REMEDIES: Partial<Record<ErrorTag, string>> = {
  truncated: 'The file is incomplete: copy or download it again.',
  malformed: 'The file is damaged or was written wrongly: get it again, or rewrite it with `gdal_translate IN.tif OUT.tif`.',
  unsupported: 'Convert it with `gdal_translate -co COMPRESS=DEFLATE -co TILED=YES IN.tif OUT.tif` and open the result.',
  'too-large': 'Rewrite it in smaller blocks with `gdal_translate -co TILED=YES -co BLOCKXSIZE=256 -co BLOCKYSIZE=256 IN.tif OUT.tif`.',
}

/** An open file that is read by position, and whose failures name it. */
export class TiffSource {
  private constructor(
    readonly path: string,
    readonly sizeBytes: number,
    private readonly handle: FileHandle,
  ) {}

  /** Errors: 'not-found', 'io'. */
  static async open(path: string): Promise<TiffSource> {
    const absolute = resolve(path)
    let handle: FileHandle | undefined
    try {
      handle = await open(absolute, 'r')
      const facts = await handle.stat()
      if (!facts.isFile()) {
        throw new StudioError('io', `${absolute}: this is not a file`, { file: absolute, remedy: 'Choose a GeoTIFF file.' })
      }
      return new TiffSource(absolute, facts.size, handle)
    } catch (error) {
      await handle?.close()
      throw toStudioError(error, absolute)
    }
  }

  /** `length` bytes from `position`, in memory of their own. Errors: 'truncated' (past the end of the file), 'io'. */
  async read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (position + length > this.sizeBytes) {
      throw this.problem('truncated', `bytes ${position} to ${position + length} are needed, but the file ends at ${this.sizeBytes}`)
    }
    const bytes = new Uint8Array(length)
    try {
      // one system call moves at most 2 GiB
      for (let done = 0; done < length;) {
        const { bytesRead } = await this.handle.read(bytes, done, Math.min(length - done, 1 << 30), position + done)
        if (bytesRead === 0) throw this.problem('truncated', `the file became shorter while it was read (at byte ${position + done})`)
        done += bytesRead
      }
    } catch (error) {
      throw toStudioError(error, this.path)
    }
    return bytes
  }

  async close(): Promise<void> {
    await this.handle.close()
  }

  /** The error that says `what` is wrong with this file. */
  problem(tag: ErrorTag, what: string, remedy?: string, cause?: unknown): StudioError {
    const advice = remedy ?? REMEDIES[tag]
    return new StudioError(tag, `${this.path}: ${what}.`, {
      file: this.path,
      ...(advice === undefined ? {} : { remedy: advice }),
      ...(cause === undefined ? {} : { cause }),
    })
  }
}
