import { SAMPLE_TYPES, type SampleType } from '../../cube/sample-type'
import { COMPRESSION, PHOTOMETRIC, PLANAR, PREDICTOR, SAMPLE_FORMAT, TAG } from './tiff-tags'
import type { TiffDirectory } from './tiff-directory'
import type { TiffSource } from './tiff-source'

/**
 * Where the samples of one image are: a grid of equal storage blocks (strips or tiles), row by row, and in a planar
 * file one such grid for each band after the other. Block number = (plane * blocksDown + blockRow) * blocksAcross + blockCol.
 */
export interface BlockLayout {
  rows: number
  cols: number
  bands: number
  sampleType: SampleType
  byteOrder: 'little' | 'big'
  tiled: boolean
  /** true: one plane a band; false: the bands of a pixel lie together. */
  planar: boolean
  /** Samples of one pixel in one block: bands, or 1 in a planar file. */
  blockBands: number
  blockRows: number
  blockCols: number
  blocksDown: number
  blocksAcross: number
  compression: number
  predictor: number
  /** The bits of every byte are stored in reverse order (FillOrder 2). */
  bitsReversed: boolean
  jpegTables: Uint8Array | null
  /** Position and length of each block in the file; length 0 = never written. */
  offsets: Float64Array
  byteCounts: Float64Array
}

const MAX_BLOCKS = 1 << 24
/** A compressed block is decoded as a whole; a bigger one is refused. */
const MAX_BLOCK_BYTES = 2 ** 30
const MAX_JPEG_BLOCK_BYTES = 2 ** 25
/** The WebAssembly decoder holds input and output in its own small address space. */
const MAX_ZSTD_BLOCK_BYTES = 3 * 2 ** 28

/** How many bytes one stored byte can stand for at most, by the definition of each codec (a little above it). */
const MAX_EXPANSION: Readonly<Record<number, number>> = {
  [COMPRESSION.none]: 1,
  [COMPRESSION.packBits]: 64,
  [COMPRESSION.lzw]: 4096,
  [COMPRESSION.deflate]: 1040,
  [COMPRESSION.oldDeflate]: 1040,
  [COMPRESSION.zstd]: 50000,
  [COMPRESSION.jpeg]: Infinity,
}

const CODEC_NAMES: Readonly<Record<number, string>> = {
  2: 'CCITT', 3: 'CCITT fax 3', 4: 'CCITT fax 4', 6: 'old-style JPEG', 34712: 'JPEG 2000', 34887: 'LERC', 34925: 'LZMA', 50001: 'WebP', 50002: 'JPEG XL',
}

/** Rows of block row `blockRow` that belong to the image; tiles are stored whole, the last strip is not. */
export function rowsInBlock(layout: BlockLayout, blockRow: number): number {
  return Math.min(layout.blockRows, layout.rows - blockRow * layout.blockRows)
}

export function bytesPerSample(layout: BlockLayout): number {
  return SAMPLE_TYPES[layout.sampleType].bytes
}

/** Bytes of a decoded block row of `rows` pixel rows. */
export function blockBytes(layout: BlockLayout, rows: number): number {
  return rows * layout.blockCols * layout.blockBands * bytesPerSample(layout)
}

/**
 * The layout of a validity mask of one bit a pixel, as an image of bytes that hold eight pixels each: `cols` and
 * `blockCols` count bytes. Errors as for images.
 */
export async function readPackedLayout(source: TiffSource, directory: TiffDirectory, byteOrder: 'little' | 'big'): Promise<BlockLayout> {
  return readLayout(source, directory, byteOrder, 8)
}

/**
 * Reads and checks the structure of one image against the file before anything is allocated for its pixels.
 * Errors: 'unsupported' (codec, sample type, mixed depths), 'malformed' (contradictions), 'truncated', 'too-large'.
 */
export async function readBlockLayout(source: TiffSource, directory: TiffDirectory, byteOrder: 'little' | 'big'): Promise<BlockLayout> {
  return readLayout(source, directory, byteOrder, 1)
}

