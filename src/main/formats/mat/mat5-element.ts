import { StudioError } from '../../common/errors'
import type { SampleArray, SampleType } from '../../cube/sample-type'

/**
 * The building blocks of a MATLAB 5 file (The MathWorks, "MAT-File Format", level 5): every element is a tag (type and
 * byte count, 8 bytes; or 4 bytes with up to 4 bytes of data behind it) and its data, padded to 8 bytes.
 */
export const ELEMENT = { int8: 1, int32: 5, uint32: 6, matrix: 14, compressed: 15, utf8: 16 } as const

const STORAGE: Record<number, SampleType> = {
  1: 'int8', 2: 'uint8', 3: 'int16', 4: 'uint16', 5: 'int32', 6: 'uint32', 7: 'float32', 9: 'float64', 12: 'int64', 13: 'uint64',
}

const CLASS_NAMES = [
  '', 'cell', 'struct', 'object', 'char', 'sparse', 'double', 'single',
  'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'function', 'opaque',
]
const FIRST_NUMERIC_CLASS = 6
const LAST_NUMERIC_CLASS = 15
const COMPLEX = 0x08
const LOGICAL = 0x02
const MAX_DIMENSIONS = 32

export interface ElementTag {
  type: number
  sizeBytes: number
  /** Where the data starts in the buffer. */
  dataOffset: number
  /** Where the next element starts, padding included. */
  end: number
}

/** The tag at `offset`; null when the buffer ends before it. */
export function readTag(bytes: Buffer, offset: number, little: boolean): ElementTag | null {
  const word = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  if (offset + 4 > bytes.length) return null
  const first = word(offset)
  if (first >>> 16 !== 0) {
    return { type: first & 0xffff, sizeBytes: first >>> 16, dataOffset: offset + 4, end: offset + 8 }
  }
  if (offset + 8 > bytes.length) return null
  const sizeBytes = word(offset + 4)
  const dataOffset = offset + 8
  return { type: first, sizeBytes, dataOffset, end: dataOffset + Math.ceil(sizeBytes / 8) * 8 }
}

/** What stands before a variable's values. `data` is null for a variable of a class that has none of its own. */
export interface MatrixHead {
  name: string
  dims: number[]
  className: string
  /** Why it can't be a scene; null when it can. */
  unusable: string | null
  data: { sampleType: SampleType; sizeBytes: number; offset: number } | null
}

/**
 * Reads the head of the matrix element whose own tag starts at byte 0 of `bytes`; the values need not be there.
 * Throws 'malformed' when the head contradicts the format.
 */
export function readMatrixHead(bytes: Buffer, little: boolean, file: string): MatrixHead {
  const broken = (what: string): StudioError =>
    new StudioError('malformed', `${file}: a MATLAB variable is damaged: ${what}.`, {
      file, remedy: 'Save the file again in MATLAB (save NAME.mat -v7) or copy it again from its source.',
    })
  const part = (offset: number, what: string): ElementTag => {
    const tag = readTag(bytes, offset, little)
    if (tag === null || tag.dataOffset + tag.sizeBytes > bytes.length) throw broken(`its ${what} runs past its end`)
    return tag
  }
  const integer = (at: number): number => (little ? bytes.readInt32LE(at) : bytes.readInt32BE(at))

  const flags = part(8, 'flags')
  if (flags.type !== ELEMENT.uint32 || flags.sizeBytes !== 8) throw broken('its flags are missing')
  const flagWord = integer(flags.dataOffset)
  const classCode = flagWord & 0xff
  const className = CLASS_NAMES[classCode] ?? `class ${classCode}`

  const size = part(flags.end, 'dimensions')
  const dimensionCount = size.sizeBytes / 4
  if (className === 'opaque' || className === 'function') {
    return { name: '', dims: [], className, unusable: `is a ${className} object`, data: null }
  }
  if (size.type !== ELEMENT.int32 || !Number.isInteger(dimensionCount) || dimensionCount < 2 || dimensionCount > MAX_DIMENSIONS) {
    throw broken('its dimensions are missing or of an impossible number')
  }
  const dims = Array.from({ length: dimensionCount }, (_, i) => integer(size.dataOffset + 4 * i))
  if (dims.some((length) => length < 0)) throw broken('a dimension is negative')

  const label = part(size.end, 'name')
  if (label.type !== ELEMENT.int8 && label.type !== ELEMENT.utf8) throw broken('its name is missing')
  const name = bytes.toString('utf8', label.dataOffset, label.dataOffset + label.sizeBytes)

  if (classCode < FIRST_NUMERIC_CLASS || classCode > LAST_NUMERIC_CLASS) {
    return { name, dims, className, unusable: `is a ${className} array`, data: null }
  }
  if ((flagWord & (COMPLEX << 8)) !== 0) return { name, dims, className, unusable: 'holds complex numbers', data: null }
  if ((flagWord & (LOGICAL << 8)) !== 0) return { name, dims, className, unusable: 'is a logical mask', data: null }
  const values = readTag(bytes, label.end, little)
  if (values === null) throw broken('its values are missing')
  const sampleType = STORAGE[values.type]
  if (sampleType === undefined) throw broken(`its values are stored in an unknown type (${values.type})`)
  return { name, dims, className, unusable: null, data: { sampleType, sizeBytes: values.sizeBytes, offset: values.dataOffset } }
}

/** `bytes` [count * size of type] as numbers. Swaps in place when the file is big-endian; copies only when unaligned. */
export function toSamples(bytes: Buffer, type: SampleType, little: boolean): SampleArray {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer)
  const view = <T>(make: new (buffer: ArrayBufferLike, offset: number, length: number) => T, width: number): T => {
    if (!little && width === 2) aligned.swap16()
    if (!little && width === 4) aligned.swap32()
    if (!little && width === 8) aligned.swap64()
    return new make(aligned.buffer, aligned.byteOffset, aligned.length / width)
  }
  switch (type) {
    case 'int8': return view(Int8Array, 1)
    case 'uint8': return view(Uint8Array, 1)
    case 'int16': return view(Int16Array, 2)
    case 'uint16': return view(Uint16Array, 2)
    case 'int32': return view(Int32Array, 4)
    case 'uint32': return view(Uint32Array, 4)
    case 'float32': return view(Float32Array, 4)
    case 'float64': return view(Float64Array, 8)
    case 'int64': return Float64Array.from(view(BigInt64Array, 8), Number)
    case 'uint64': return Float64Array.from(view(BigUint64Array, 8), Number)
  }
}
