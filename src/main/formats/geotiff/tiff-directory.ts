import { FIELD, FIELD_BYTES } from './tiff-tags'
import type { TiffSource } from './tiff-source'

/** One tag of a directory; its values stay in the file until they are asked for. */
interface TiffEntry {
  type: number
  count: number
  position: number
}

const MAX_ENTRIES = 4096
const MAX_DIRECTORIES = 1024
const MAX_SMALL_VALUE_BYTES = 1 << 20

/**
 * One image file directory (IFD). Every accessor checks, before it allocates, that the values lie inside the file and
 * are as many as the caller can use. Errors: 'malformed', 'truncated' (values past the end), 'too-large'.
 */
export class TiffDirectory {
  constructor(
    private readonly source: TiffSource,
    private readonly littleEndian: boolean,
    private readonly entries: ReadonlyMap<number, TiffEntry>,
  ) {}

  has(tag: number): boolean {
    return this.entries.has(tag)
  }

  count(tag: number): number {
    return this.entries.get(tag)?.count ?? 0
  }

  /** All values of a numeric tag as doubles; null when the tag is absent. */
  async numbers(tag: number, maxBytes = MAX_SMALL_VALUE_BYTES): Promise<Float64Array | null> {
    const entry = this.entries.get(tag)
    if (entry === undefined) return null
    const bytes = await this.valueBytes(tag, entry, maxBytes)
    const view = new DataView(bytes.buffer)
    const size = FIELD_BYTES[entry.type] as number
    const values = new Float64Array(entry.count)
    for (let i = 0; i < entry.count; i++) values[i] = this.number(view, i * size, entry.type, tag)
    return values
  }

  /** The first value of a tag that holds whole, non-negative numbers; `fallback` when the tag is absent. */
  async integer(tag: number, fallback: number): Promise<number> {
    const value = (await this.numbers(tag))?.[0]
    if (value === undefined) return fallback
    if (!Number.isSafeInteger(value) || value < 0) throw this.source.problem('malformed', `tag ${tag} holds ${value} instead of a whole number`)
    return value
  }

  /** The text of an ASCII tag without its closing zeros; UTF-8, or Latin-1 where it is not valid UTF-8. */
  async text(tag: number, maxBytes = MAX_SMALL_VALUE_BYTES): Promise<string | null> {
    const entry = this.entries.get(tag)
    if (entry === undefined) return null
    let bytes = await this.valueBytes(tag, entry, maxBytes)
    while (bytes.at(-1) === 0) bytes = bytes.subarray(0, -1)
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      return new TextDecoder('latin1').decode(bytes)
    }
  }

  async bytes(tag: number, maxBytes = MAX_SMALL_VALUE_BYTES): Promise<Uint8Array | null> {
    const entry = this.entries.get(tag)
    return entry === undefined ? null : this.valueBytes(tag, entry, maxBytes)
  }

  private async valueBytes(tag: number, entry: TiffEntry, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const length = entry.count * (FIELD_BYTES[entry.type] as number)
    if (entry.position + length > this.source.sizeBytes) {
      throw this.source.problem('truncated', `tag ${tag} announces ${entry.count} values, which reach past the end of the file`)
    }
    if (length > maxBytes) {
      throw this.source.problem('too-large', `tag ${tag} holds ${length} bytes; at most ${maxBytes} are accepted`,
        'Rewrite it without its metadata: `gdal_translate -co PROFILE=GeoTIFF IN.tif OUT.tif`.')
    }
    return this.source.read(entry.position, length)
  }

  private number(view: DataView, at: number, type: number, tag: number): number {
    const little = this.littleEndian
    switch (type) {
      case FIELD.byte:
      case FIELD.undefined: return view.getUint8(at)
      case FIELD.sbyte: return view.getInt8(at)
      case FIELD.short: return view.getUint16(at, little)
      case FIELD.sshort: return view.getInt16(at, little)
      case FIELD.long:
      case FIELD.ifd: return view.getUint32(at, little)
      case FIELD.slong: return view.getInt32(at, little)
      case FIELD.rational: return view.getUint32(at, little) / view.getUint32(at + 4, little)
      case FIELD.srational: return view.getInt32(at, little) / view.getInt32(at + 4, little)
      case FIELD.float: return view.getFloat32(at, little)
      case FIELD.double: return view.getFloat64(at, little)
      case FIELD.long8:
      case FIELD.ifd8: return Number(view.getBigUint64(at, little))
      case FIELD.slong8: return Number(view.getBigInt64(at, little))
      default: throw this.source.problem('malformed', `tag ${tag} is of field type ${type} where a number is expected`)
    }
  }
}

interface TiffStructure {
  byteOrder: 'little' | 'big'
  /** In file order, at least one. */
  directories: TiffDirectory[]
}

