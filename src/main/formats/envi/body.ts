import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { StudioError, toStudioError } from '../../common/errors'
import { throwIfAborted } from '../../common/job-context'

/** Random access to the bytes of the pixels, whether stored plainly or as one gzip stream. */
export interface EnviBody {
  /** Fills `target` from `position` on. Errors: 'truncated', 'malformed' (damaged gzip), 'io', 'cancelled'. */
  read(target: Uint8Array, position: number, signal?: AbortSignal): Promise<void>
  close(): Promise<void>
}

export async function openPlainBody(path: string): Promise<EnviBody> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    throw toStudioError(error, path)
  }
  return {
    read: (target, position, signal) => readFully(handle, path, target, position, signal),
    close: () => handle.close(),
  }
}

async function readFully(handle: FileHandle, path: string, target: Uint8Array, position: number, signal?: AbortSignal): Promise<void> {
  let done = 0
  while (done < target.length) {
    throwIfAborted(signal)
    let bytesRead: number
    try {
      ;({ bytesRead } = await handle.read(target, done, Math.min(target.length - done, 2 ** 30), position + done))
    } catch (error) {
      throw toStudioError(error, path)
    }
    if (bytesRead === 0) throw truncated(path, position + target.length, position + done)
    done += bytesRead
  }
}

export function truncated(path: string, expected: number, actual: number): StudioError {
  return new StudioError('truncated', `${path}: the data file ends too early: ${expected} bytes are needed, ${actual} are there.`, {
    file: path, remedy: 'Copy or download the file again, or correct the sizes in its header.',
  })
}

const MEMORY_LIMIT_BYTES = 256 * 2 ** 20

/** Deflate can't pack more than 1,032 bytes into one. */
const LARGEST_RATIO = 1032

/**
 * The body inside a gzip stream of `compressedBytes`. Nothing is unpacked before the first read; then up to `sizeBytes`
 * bytes go to memory (up to `memoryLimit`) or to an unnamed temporary file that ends with this object. Whatever the stream
 * holds beyond that is not unpacked.
 */
export function openGzipBody(
  path: string, compressedBytes: number, sizeBytes: number, memoryLimit = MEMORY_LIMIT_BYTES,
): EnviBody {
  let unpacked: Promise<EnviBody> | null = null
  const unpack = async (signal?: AbortSignal): Promise<EnviBody> => {
    if (sizeBytes > compressedBytes * LARGEST_RATIO) throw truncated(path, sizeBytes, compressedBytes * LARGEST_RATIO)
    return sizeBytes <= memoryLimit ? unpackToMemory(path, sizeBytes, signal) : unpackToFile(path, sizeBytes, signal)
  }
  return {
    async read(target, position, signal) {
      unpacked ??= unpack(signal)
      let body: EnviBody
      try {
        body = await unpacked
      } catch (error) {
        unpacked = null
        throw error
      }
      await body.read(target, position, signal)
    },
    async close() {
      await (await unpacked?.catch(() => null))?.close()
    },
  }
}

/** Hands out at most `sizeBytes` unpacked bytes; throws 'truncated' when there are fewer. */
async function inflate(
  path: string, sizeBytes: number, signal: AbortSignal | undefined, take: (chunk: Buffer, position: number) => Promise<void> | void,
): Promise<void> {
  const source = createReadStream(path)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  let done = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      throwIfAborted(signal)
      const part = chunk.subarray(0, Math.min(chunk.length, sizeBytes - done))
      await take(part, done)
      done += part.length
      if (done === sizeBytes) return
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') throw truncated(path, sizeBytes, done)
    if (code?.startsWith('Z_') === true) {
      throw new StudioError('malformed', `${path}: the compressed data file is damaged after ${done} of ${sizeBytes} bytes.`, {
        file: path, remedy: 'Copy or download the file again.', cause: error,
      })
    }
    throw toStudioError(error, path)
  } finally {
    source.destroy()
    gunzip.destroy()
  }
  throw truncated(path, sizeBytes, done)
}

async function unpackToMemory(path: string, sizeBytes: number, signal: AbortSignal | undefined): Promise<EnviBody> {
  const bytes = new Uint8Array(sizeBytes)
  await inflate(path, sizeBytes, signal, (chunk, position) => bytes.set(chunk, position))
  return {
    read: (target, position) => {
      target.set(bytes.subarray(position, position + target.length))
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
}

async function unpackToFile(path: string, sizeBytes: number, signal: AbortSignal | undefined): Promise<EnviBody> {
  const folder = await mkdtemp(join(tmpdir(), 'dacn-unpacked-')).catch((error: unknown) => { throw toStudioError(error, tmpdir()) })
  const temporary = join(folder, 'body')
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true }).catch(() => undefined)
  let handle: FileHandle | null = null
  try {
    handle = await open(temporary, 'wx+')
    const opened = handle
    // Without a name it disappears with this process, however that ends; where that is refused, `close` removes it.
    await remove()
    await inflate(path, sizeBytes, signal, async (chunk, position) => {
      await opened.write(chunk, 0, chunk.length, position).catch((error: unknown) => { throw toStudioError(error, temporary) })
    })
    return {
      read: (target, position, readSignal) => readFully(opened, path, target, position, readSignal),
      close: async () => {
        await opened.close()
        await remove()
      },
    }
  } catch (error) {
    await handle?.close()
    await remove()
    throw toStudioError(error, temporary)
  }
}
