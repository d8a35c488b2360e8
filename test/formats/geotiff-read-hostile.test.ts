import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { Random } from '../../src/main/common/random'
import { allBands } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { openGeoTiff } from '../../src/main/formats/geotiff/reader'
import { COMPRESSION, FIELD, TAG } from '../../src/main/formats/geotiff/tiff-tags'
import { imageTags, long, PIXELS_AT, short, text, tiffBytes, type TiffTag } from './tiff-bytes'

const folder = mkdtempSync(join(tmpdir(), 'geotiff-hostile-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

let made = 0
function file(bytes: Uint8Array): string {
  const path = join(folder, `${made++}.tif`)
  writeFileSync(path, bytes)
  return path
}

/** Opens and reads all; the error, which must name the file and a remedy, leave it untouched, and come soon and cheap. */
async function refusal(bytes: Uint8Array): Promise<{ tag: string; message: string }> {
  const path = file(bytes)
  const before = createHash('sha256').update(readFileSync(path)).digest('hex')
  const start = performance.now()
  const memory = process.memoryUsage().rss
  let error: unknown = null
  try {
    const reader = await openGeoTiff(path)
    try {
      await reader.readSamples(wholeWindow(reader.header), allBands(reader.header))
    } finally {
      await reader.close()
    }
  } catch (caught) {
    error = caught
  }
  expect(performance.now() - start).toBeLessThan(10_000)
  expect(process.memoryUsage().rss - memory).toBeLessThan(300e6)
  expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(before)
  if (!(error instanceof StudioError)) throw new Error(`not refused, but: ${String(error)}`)
  expect(error.file).toBe(path)
  expect(error.message).toContain(path)
  expect(error.remedy ?? '').toMatch(/\w+ \w+/)
  return error
}

const raw = new Uint8Array(24).fill(1)
/** 2 rows, 3 columns, 4 bands of uint8. */
const image = (overrides: TiffTag[] = [], options = {}) => tiffBytes(imageTags(2, 3, 4, 8, 24, overrides), { pixels: raw, ...options })
const patched = (bytes: Uint8Array, at: number, ...values: number[]) => {
  const copy = bytes.slice()
  copy.set(values, at)
  return copy
}
const directoryAt = PIXELS_AT + raw.length
const compressed = (code: number, pixels: Uint8Array, overrides: TiffTag[] = []) =>
  tiffBytes(imageTags(2, 3, 4, 8, pixels.length, [short(TAG.compression, code), ...overrides]), { pixels })

describe('hostile and broken TIFF files', () => {
  it('the file they are made from is fine', async () => {
    for (const bytes of [image(), image([], { big: true }), image([], { bigEndian: true })]) {
      const reader = await openGeoTiff(file(bytes))
      expect(await reader.readSamples(wholeWindow(reader.header), [0, 3])).toEqual(new Uint8Array(12).fill(1))
      expect(reader.header.notices).toEqual([])
      await reader.close()
    }
  })

  const structure: [string, string, string, Uint8Array][] = [
    ['an empty file', 'malformed', '0 bytes', new Uint8Array(0)],
    ['a text file', 'malformed', 'not a TIFF', new TextEncoder().encode('ENVI\nsamples = 3\nlines = 2\n')],
    ['a header alone', 'malformed', 'no image', new Uint8Array([0x49, 0x49, 42, 0, 0, 0, 0, 0])],
    ['a directory past the end', 'truncated', 'directory should be at byte 2147483647', patched(image(), 4, 0xff, 0xff, 0xff, 0x7f)],
    ['a BigTIFF directory beyond 2^63', 'truncated', 'directory should be at byte 18446744073709551615', patched(image([], { big: true }), 8, 255, 255, 255, 255, 255, 255, 255, 255)],
    ['BigTIFF with offsets of 4 bytes', 'malformed', 'offsets of 4 bytes', patched(image([], { big: true }), 4, 4)],
    ['a directory that follows itself', 'malformed', 'turns back', image([], { next: directoryAt })],
    ['a directory of 65,535 tags', 'malformed', '65535 tags', patched(image(), directoryAt, 0xff, 0xff)],
    ['a directory of 2^60 tags', 'malformed', '1152921504606846976 tags', patched(image([], { big: true }), directoryAt, 0, 0, 0, 0, 0, 0, 0, 16)],
    ['a directory cut short', 'truncated', 'file ends at 70', image().slice(0, directoryAt + 30)],
    ['only a mask', 'malformed', 'only overviews or masks', image([long(TAG.newSubfileType, 4)])],
    ['a width that is text', 'malformed', 'field type 2', image([text(TAG.imageWidth, '3')])],
    ['a width of 0', 'malformed', '0 columns', image([long(TAG.imageWidth, 0)])],
    ['a size of 2^32 - 1 squared', 'malformed', '4294967295 rows', image([long(TAG.imageWidth, 0xffffffff), long(TAG.imageLength, 0xffffffff)])],
    ['a width of 2^64 - 1', 'malformed', 'whole number', image([{ tag: TAG.imageWidth, type: FIELD.long8, values: [2n ** 64n - 1n] }], { big: true })],
    ['65,535 bands in 24 bytes', 'malformed', 'too few for the 393210', image([short(TAG.samplesPerPixel, 65535), short(TAG.bitsPerSample, 8)])],
    ['fewer bit depths than bands', 'malformed', '2 values for 4 bands', image([short(TAG.bitsPerSample, 8, 8)])],
    ['mixed bit depths', 'unsupported', 'different bit depths', image([short(TAG.bitsPerSample, 8, 8, 16, 8)])],
    ['mixed sample formats', 'unsupported', 'different sample formats', image([short(TAG.sampleFormat, 1, 2, 1, 1)])],
    ['a bit depth of 65,535', 'unsupported', '65535 bits', image([short(TAG.bitsPerSample, 65535)])],
    ['a sample format of 99', 'unsupported', 'format 99', image([short(TAG.sampleFormat, 99)])],
    ['a planar configuration of 7', 'malformed', 'configuration is 7', image([short(TAG.planarConfiguration, 7)])],
    ['an unknown codec', 'unsupported', 'code 12345', image([short(TAG.compression, 12345)])],
    ['rows per strip of 0', 'malformed', '0 x 3 pixels', image([long(TAG.rowsPerStrip, 0)])],
    ['a tile width of 0', 'malformed', '16 x 0 pixels', image([long(TAG.tileWidth, 0), long(TAG.tileLength, 16), long(TAG.tileOffsets, 16), long(TAG.tileByteCounts, 24)])],
    ['2^30 tiles for one pixel', 'malformed', 'asks for 1 tiles', image([
      long(TAG.tileWidth, 16), long(TAG.tileLength, 16), { ...long(TAG.tileOffsets, 16, 16), count: 2 ** 30 }, { ...long(TAG.tileByteCounts, 24, 24), count: 2 ** 30 },
    ])],
    ['2^26 tiles that the size asks for', 'too-large', '67108864 tiles', image([
      long(TAG.imageWidth, 2 ** 13), long(TAG.imageLength, 2 ** 13), long(TAG.tileWidth, 1), long(TAG.tileLength, 1),
      { ...long(TAG.tileOffsets, 16, 16), count: 2 ** 26 }, { ...long(TAG.tileByteCounts, 24, 24), count: 2 ** 26 },
    ])],
    ['a tag of 4 billion values', 'truncated', '4000000000 values', image([{ ...short(TAG.bitsPerSample, 8, 8, 8, 8), count: 4e9 }])],
    ['coordinate keys of 4 billion values', 'truncated', 'tag 34735 announces', image([{ ...short(TAG.geoKeyDirectory, 1, 1, 0, 1), count: 4e9 }])],
    ['more strips than the size asks for', 'malformed', 'asks for 1 strips', image([long(TAG.stripOffsets, 16, 16)])],
    ['fewer strips than the size asks for', 'malformed', 'asks for 2 strips', image([long(TAG.rowsPerStrip, 1)])],
    ['as many offsets, but another number of lengths', 'malformed', 'lengths of 2', image([long(TAG.stripByteCounts, 12, 12)])],
    ['a strip of 2 GiB in a small file', 'truncated', 'end at byte 2147483664', image([long(TAG.stripByteCounts, 2 ** 31)])],
    ['a strip past the end', 'truncated', 'end at byte 1000024', image([long(TAG.stripOffsets, 1e6)])],
    ['a strip beyond 2^63', 'truncated', 'end at byte 1844', image([{ tag: TAG.stripOffsets, type: FIELD.long8, values: [2n ** 64n - 8n] }], { big: true })],
    ['a strip shorter than its pixels', 'malformed', 'too few for the 24 bytes', image([long(TAG.stripByteCounts, 23)])],
    ['a strip inside the header', 'malformed', 'inside the file', image([long(TAG.stripOffsets, 4)])],
    ['a strip at byte 0 / 0', 'malformed', 'begins at byte NaN', image([{ tag: TAG.stripOffsets, type: FIELD.rational, values: new Uint8Array(8), count: 1 }])],
    ['a strip of -1 bytes', 'malformed', 'is -1 bytes long', image([{ tag: TAG.stripByteCounts, type: FIELD.slong, values: [0xffffffff] }])],
    ['no strips at all', 'malformed', 'lists 0', image([long(TAG.stripOffsets)])],
    ['a truncated body', 'truncated', 'file ends at 36', patched(image(), 0).slice(0, directoryAt - 4)],
    ['100 bytes that should unpack to 10 GB', 'too-large', 'hold 10000000000 bytes', compressed(COMPRESSION.deflate, new Uint8Array(100), [long(TAG.imageWidth, 50000), long(TAG.imageLength, 50000), long(TAG.rowsPerStrip, 50000)])],
    ['100 bytes that should unpack to 400 MB', 'malformed', 'too few for the 400000000', compressed(COMPRESSION.deflate, new Uint8Array(100), [long(TAG.imageWidth, 10000), long(TAG.imageLength, 10000), long(TAG.rowsPerStrip, 10000)])],
    ['entities in the metadata', 'malformed', 'entities', image([text(TAG.gdalMetadata, '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><GDALMetadata><Item name="x">&c;</Item></GDALMetadata>')])],
    ['50 MB of metadata', 'too-large', '42112 holds 50000052', image([text(TAG.gdalMetadata, `<GDALMetadata><Item name="x">${'a'.repeat(50e6)}</Item></GDALMetadata>`)])],
    ['4 MB of nodata text', 'too-large', '42113 holds 4000001', image([text(TAG.gdalNodata, '9'.repeat(4e6))])],
  ]
  it.each(structure)('%s: %s, %s', async (_, tag, reason, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ tag, message: expect.stringContaining(reason) as string })
  })

  it('a chain of 5,000 directories', async () => {
    const one = image()
    const many = new Uint8Array(one.length + 5000 * 18)
    many.set(one)
    const view = new DataView(many.buffer)
    view.setUint32(directoryAt + 2 + 9 * 12, one.length, true)
    for (let i = 0; i < 5000; i++) {
      const at = one.length + i * 18
      view.setUint16(at, 1, true)
      many.set(new Uint8Array(one.buffer, directoryAt + 2, 12), at + 2)
      view.setUint32(at + 14, at + 18, true)
    }
    expect(await refusal(many)).toMatchObject({ tag: 'too-large' })
  })

  it.each([
    ['Deflate', COMPRESSION.deflate, 'more than 24 bytes', deflateSync(new Uint8Array(200e6), { level: 9 })],
    ['Deflate in its old code', COMPRESSION.oldDeflate, 'more than 24 bytes', deflateSync(new Uint8Array(200e6), { level: 9 })],
    ['ZSTD without a size', COMPRESSION.zstd, 'more than 24 bytes', zstdBomb(null)],
    ['ZSTD that announces 2^60 bytes', COMPRESSION.zstd, 'announces 1152921504606846976 bytes', zstdBomb(2n ** 60n)],
    ['JPEG of 65,500 x 65,500', COMPRESSION.jpeg, '65500 x 65500', jpegFrame(65500, 65500)],
  ])('a bomb: %s', async (_, code, reason, pixels) => {
    expect(await refusal(compressed(code, pixels))).toMatchObject({ tag: 'malformed', message: expect.stringContaining(reason) as string })
  })

  it.each([
    ['PackBits', COMPRESSION.packBits, new Uint8Array(1e6).map((_, i) => (i % 2 === 0 ? 0x81 : 5))],
    ['LZW', COMPRESSION.lzw, lzwCodes([256, 5, ...Array.from({ length: 250 }, (_, i) => 258 + i)])],
  ])('a bomb that stops when the block is full: %s', async (_, code, pixels) => {
    const reader = await openGeoTiff(file(compressed(code, pixels)))
    expect(await reader.readSamples(wholeWindow(reader.header), [0])).toEqual(new Uint8Array(6).fill(5))
    await reader.close()
  })

  it.each([
    ['Deflate', COMPRESSION.deflate, new Uint8Array(30).fill(7)],
    ['Deflate cut short', COMPRESSION.deflate, deflateSync(Uint8Array.from({ length: 24 }, (_, i) => i * 37)).subarray(0, 20)],
    ['Deflate with too few bytes', COMPRESSION.deflate, deflateSync(new Uint8Array(23))],
    ['LZW with a code that is not there', COMPRESSION.lzw, lzwCodes([256, 5, 300])],
    ['LZW of the old style', COMPRESSION.lzw, new Uint8Array([0, 1, 2, 3, 4])],
    ['PackBits with too few bytes', COMPRESSION.packBits, new Uint8Array([0xfe, 1])],
    ['ZSTD', COMPRESSION.zstd, new Uint8Array(30).fill(7)],
    ['JPEG', COMPRESSION.jpeg, new Uint8Array(30).fill(7)],
    ['JPEG of the right size without a picture', COMPRESSION.jpeg, jpegFrame(2, 3)],
  ])('damaged pixels: %s', async (_, code, pixels) => {
    expect(await refusal(compressed(code, pixels))).toMatchObject({ tag: 'malformed', message: expect.stringContaining('block 1 of 1') as string })
  })

  it.each([['nan', 8], ['1e20', 8], ['-1', 8], ['256', 8], ['1.5', 8], ['0x10', 8], ['nothing', 8]])('nodata %s in uint8 is left out with a notice', async (value) => {
    const reader = await openGeoTiff(file(image([text(TAG.gdalNodata, value)])))
    await reader.close()
    expect(reader.header.nodata).toEqual([null, null, null, null])
    expect(reader.header.notices.map(({ code }) => code)).toEqual(['nodata-ignored'])
  })

  it.each([['nan', NaN], ['-NaN', NaN], ['inf', Infinity], ['1e20', 1e20], [' -3.4028235e+38 ', -3.4028235e38]])('nodata %s in float32 counts', async (value, expected) => {
    const reader = await openGeoTiff(file(tiffBytes(imageTags(1, 1, 1, 32, 4, [short(TAG.sampleFormat, 3), text(TAG.gdalNodata, value)]), { pixels: new Uint8Array(4) })))
    await reader.close()
    expect(reader.header.nodata).toEqual([expected])
    expect(reader.header.notices).toEqual([])
  })

  it.each([
    ['metadata that is not XML', 'metadata-ignored', text(TAG.gdalMetadata, '<GDALMetadata><Item name="x">')],
    ['metadata nested a million deep', 'metadata-ignored', text(TAG.gdalMetadata, '<a>'.repeat(1e6))],
    ['items of bands that do not exist', 'band-items-ignored', text(TAG.gdalMetadata, '<GDALMetadata><Item name="wavelength" sample="9">1</Item></GDALMetadata>')],
    ['coordinate keys outside their table', 'geo-keys-damaged', short(TAG.geoKeyDirectory, 1, 1, 0, 2, 1024, 0, 1, 1, 3073, 34737, 500, 9)],
    ['more coordinate keys than there are', 'geo-keys-damaged', short(TAG.geoKeyDirectory, 1, 1, 0, 60000, 1024, 0, 1, 1)],
    ['a singular transform', 'transform-ignored', { tag: TAG.modelTransformation, type: FIELD.double, values: new Array<number>(16).fill(1) }],
  ])('%s are left out with a notice', async (_, code, tag) => {
    const start = performance.now()
    const reader = await openGeoTiff(file(image([tag])))
    await reader.close()
    expect(reader.header.notices.map((notice) => notice.code)).toEqual([code])
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it('random damage is read or refused, never anything else', async () => {
    const random = Random.fromSeed(11)
    const sound = [image(), image([], { big: true }), compressed(COMPRESSION.deflate, deflateSync(raw)), compressed(COMPRESSION.packBits, new Uint8Array([0xe9, 1]))]
    const outcomes = { read: 0, refused: 0 }
    for (let turn = 0; turn < 600; turn++) {
      const bytes = (sound[turn % sound.length] as Uint8Array).slice()
      for (let flips = 1 + random.integer(3); flips > 0; flips--) bytes[random.integer(bytes.length)] = random.integer(256)
      const path = join(folder, 'damaged.tif')
      writeFileSync(path, random.integer(10) === 0 ? bytes.subarray(0, random.integer(bytes.length)) : bytes)
      try {
        const reader = await openGeoTiff(path)
        try {
          const { rows, cols } = reader.header
          await reader.readSamples({ row: 0, col: 0, rows: Math.min(rows, 64), cols: Math.min(cols, 64) }, [0])
        } finally {
          await reader.close()
        }
        outcomes.read++
      } catch (error) {
        if (!(error instanceof StudioError)) throw error
        expect(error.file).toBe(path)
        outcomes.refused++
      }
    }
    expect(outcomes.read).toBeGreaterThan(30)
    expect(outcomes.refused).toBeGreaterThan(200)
  })

  it('a file that shrinks while it is open', async () => {
    const path = file(image())
    const reader = await openGeoTiff(path)
    truncateSync(path, 20)
    await expect(reader.readSamples(wholeWindow(reader.header), [0])).rejects.toMatchObject({ tag: 'truncated', file: path })
    await reader.close()
  })

  it('what the caller can do wrong', async () => {
    const reader = await openGeoTiff(file(image()))
    const whole = wholeWindow(reader.header)
    await expect(reader.readSamples({ ...whole, rows: 3 }, [0])).rejects.toMatchObject({ tag: 'invalid-argument' })
    await expect(reader.readSamples(whole, [4])).rejects.toMatchObject({ tag: 'invalid-argument' })
    await expect(reader.readSamples(whole, [])).rejects.toMatchObject({ tag: 'invalid-argument' })
    await expect(reader.readSamples(whole, [0], AbortSignal.abort())).rejects.toMatchObject({ tag: 'cancelled' })
    await reader.close()
    await expect(openGeoTiff(join(folder, 'absent.tif'))).rejects.toMatchObject({ tag: 'not-found' })
    await expect(openGeoTiff(folder)).rejects.toMatchObject({ tag: 'io' })
  })
})

/** A frame (RFC 8878) of 1,000 blocks that each repeat one byte 128 Ki times. */
function zstdBomb(announced: bigint | null): Uint8Array {
  const size = announced === null ? [0x58] : [0x58, ...new Uint8Array(new BigUint64Array([announced]).buffer)]
  const block = (last: number) => [(last | 2 | ((1 << 17) << 3)) & 0xff, (((1 << 17) << 3) >> 8) & 0xff, ((1 << 17) << 3) >> 16, 0]
  const blocks = Array.from({ length: 1000 }, (_, i) => block(i === 999 ? 1 : 0)).flat()
  return new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, announced === null ? 0 : 0xc0, ...size, ...blocks])
}

/** Start of image, a baseline frame of 4 components, an empty scan, end of image. */
function jpegFrame(rows: number, cols: number): Uint8Array {
  const components = [1, 2, 3, 4].flatMap((id) => [id, 0x11, 0])
  return new Uint8Array([
    0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, rows >> 8, rows & 255, cols >> 8, cols & 255, 4, ...components,
    0xff, 0xda, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0, 0xff, 0xd9,
  ])
}

/** Codes as 9 bits each, most significant first (enough for tables below 511 entries). */
function lzwCodes(codes: readonly number[]): Uint8Array {
  const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('')
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) => parseInt(bits.slice(8 * i, 8 * i + 8).padEnd(8, '0'), 2))
}