async function readLayout(source: TiffSource, directory: TiffDirectory, byteOrder: 'little' | 'big', pixelsPerByte: 1 | 8): Promise<BlockLayout> {
  const cols = Math.ceil((await directory.integer(TAG.imageWidth, 0)) / pixelsPerByte)
  const rows = await directory.integer(TAG.imageLength, 0)
  const bands = await directory.integer(TAG.samplesPerPixel, 1)
  if (rows < 1 || cols < 1 || bands < 1 || rows > 2 ** 31 || cols > 2 ** 31 || bands > 65535) {
    throw source.problem('malformed', `it announces ${rows} rows, ${cols} columns and ${bands} bands`)
  }
  const sampleType = pixelsPerByte === 8 ? 'uint8' : await readSampleType(source, directory, bands)
  const compression = await readCompression(source, directory)
  if (compression === COMPRESSION.jpeg && sampleType !== 'uint8') throw source.problem('unsupported', `it holds ${sampleType} samples as JPEG`)
  const predictor = await readPredictor(source, directory, compression, sampleType)
  const planarConfiguration = await directory.integer(TAG.planarConfiguration, PLANAR.contiguous)
  if (planarConfiguration !== PLANAR.contiguous && planarConfiguration !== PLANAR.separate) {
    throw source.problem('malformed', `its planar configuration is ${planarConfiguration}; only 1 and 2 are defined`)
  }
  const fillOrder = await directory.integer(TAG.fillOrder, 1)
  const planar = planarConfiguration === PLANAR.separate && bands > 1
  const tiled = directory.has(TAG.tileWidth) || directory.has(TAG.tileOffsets)
  const blockCols = tiled ? Math.ceil((await directory.integer(TAG.tileWidth, 0)) / pixelsPerByte) : cols
  const blockRows = tiled ? await directory.integer(TAG.tileLength, 0) : Math.min(rows, await directory.integer(TAG.rowsPerStrip, rows))
  if (blockCols < 1 || blockRows < 1) throw source.problem('malformed', `its blocks are ${blockRows} x ${blockCols} pixels`)
  const layout: Omit<BlockLayout, 'offsets' | 'byteCounts'> = {
    rows, cols, bands, sampleType, byteOrder, tiled, planar, blockRows, blockCols, compression, predictor,
    blockBands: planar ? 1 : bands,
    blocksDown: Math.ceil(rows / blockRows),
    blocksAcross: Math.ceil(cols / blockCols),
    bitsReversed: fillOrder === 2,
    jpegTables: compression === COMPRESSION.jpeg ? await directory.bytes(TAG.jpegTables) : null,
  }
  return { ...layout, ...(await readBlockTable(source, directory, layout)) }
}

async function readSampleType(source: TiffSource, directory: TiffDirectory, bands: number): Promise<SampleType> {
  const bits = await uniform(source, directory, TAG.bitsPerSample, 1, bands, 'bit depths')
  const format = await uniform(source, directory, TAG.sampleFormat, SAMPLE_FORMAT.unsigned, bands, 'sample formats')
  if (format === SAMPLE_FORMAT.complexFloat || format === SAMPLE_FORMAT.complexInteger) {
    throw source.problem('unsupported', 'its samples are complex numbers', 'Write magnitude or real part into a file of its own and open that.')
  }
  const name = `${format === SAMPLE_FORMAT.float ? 'float' : format === SAMPLE_FORMAT.signed ? 'int' : 'uint'}${bits}`
  if (format > SAMPLE_FORMAT.undefined || !Object.hasOwn(SAMPLE_TYPES, name)) {
    throw source.problem('unsupported', `its samples have ${bits} bits (format ${format})`,
      'Convert it with `gdal_translate -ot UInt16 IN.tif OUT.tif` (or -ot Float32) and open the result.')
  }
  return name as SampleType
}

/** A tag with one value a band (or one for all), which must all be equal. */
async function uniform(
  source: TiffSource, directory: TiffDirectory, tag: number, fallback: number, bands: number, what: string,
): Promise<number> {
  const values = await directory.numbers(tag)
  if (values === null) return fallback
  if (values.length !== 1 && values.length < bands) throw source.problem('malformed', `tag ${tag} has ${values.length} values for ${bands} bands`)
  const first = values[0]
  if (first === undefined) throw source.problem('malformed', `tag ${tag} is empty`)
  if (values.length > 1 && values.subarray(0, bands).some((value) => value !== first)) {
    throw source.problem('unsupported', `its bands have different ${what}`,
      'Convert it to one type with `gdal_translate -ot Float32 IN.tif OUT.tif` and open the result.')
  }
  return first
}

async function readCompression(source: TiffSource, directory: TiffDirectory): Promise<number> {
  const compression = await directory.integer(TAG.compression, COMPRESSION.none)
  if (MAX_EXPANSION[compression] === undefined) {
    throw source.problem('unsupported', `its compression is ${CODEC_NAMES[compression] ?? 'unknown'} (code ${compression})`)
  }
  const photometric = await directory.integer(TAG.photometric, PHOTOMETRIC.blackIsZero)
  if (photometric === PHOTOMETRIC.yCbCr) {
    throw source.problem('unsupported', 'it holds a colour picture in YCbCr, not measured bands',
      'If it is meant as a scene, convert it with `gdal_translate -co COMPRESS=DEFLATE -co PHOTOMETRIC=RGB IN.tif OUT.tif`.')
  }
  return compression
}

