import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { toStudioError } from '../../common/errors'

const PIECE_BYTES = 1 << 20

/** SHA-256 of a file's content in hexadecimal, read piece by piece. Errors: 'io', 'not-found', 'cancelled'. */
export async function hashFile(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES, signal })) hash.update(piece as Buffer)
  } catch (error) {
    throw toStudioError(error, file)
  }
  return hash.digest('hex')
}
