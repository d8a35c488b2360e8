import { StudioError } from '../../common/errors'
import type { CubeHeader } from '../../cube/cube-header'
import { MOST_BLOCK_BYTES, type DroppedField, type WriteOptions } from '../../cube/cube-writer'
import { SAMPLE_TYPES, type SampleType } from '../../cube/sample-type'
import { gdalMetadataXml } from './gdal-metadata-xml'
import { geoTags } from './geo-tags'
import { asciiField, longField, positionField, shortField, type TiffField } from './ifd-layout'
import { outputMetadata } from './output-metadata'
import { outputNodata } from './output-nodata'
import { tileBytes } from './predictor'
import { COMPRESSION, PHOTOMETRIC, PLANAR, SAMPLE_FORMAT, SUBFILE, TAG } from './tiff-tags'
import type { TileCoding } from './tile-codec'

/** One resolution of the file: level 0 is the scene itself, every further one half the size of the one before. */
export interface Level {
  rows: number
  cols: number
  tilesDown: number
  tilesAcross: number
}

/** All decisions about a file, made before its first byte. */
export interface WritePlan {
  sampleType: SampleType
  bands: number
  coding: TileCoding
  /** Tiles of one place: one a band when band-interleaved, 1 when pixel-interleaved. */
  planes: number
  levels: Level[]
  /** All levels and the directories. */
  uncompressedBytes: number
  bigTiff: boolean
  /** Tags of the first directory that don't depend on the stored tiles. */
  sceneFields: TiffField[]
  /** Value of tag 42113, repeated in every directory. */
  nodataText: string | null
  dropped: DroppedField[]
}

/** Above this a scene gets overviews, and overviews end when both sides are at most half of it. */
const OVERVIEW_SIDE = 1024
/** Where full overviews end: a thumbnail. */
const SMALLEST_SIDE = 256
/** Deflate and Zstandard may enlarge noise a little, and the directories come on top. */
const CLASSIC_LIMIT_BYTES = 4_000_000_000

/** Classic TIFF addresses 4 GiB; decided before compression because nobody knows how far data will shrink. */
export function needsBigTiff(uncompressedBytes: number): boolean {
  return uncompressedBytes >= CLASSIC_LIMIT_BYTES
}

/**
 * Errors: 'invalid-argument' (block size, interleave), 'unsupported' (64-bit integers), 'too-large' (more bands than TIFF
 * can count, a block beyond 512 MiB).
 */
export function planWriting(header: CubeHeader, options: WriteOptions, file: string): WritePlan {
  const { rows, cols, bands, sampleType } = header
  assertWritable(header, options, file)
  const facts = SAMPLE_TYPES[sampleType]
  const planar = options.interleave === 'bsq'
  const coding: TileCoding = {
    rows: Math.min(options.blockSize, alignTo16(rows)),
    cols: Math.min(options.blockSize, alignTo16(cols)),
    interleaved: planar ? 1 : bands,
    sampleBytes: facts.bytes,
    compression: options.compression,
    predictor: options.compression === 'none' ? 1 : facts.integer ? 2 : 3,
  }
  if (tileBytes(coding) > MOST_BLOCK_BYTES) {
    throw new StudioError('too-large', `${file}: one block would take ${Math.ceil(tileBytes(coding) / 2 ** 20)} MiB.`, {
      file,
      remedy: 'Choose a smaller block size or band-interleaved output.',
    })
  }
  const planes = planar ? bands : 1
  const levels = planLevels(rows, cols, coding, options.overviews)
  const nodata = outputNodata(header.nodata, sampleType)
  const metadata = outputMetadata(header, options.history)
  const geo = geoTags(header.georeference)
  const xml = gdalMetadataXml(metadata.items)
  const tiles = levels.reduce((sum, level) => sum + tileCount(level), 0) * planes
  const uncompressedBytes = tiles * (tileBytes(coding) + 16) + (xml?.length ?? 0) * 4
  return {
    sampleType,
    bands,
    coding,
    planes,
    levels,
    uncompressedBytes,
    bigTiff: needsBigTiff(uncompressedBytes),
    sceneFields: [...textFields(header), ...geo.fields, ...(xml === null ? [] : [asciiField(TAG.gdalMetadata, xml)])],
    nodataText: nodata.text,
    dropped: [...nodata.dropped, ...metadata.dropped, ...geo.dropped],
  }
}