async function readPredictor(source: TiffSource, directory: TiffDirectory, compression: number, type: SampleType): Promise<number> {
  const takesPredictor = compression !== COMPRESSION.none && compression !== COMPRESSION.packBits && compression !== COMPRESSION.jpeg
  if (!takesPredictor) return PREDICTOR.none
  const predictor = await directory.integer(TAG.predictor, PREDICTOR.none)
  const { integer, bytes } = SAMPLE_TYPES[type]
  const known = predictor === PREDICTOR.none || (predictor === PREDICTOR.horizontal && bytes < 8) || (predictor === PREDICTOR.floatingPoint && !integer)
  if (!known) throw source.problem('unsupported', `predictor ${predictor} on ${type} samples is not supported`)
  return predictor
}

async function readBlockTable(
  source: TiffSource, directory: TiffDirectory, layout: Omit<BlockLayout, 'offsets' | 'byteCounts'>,
): Promise<{ offsets: Float64Array; byteCounts: Float64Array }> {
  const [offsetTag, countTag] = layout.tiled ? [TAG.tileOffsets, TAG.tileByteCounts] : [TAG.stripOffsets, TAG.stripByteCounts]
  const planes = layout.planar ? layout.bands : 1
  const expected = BigInt(layout.blocksDown) * BigInt(layout.blocksAcross) * BigInt(planes)
  const kind = layout.tiled ? 'tiles' : 'strips'
  if (BigInt(directory.count(offsetTag)) !== expected) {
    throw source.problem('malformed', `its size asks for ${expected} ${kind}, but it lists ${directory.count(offsetTag)}`)
  }
  if (expected > BigInt(MAX_BLOCKS)) throw source.problem('too-large', `it is cut into ${expected} ${kind}; at most ${MAX_BLOCKS} are accepted`)
  const offsets = await directory.numbers(offsetTag, MAX_BLOCKS * 8)
  const counts = await directory.numbers(countTag, MAX_BLOCKS * 8)
  if (offsets === null) throw source.problem('malformed', `it does not say where its ${kind} are`)
  if (counts === null && layout.compression !== COMPRESSION.none) throw source.problem('malformed', `it does not say how long its ${kind} are`)
  if (counts !== null && counts.length !== offsets.length) {
    throw source.problem('malformed', `it lists ${offsets.length} ${kind}, but the lengths of ${counts.length}`)
  }
  const whole = { ...layout, offsets, byteCounts: counts ?? new Float64Array(offsets.length) }
  checkBlockTable(source, whole, counts === null)
  return whole
}

/** Each block inside the file, and long enough for what it is to hold; lengths are filled in when the file gives none. */
function checkBlockTable(source: TiffSource, layout: BlockLayout, lengthsMissing: boolean): void {
  const { offsets, byteCounts, compression, tiled } = layout
  const whole = blockBytes(layout, layout.blockRows)
  const limit = compression === COMPRESSION.jpeg ? MAX_JPEG_BLOCK_BYTES : compression === COMPRESSION.zstd ? MAX_ZSTD_BLOCK_BYTES : MAX_BLOCK_BYTES
  if (compression !== COMPRESSION.none && whole > limit) {
    throw source.problem('too-large', `its compressed blocks hold ${whole} bytes each; at most ${limit} can be decoded`)
  }
  const expansion = MAX_EXPANSION[compression] ?? 1
  for (let index = 0; index < offsets.length; index++) {
    const blockRow = Math.floor(index / layout.blocksAcross) % layout.blocksDown
    const needed = tiled ? whole : blockBytes(layout, rowsInBlock(layout, blockRow))
    const offset = offsets[index] as number
    if (lengthsMissing && offset > 0) byteCounts[index] = needed
    const count = byteCounts[index] as number
    if (!Number.isInteger(offset) || !Number.isInteger(count) || offset < 0 || count < 0) {
      throw source.problem('malformed', `block ${index + 1} of ${offsets.length} is ${count} bytes long and begins at byte ${offset}`)
    }
    if (offset === 0 || count === 0) {
      byteCounts[index] = 0
      continue
    }
    if (offset < 8) throw source.problem('malformed', `block ${index + 1} of ${offsets.length} begins at byte ${offset}, inside the file's header`)
    if (offset + count > source.sizeBytes) {
      throw source.problem('truncated', `block ${index + 1} of ${offsets.length} should end at byte ${offset + count}, but the file ends at ${source.sizeBytes}`)
    }
    if (count * expansion < needed) {
      throw source.problem('malformed', `block ${index + 1} of ${offsets.length} has ${count} bytes, too few for the ${needed} bytes of its pixels`)
    }
  }
}