/**
 * Reads the file header and the chain of directories, not their values. Positions are compared as BigInt, so no
 * 64-bit number of a BigTIFF can wrap. Errors: 'malformed' (not a TIFF, a directory past the end, a chain that turns
 * back on itself), 'truncated', 'io'. Cost: one read of a few KB a directory.
 */
export async function readTiffStructure(source: TiffSource): Promise<TiffStructure> {
  if (source.sizeBytes < 8) throw source.problem('malformed', `it is not a TIFF file (${source.sizeBytes} bytes)`, 'Choose a GeoTIFF or ENVI file.')
  const head = new DataView((await source.read(0, Math.min(16, source.sizeBytes))).buffer)
  const order = head.getUint16(0)
  const littleEndian = order === 0x4949
  const version = head.getUint16(2, littleEndian)
  if ((order !== 0x4949 && order !== 0x4d4d) || (version !== 42 && version !== 43)) {
    throw source.problem('malformed', 'it is not a TIFF file', 'Choose a GeoTIFF or ENVI file.')
  }
  const big = version === 43
  if (big) {
    if (head.byteLength < 16) throw source.problem('truncated', 'the BigTIFF header is incomplete')
    const offsetSize = head.getUint16(4, littleEndian)
    if (offsetSize !== 8 || head.getUint16(6, littleEndian) !== 0) {
      throw source.problem('malformed', `it is a BigTIFF with offsets of ${offsetSize} bytes; only 8 bytes are defined`)
    }
  }
  const directories: TiffDirectory[] = []
  const visited = new Set<bigint>()
  let next = big ? head.getBigUint64(8, littleEndian) : BigInt(head.getUint32(4, littleEndian))
  while (next !== 0n) {
    if (visited.has(next)) throw source.problem('malformed', 'its list of images turns back on itself')
    if (visited.size === MAX_DIRECTORIES) {
      throw source.problem('too-large', `it holds more than ${MAX_DIRECTORIES} images`,
        'Extract the scene with `gdal_translate GTIFF_DIR:1:IN.tif OUT.tif`.')
    }
    visited.add(next)
    const read = await readDirectory(source, next, big, littleEndian)
    directories.push(new TiffDirectory(source, littleEndian, read.entries))
    next = read.next
  }
  if (directories.length === 0) throw source.problem('malformed', 'it holds no image')
  return { byteOrder: littleEndian ? 'little' : 'big', directories }
}

async function readDirectory(
  source: TiffSource, start: bigint, big: boolean, littleEndian: boolean,
): Promise<{ entries: Map<number, TiffEntry>; next: bigint }> {
  const size = BigInt(source.sizeBytes)
  const countBytes = big ? 8 : 2
  const entryBytes = big ? 20 : 12
  const inlineBytes = big ? 8 : 4
  if (start + BigInt(countBytes) > size) {
    throw source.problem('truncated', `an image directory should be at byte ${start}, but the file ends at ${size}`)
  }
  const position = Number(start)
  const countView = new DataView((await source.read(position, countBytes)).buffer)
  const announced = big ? countView.getBigUint64(0, littleEndian) : BigInt(countView.getUint16(0, littleEndian))
  if (announced === 0n || announced > BigInt(MAX_ENTRIES)) {
    throw source.problem('malformed', `the image directory at byte ${start} announces ${announced} tags`)
  }
  const count = Number(announced)
  const view = new DataView((await source.read(position + countBytes, count * entryBytes + inlineBytes)).buffer)
  const entries = new Map<number, TiffEntry>()
  for (let i = 0; i < count; i++) {
    const at = i * entryBytes
    const tag = view.getUint16(at, littleEndian)
    const type = view.getUint16(at + 2, littleEndian)
    const valueBytes = FIELD_BYTES[type]
    // readers must pass over field types that they don't know; of a repeated tag the first counts
    if (valueBytes === undefined || entries.has(tag)) continue
    const values = big ? view.getBigUint64(at + 4, littleEndian) : BigInt(view.getUint32(at + 4, littleEndian))
    const inline = position + countBytes + at + (big ? 12 : 8)
    const fits = values * BigInt(valueBytes) <= BigInt(inlineBytes)
    const target = big ? view.getBigUint64(at + 12, littleEndian) : BigInt(view.getUint32(at + 8, littleEndian))
    // values beyond 2^53 are past the end of any file: the accessors refuse them
    entries.set(tag, { type, count: Number(values), position: fits ? inline : Number(target) })
  }
  const tail = count * entryBytes
  return { entries, next: big ? view.getBigUint64(tail, littleEndian) : BigInt(view.getUint32(tail, littleEndian)) }
}
