import { FIELD, FIELD_BYTES } from './tiff-tags'

/** One tag with its values already little-endian. */
export interface TiffField {
  tag: number
  type: number
  count: number
  data: Buffer
}

export function shortField(tag: number, values: readonly number[]): TiffField {
  const data = Buffer.alloc(values.length * 2)
  values.forEach((value, i) => data.writeUInt16LE(value, i * 2))
  return { tag, type: FIELD.short, count: values.length, data }
}

export function longField(tag: number, values: ArrayLike<number>): TiffField {
  const data = Buffer.alloc(values.length * 4)
  for (let i = 0; i < values.length; i++) data.writeUInt32LE(values[i] as number, i * 4)
  return { tag, type: FIELD.long, count: values.length, data }
}

export function doubleField(tag: number, values: readonly number[]): TiffField {
  const data = Buffer.alloc(values.length * 8)
  values.forEach((value, i) => data.writeDoubleLE(value, i * 8))
  return { tag, type: FIELD.double, count: values.length, data }
}

/** Text, UTF-8 as GDAL has it, ended by a zero byte. */
export function asciiField(tag: number, text: string): TiffField {
  const data = Buffer.from(`${text.replaceAll('\0', '')}\0`, 'utf8')
  return { tag, type: FIELD.ascii, count: data.length, data }
}

/** File positions or byte counts: 8 bytes each in BigTIFF, 4 in classic TIFF. */
export function positionField(tag: number, values: Float64Array, bigTiff: boolean): TiffField {
  if (!bigTiff) return longField(tag, values)
  const data = Buffer.alloc(values.length * 8)
  for (let i = 0; i < values.length; i++) data.writeBigUInt64LE(BigInt(values[i] as number), i * 8)
  return { tag, type: FIELD.long8, count: values.length, data }
}

/** The first bytes of the file; `firstDirectory` 0 while it is being written, so that a part is never taken for a whole. */
export function tiffHeader(bigTiff: boolean, firstDirectory: number): Buffer {
  const header = Buffer.alloc(bigTiff ? 16 : 8)
  header.write('II', 0, 'latin1')
  if (bigTiff) {
    header.writeUInt16LE(43, 2)
    header.writeUInt16LE(8, 4)
    header.writeBigUInt64LE(BigInt(firstDirectory), 8)
  } else {
    header.writeUInt16LE(42, 2)
    header.writeUInt32LE(firstDirectory, 4)
  }
  return header
}

/**
 * Image file directories, chained in the given order, with the values that don't fit into their entries right behind
 * each. `start` is the file position of the first byte (a multiple of 8).
 */
export function serialiseDirectories(directories: readonly TiffField[][], start: number, bigTiff: boolean): Buffer {
  const parts: Buffer[] = []
  let position = start
  directories.forEach((fields, index) => {
    const directory = serialiseDirectory(fields, position, bigTiff, index === directories.length - 1)
    parts.push(directory)
    position += directory.length
  })
  return Buffer.concat(parts)
}

function serialiseDirectory(fields: readonly TiffField[], start: number, bigTiff: boolean, last: boolean): Buffer {
  const sorted = [...fields].sort((p, q) => p.tag - q.tag)
  const countBytes = bigTiff ? 8 : 2
  const entryBytes = bigTiff ? 20 : 12
  const inlineBytes = bigTiff ? 8 : 4
  const nextBytes = bigTiff ? 8 : 4
  const tableBytes = alignTo8(countBytes + sorted.length * entryBytes + nextBytes)
  const outside = sorted.filter(({ data }) => data.length > inlineBytes)
  const total = outside.reduce((sum, { data }) => sum + alignTo8(data.length), tableBytes)
  const out = Buffer.alloc(total)
  const writeNumber = (value: number, at: number) => {
    if (bigTiff) out.writeBigUInt64LE(BigInt(value), at)
    else out.writeUInt32LE(value, at)
  }

  if (bigTiff) out.writeBigUInt64LE(BigInt(sorted.length), 0)
  else out.writeUInt16LE(sorted.length, 0)
  let valuesAt = tableBytes
  sorted.forEach(({ tag, type, count, data }, index) => {
    if (data.length !== count * (FIELD_BYTES[type] ?? 0)) throw new RangeError(`TIFF tag ${tag}: ${count} values do not match ${data.length} bytes`)
    const at = countBytes + index * entryBytes
    out.writeUInt16LE(tag, at)
    out.writeUInt16LE(type, at + 2)
    writeNumber(count, at + 4)
    const valueAt = at + entryBytes - inlineBytes
    if (data.length <= inlineBytes) {
      data.copy(out, valueAt)
    } else {
      writeNumber(start + valuesAt, valueAt)
      data.copy(out, valuesAt)
      valuesAt += alignTo8(data.length)
    }
  })
  writeNumber(last ? 0 : start + total, countBytes + sorted.length * entryBytes)
  return out
}

export function alignTo8(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}
