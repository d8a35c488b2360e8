import { FIELD, FIELD_BYTES, TAG } from '../../src/main/formats/geotiff/tiff-tags'

/** One tag: its values, or raw bytes for what a sane writer would never write; `count` overrules their number. */
export interface TiffTag {
  tag: number
  type: number
  values: number[] | bigint[] | Uint8Array
  count?: number
}

interface TiffOptions {
  big?: boolean
  bigEndian?: boolean
  /** Bytes of the pixels; `blockOffset` in a tag's values means their place in the file. */
  pixels?: Uint8Array
  /** Where the next directory is; 0 = none. */
  next?: number
}

/** The pixels come right behind the header of either kind. */
export const PIXELS_AT = 16

/** A TIFF file with one directory, put together byte by byte: header, pixels, directory, values. */
export function tiffBytes(tags: readonly TiffTag[], { big = false, bigEndian = false, pixels = new Uint8Array(0), next = 0 }: TiffOptions = {}): Uint8Array {
  const little = !bigEndian
  const sorted = [...tags].sort((p, q) => p.tag - q.tag)
  const directoryAt = PIXELS_AT + pixels.length + (pixels.length % 2)
  const [countBytes, entryBytes, inlineBytes] = big ? [8, 20, 8] : [2, 12, 4]
  let end = directoryAt + countBytes + sorted.length * entryBytes + inlineBytes
  const blobs = sorted.map(({ type, values }) => encode(type, values, little))
  const places = blobs.map((blob) => {
    if (blob.length <= inlineBytes) return null
    const at = end
    end += blob.length
    return at
  })
  const bytes = new Uint8Array(end)
  const view = new DataView(bytes.buffer)
  const offset = (at: number, value: number) => {
    if (big) view.setBigUint64(at, BigInt(value), little)
    else view.setUint32(at, value, little)
  }
  view.setUint16(0, bigEndian ? 0x4d4d : 0x4949)
  view.setUint16(2, big ? 43 : 42, little)
  if (big) view.setUint16(4, 8, little)
  offset(big ? 8 : 4, directoryAt)
  bytes.set(pixels, PIXELS_AT)
  if (big) view.setBigUint64(directoryAt, BigInt(sorted.length), little)
  else view.setUint16(directoryAt, sorted.length, little)
  sorted.forEach(({ tag, type, values, count }, i) => {
    const at = directoryAt + countBytes + i * entryBytes
    view.setUint16(at, tag, little)
    view.setUint16(at + 2, type, little)
    offset(at + 4, count ?? values.length)
    const place = places[i] ?? null
    if (place === null) bytes.set(blobs[i] ?? [], at + (big ? 12 : 8))
    else {
      offset(at + (big ? 12 : 8), place)
      bytes.set(blobs[i] ?? [], place)
    }
  })
  offset(directoryAt + countBytes + sorted.length * entryBytes, next)
  return bytes
}

function encode(type: number, values: TiffTag['values'], little: boolean): Uint8Array {
  if (values instanceof Uint8Array) return values
  const size = FIELD_BYTES[type] ?? 1
  const view = new DataView(new ArrayBuffer(values.length * size))
  values.forEach((value: number | bigint, i: number) => {
    const at = i * size
    if (typeof value === 'bigint') view.setBigUint64(at, value, little)
    else if (type === FIELD.double) view.setFloat64(at, value, little)
    else if (size === 8) view.setBigUint64(at, BigInt(value), little)
    else if (size === 4) view.setUint32(at, value, little)
    else if (size === 2) view.setUint16(at, value, little)
    else view.setUint8(at, value)
  })
  return new Uint8Array(view.buffer)
}

export const short = (tag: number, ...values: number[]): TiffTag => ({ tag, type: FIELD.short, values })
export const long = (tag: number, ...values: number[]): TiffTag => ({ tag, type: FIELD.long, values })
export const text = (tag: number, value: string): TiffTag => ({ tag, type: FIELD.ascii, values: new TextEncoder().encode(`${value}\0`) })

/** The tags of an image of one strip at `PIXELS_AT`; `overrides` replace or add tags, and remove those without values. */
export function imageTags(rows: number, cols: number, bands: number, bits: number, stripBytes: number, overrides: readonly TiffTag[] = []): TiffTag[] {
  const standard = [
    long(TAG.imageWidth, cols), long(TAG.imageLength, rows), short(TAG.bitsPerSample, ...new Array<number>(bands).fill(bits)), short(TAG.compression, 1),
    short(TAG.photometric, 1), long(TAG.stripOffsets, PIXELS_AT), short(TAG.samplesPerPixel, bands), long(TAG.rowsPerStrip, rows),
    long(TAG.stripByteCounts, stripBytes),
  ]
  const replaced = new Set(overrides.map(({ tag }) => tag))
  return [...standard.filter(({ tag }) => !replaced.has(tag)), ...overrides.filter(({ values }) => values.length > 0)]
}
