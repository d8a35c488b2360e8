import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createInflate, constants, inflateSync } from 'node:zlib'
import { StudioError, toStudioError } from '../../common/errors'
import { SAMPLE_TYPES, type SampleArray } from '../../cube/sample-type'
import { ELEMENT, readMatrixHead, readTag, toSamples, type MatrixHead } from './mat5-element'
import { elementCount, MAX_VARIABLES, type MatFile, type MatVariable } from './mat-variable'

const FILE_HEADER_BYTES = 128
const HEAD_BYTES = 4096
/** Deflate can't expand further than this; a variable that claims more is a lie told to make us allocate. */
const MAX_INFLATE_RATIO = 1032

/** One read call of the operating system takes less than 2 GiB. */
const MAX_READ_BYTES = 2 ** 30

/** Where a variable's matrix element lies. `sizeBytes` is that of the element once inflated, its own tag included. */
interface Place {
  compressed: boolean
  start: number
  storedBytes: number
  sizeBytes: number
}

/**
 * Lists the variables of a MATLAB 5 file (the `-v6` and `-v7` formats), either byte order. Reads tags and the first 4 kB
 * of each variable only. Errors: 'truncated', 'malformed', 'io'.
 */
export async function openMat5(path: string, little: boolean): Promise<MatFile> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const file: MatFile = {
      byteOrder: little ? 'little' : 'big', variables: [], skipped: [], notices: [], close: () => handle.close(),
    }
    let position = FILE_HEADER_BYTES
    for (let count = 0; position + 8 <= size; count++) {
      if (count === MAX_VARIABLES) throw malformed(path, `it lists more than ${MAX_VARIABLES} variables`)
      const tag = readTag(await readBytes(handle, position, 8, path), 0, little)
      if (tag === null) break
      if (position + tag.dataOffset + tag.sizeBytes > size) {
        throw new StudioError('truncated', `${path}: the file ends in the middle of a variable (${size} bytes present, at least ${position + tag.dataOffset + tag.sizeBytes} expected).`, {
          file: path, remedy: 'Copy or download the file again.',
        })
      }
      const start = position + tag.dataOffset
      if (tag.type === ELEMENT.compressed) {
        await addVariable(file, handle, path, little, { compressed: true, start, storedBytes: tag.sizeBytes, sizeBytes: 0 })
        position = start + tag.sizeBytes
      } else {
        if (tag.type === ELEMENT.matrix && tag.sizeBytes > 0) {
          const whole = tag.sizeBytes + 8
          await addVariable(file, handle, path, little, { compressed: false, start: position, storedBytes: whole, sizeBytes: whole })
        }
        position += tag.end
      }
    }
    return file
  } catch (error) {
    await handle.close()
    throw toStudioError(error, path)
  }
}

async function addVariable(file: MatFile, handle: FileHandle, path: string, little: boolean, place: Place): Promise<void> {
  const stored = await readBytes(handle, place.start, Math.min(place.storedBytes, HEAD_BYTES), path)
  const bytes = place.compressed ? inflateHead(stored, path) : stored
  const tag = readTag(bytes, 0, little)
  if (tag?.type !== ELEMENT.matrix) {
    if (tag === null) throw malformed(path, 'a compressed variable is empty')
    return
  }
  const sizeBytes = tag.sizeBytes + 8
  if (place.compressed && sizeBytes > place.storedBytes * MAX_INFLATE_RATIO + 64) {
    throw malformed(path, `a variable claims ${sizeBytes} bytes, but its ${place.storedBytes} compressed bytes can't hold that much`)
  }
  const head = readMatrixHead(bytes, little, path)
  if (head.data === null) {
    if (head.name !== '') file.skipped.push({ name: head.name, reason: head.unusable ?? 'has no values' })
    return
  }
  const expected = elementCount(head.dims) * SAMPLE_TYPES[head.data.sampleType].bytes
  if (head.data.sizeBytes !== expected || head.data.offset + head.data.sizeBytes > sizeBytes) {
    throw malformed(path, `the variable "${head.name}" of ${head.dims.join(' x ')} values should take ${expected} bytes, but the file says ${head.data.sizeBytes}`)
  }
  file.variables.push(describe(head, head.data, handle, path, little, { ...place, sizeBytes }))
}

function describe(
  head: MatrixHead, data: NonNullable<MatrixHead['data']>, handle: FileHandle, path: string, little: boolean, place: Place,
): MatVariable {
  const read = async (signal?: AbortSignal): Promise<SampleArray> => {
    try {
      const element = place.compressed
        ? await inflateElement(path, head.name, place, signal)
        : await readBytes(handle, place.start, place.sizeBytes, path)
      return toSamples(element.subarray(data.offset, data.offset + data.sizeBytes), data.sampleType, little)
    } catch (error) {
      throw toStudioError(error, path)
    }
  }
  return { name: head.name, dims: head.dims, matlabClass: head.className, sampleType: data.sampleType, read }
}

function inflateHead(stored: Buffer, path: string): Buffer {
  try {
    return inflateSync(stored, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    throw malformed(path, 'a compressed variable is damaged', error)
  }
}

/** Inflates one variable as a stream into memory of exactly the size that its tag gave; more or less is an error. */
async function inflateElement(path: string, name: string, place: Place, signal: AbortSignal | undefined): Promise<Buffer> {
  const element = Buffer.from(new ArrayBuffer(place.sizeBytes))
  let filled = 0
  const source = createReadStream(path, { start: place.start, end: place.start + place.storedBytes - 1, highWaterMark: 1 << 20 })
  let tooLong = false
  const collect = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      tooLong = filled + chunk.length > element.length
      if (tooLong) return
      filled += chunk.copy(element, filled)
    }
  }
  try {
    await pipeline(source, createInflate({ chunkSize: 1 << 18 }), collect, signal === undefined ? {} : { signal })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_') === true) throw malformed(path, `the compressed values of "${name}" are damaged`, error)
    // leaving the stream early makes the pipeline report an abort of its own
    if (!tooLong) throw error
  }
  if (tooLong || filled < element.length) {
    throw malformed(path, `the variable "${name}" inflates to ${tooLong ? 'more' : 'less'} than the ${element.length} bytes that it declares`)
  }
  return element
}

async function readBytes(handle: FileHandle, position: number, length: number, path: string): Promise<Buffer> {
  const bytes = Buffer.from(new ArrayBuffer(length))
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await handle.read(bytes, filled, Math.min(length - filled, MAX_READ_BYTES), position + filled)
    if (bytesRead === 0) throw new StudioError('truncated', `${path}: the file became shorter while it was read.`, { file: path, remedy: 'Open it again.' })
    filled += bytesRead
  }
  return bytes
}

function malformed(path: string, what: string, cause?: unknown): StudioError {
  return new StudioError('malformed', `${path}: not a valid MATLAB file: ${what}.`, {
    file: path, remedy: 'Save the file again in MATLAB (save NAME.mat -v7) or copy it again from its source.', cause,
  })
}