/** The directory of a level whose tiles stand at `offsets` with `byteCounts`, in TIFF's order: plane by plane. */
export function levelFields(plan: WritePlan, index: number, offsets: Float64Array, byteCounts: Float64Array): TiffField[] {
  const { coding, bands, bigTiff } = plan
  const level = plan.levels[index] as Level
  const repeated = (value: number, count = bands) => new Array<number>(count).fill(value)
  const { integer, min } = SAMPLE_TYPES[plan.sampleType]
  const format = integer ? (min < 0 ? SAMPLE_FORMAT.signed : SAMPLE_FORMAT.unsigned) : SAMPLE_FORMAT.float
  return [
    longField(TAG.newSubfileType, [index === 0 ? 0 : SUBFILE.reduced]),
    longField(TAG.imageWidth, [level.cols]),
    longField(TAG.imageLength, [level.rows]),
    shortField(TAG.bitsPerSample, repeated(coding.sampleBytes * 8)),
    shortField(TAG.compression, [COMPRESSION[coding.compression]]),
    shortField(TAG.photometric, [PHOTOMETRIC.blackIsZero]),
    shortField(TAG.samplesPerPixel, [bands]),
    shortField(TAG.planarConfiguration, [plan.planes === bands && bands > 1 ? PLANAR.separate : PLANAR.contiguous]),
    ...(coding.compression === 'none' ? [] : [shortField(TAG.predictor, [coding.predictor])]),
    longField(TAG.tileWidth, [coding.cols]),
    longField(TAG.tileLength, [coding.rows]),
    positionField(TAG.tileOffsets, offsets, bigTiff),
    positionField(TAG.tileByteCounts, byteCounts, bigTiff),
    ...(bands > 1 ? [shortField(TAG.extraSamples, repeated(0, bands - 1))] : []),
    shortField(TAG.sampleFormat, repeated(format)),
    ...(plan.nodataText === null ? [] : [asciiField(TAG.gdalNodata, plan.nodataText)]),
    ...(index === 0 ? plan.sceneFields : []),
  ]
}

export function tileCount(level: Level): number {
  return level.tilesDown * level.tilesAcross
}

function planLevels(rows: number, cols: number, coding: TileCoding, overviews: WriteOptions['overviews']): Level[] {
  const level = (r: number, c: number): Level => ({
    rows: r,
    cols: c,
    tilesDown: Math.ceil(r / coding.rows),
    tilesAcross: Math.ceil(c / coding.cols),
  })
  const levels = [level(rows, cols)]
  if (overviews === 'none' || (overviews === 'auto' && Math.max(rows, cols) <= OVERVIEW_SIDE)) return levels
  const lastSide = overviews === 'auto' ? OVERVIEW_SIDE / 2 : SMALLEST_SIDE
  let [r, c] = [rows, cols]
  while (Math.max(r, c) > lastSide) {
    r = Math.ceil(r / 2)
    c = Math.ceil(c / 2)
    levels.push(level(r, c))
  }
  return levels
}

function textFields(header: CubeHeader): TiffField[] {
  const texts = new Map<number, string>(header.metadata.kind === 'tiff' ? header.metadata.textTags : [])
  if (header.description !== null) texts.set(TAG.imageDescription, header.description)
  if (!texts.has(TAG.software)) texts.set(TAG.software, 'DACN Studio')
  return [...texts].map(([tag, text]) => asciiField(tag, text))
}

function assertWritable(header: CubeHeader, options: WriteOptions, file: string): void {
  const fail = (message: string, remedy: string) => new StudioError('invalid-argument', `${file}: ${message}`, { file, remedy })
  const { rows, cols, bands, sampleType } = header
  if (options.interleave === 'bil') throw fail('GeoTIFF has no line interleave.', 'Choose bsq (band) or bip (pixel) interleave, or write ENVI.')
  if (!Number.isInteger(options.blockSize) || options.blockSize < 16 || options.blockSize % 16 !== 0) {
    throw fail(`a block size of ${options.blockSize} pixels is impossible in a GeoTIFF.`, 'Choose a multiple of 16, for example 256.')
  }
  if (![rows, cols, bands].every((n) => Number.isInteger(n) && n >= 1)) {
    throw fail(`a scene of ${rows} x ${cols} pixels and ${bands} bands can't be written.`, 'Choose at least one pixel and one band.')
  }
  if (sampleType === 'int64' || sampleType === 'uint64') {
    throw new StudioError('unsupported', `${file}: 64-bit integers can't be written to GeoTIFF.`, {
      file,
      remedy: 'Write float64, which is exact up to 2^53, or int32.',
    })
  }
  if (bands > 65535 || rows > 2 ** 31 - 1 || cols > 2 ** 31 - 1) {
    throw new StudioError('too-large', `${file}: ${rows} x ${cols} pixels and ${bands} bands are more than a TIFF can count.`, {
      file,
      remedy: 'Write fewer bands (at most 65535) or a smaller window.',
    })
  }
}

function alignTo16(pixels: number): number {
  return Math.ceil(pixels / 16) * 16
}
