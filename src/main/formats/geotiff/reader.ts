import type { CubeHeader, GdalMetadataItem, Notice } from '../../cube/cube-header'
import type { CompressedBlock, CubeReader, ReducedCube } from '../../cube/cube-reader'
import { enviNumberList, enviText, splitEnviList } from '../../cube/envi-list'
import { assertWindowInside, type PixelWindow } from '../../cube/pixel-window'
import type { SampleArray } from '../../cube/sample-type'
import { StudioError } from '../../common/errors'
import { throwIfAborted } from '../../common/job-context'
import { readBlockLayout, type BlockLayout } from './block-layout'
import { BlockReader } from './block-reader'
import { declaredNodata } from './declared-nodata'
import { declaresEntities, gdalMetadataItems, MAX_METADATA_BYTES } from './gdal-metadata-items'
import { chooseImage } from './image-choice'
import { compressedBlock, ImageReader } from './image-reader'
import { ItemIndex } from './item-index'
import { readGeoreference } from './read-georeference'
import { reducedImages, type ReducedImage } from './reduced-images'
import { enviList, spectralItems } from './spectral-items'
import { readTiffStructure, type TiffDirectory } from './tiff-directory'
import { TiffSource } from './tiff-source'
import { TAG, TEXT_TAGS } from './tiff-tags'
import { ValidityMask } from './validity-mask'

/**
 * Opens the first full-resolution image of a TIFF, BigTIFF or GeoTIFF file: strips or tiles, pixel- or band-interleaved,
 * either byte order, uncompressed, LZW, PackBits, Deflate, ZSTD or JPEG, integers of 8 to 64 bits and floats of 32 or 64.
 * Structure and block table are checked against the file before anything is allocated for pixels; opening reads
 * headers only. Overviews of the file are the scene's levels.
 * Errors: 'unsupported' (complex or mixed types, other codecs, YCbCr), 'malformed', 'truncated', 'too-large',
 * 'not-found', 'io'. The message names the file, the remedy says what to do.
 */
export async function openGeoTiff(path: string): Promise<CubeReader> {
  const source = await TiffSource.open(path)
  try {
    const { byteOrder, directories } = await readTiffStructure(source)
    const notices: Notice[] = []
    const { image, mask, reduced } = await chooseImage(source, directories, notices)
    const layout = await readBlockLayout(source, image, byteOrder)
    const header = await readHeader(source, image, layout, notices)
    const validity = mask === null ? null : await ValidityMask.open(source, mask, header, notices)
    const pixels = new ImageReader(new BlockReader(source, layout, header.nodata[0] ?? 0), validity)
    return new GeoTiffReader(source, header, pixels, await reducedImages(source, reduced, header, validity !== null), compressedBlock(layout))
  } catch (error) {
    await source.close()
    throw error
  }
}

class GeoTiffReader implements CubeReader {
  readonly files: readonly string[]
  readonly levels: readonly ReducedCube[]

  constructor(
    private readonly source: TiffSource,
    readonly header: CubeHeader,
    private readonly pixels: ImageReader,
    private readonly reduced: readonly ReducedImage[],
    readonly compressedBlock: CompressedBlock | undefined,
  ) {
    this.files = [source.path]
    this.levels = reduced.map(({ cube }) => cube)
  }

  async readSamples(window: PixelWindow, bands: readonly number[], signal?: AbortSignal): Promise<SampleArray> {
    assertWindowInside(window, this.header)
    const wrong = bands.find((band) => !Number.isInteger(band) || band < 0 || band >= this.header.bands)
    if (wrong !== undefined || bands.length === 0) {
      throw new StudioError('invalid-argument', `${this.source.path}: there is no band ${wrong ?? '(none was asked for)'} among its ${this.header.bands}.`, {
        file: this.source.path,
        remedy: `Choose bands within 0-${this.header.bands - 1}.`,
      })
    }
    throwIfAborted(signal)
    return this.pixels.read(window, bands, signal)
  }

  async close(): Promise<void> {
    this.pixels.forget()
    for (const { reader } of this.reduced) reader.forget()
    await this.source.close()
  }
}

async function readHeader(source: TiffSource, directory: TiffDirectory, layout: BlockLayout, notices: Notice[]): Promise<CubeHeader> {
  const { rows, cols, bands, sampleType, byteOrder } = layout
  const metadata = await readItems(source, directory, bands, notices)
  const items = new ItemIndex(metadata, bands)
  const textTags = await readTextTags(directory)
  const bandNames = readBandNames(items, bands)
  const { wavelengthNm, fwhmNm, badBands, notices: spectralNotices } = spectralItems(items, bands, bandNames)
  const { value: nodata, notice } = declaredNodata((await directory.text(TAG.gdalNodata)) ?? items.file('data ignore value', 'ENVI'), sampleType)
  notices.push(...spectralNotices, ...(notice === null ? [] : [notice]))
  if (sampleType === 'int64' || sampleType === 'uint64') {
    notices.push({ code: 'integers-as-float64', message: 'Its 64-bit integers are read as double precision numbers, exact up to 2^53.' })
  }
  return {
    rows, cols, bands, sampleType, byteOrder,
    interleave: layout.planar || bands === 1 ? 'bsq' : 'bip',
    wavelengthNm, fwhmNm, badBands, bandNames,
    nodata: new Array<number | null>(bands).fill(nodata),
    gain: bandNumbers(items, 'SCALE', 'scale', 1) ?? enviList(items, 'data gain values', bands, notices),
    offset: bandNumbers(items, 'OFFSET', 'offset', 0) ?? enviList(items, 'data offset values', bands, notices),
    georeference: await readGeoreference(directory, notices),
    description: textTags.find(([tag]) => tag === TAG.imageDescription)?.[1] ?? enviDescription(items),
    defaultBands: readDefaultBands(items, bands),
    metadata: { kind: 'tiff', items: metadata, textTags },
    notices,
  }
}

async function readItems(source: TiffSource, directory: TiffDirectory, bands: number, notices: Notice[]): Promise<GdalMetadataItem[]> {
  const xml = await directory.text(TAG.gdalMetadata, MAX_METADATA_BYTES)
  if (xml === null) return []
  if (declaresEntities(xml)) {
    throw source.problem('malformed', 'its metadata (tag 42112) declares a document type or entities, which no honest writer does',
      'Do not trust this file. If it is needed, rewrite it without metadata: `gdal_translate -co PROFILE=GeoTIFF IN.tif OUT.tif`.')
  }
  const items = gdalMetadataItems(xml)
  if (items === null) {
    notices.push({ code: 'metadata-ignored', message: 'Its metadata (tag 42112) is not valid XML; it was left out.' })
    return []
  }
  const known = items.filter(({ band }) => band === null || band < bands)
  if (known.length < items.length) {
    notices.push({ code: 'band-items-ignored', message: `${items.length - known.length} metadata items speak of bands that do not exist; they were left out.` })
  }
  return known
}

async function readTextTags(directory: TiffDirectory): Promise<[number, string][]> {
  const texts: [number, string][] = []
  for (const tag of TEXT_TAGS) {
    const text = await directory.text(tag)
    if (text !== null && text !== '') texts.push([tag, text])
  }
  return texts
}

/** GDAL's band descriptions, else ENVI's list, else the texts `Band_1`, `Band_2`, ... that GDAL makes of an ENVI header. */
function readBandNames(items: ItemIndex, bands: number): string[] | null {
  const descriptions = items.perBand('DESCRIPTION', '', 'description')
  if (descriptions !== null) return descriptions.map((name) => name ?? '')
  const envi = items.file('band names', 'ENVI')
  const listed = envi === null ? [] : splitEnviList(envi)
  if (listed.length === bands) return listed
  const numbered = Array.from({ length: bands }, (_, band) => items.file(`Band_${band + 1}`))
  return numbered.some((name) => name === null) ? null : numbered.map((name) => name ?? '')
}

function bandNumbers(items: ItemIndex, name: string, role: string, fallback: number): number[] | null {
  const values = items.perBand(name, '', role)?.map((text) => (text === null ? fallback : Number(text)))
  return values?.every(Number.isFinite) === true ? values : null
}

function enviDescription(items: ItemIndex): string | null {
  const text = items.file('description', 'ENVI')
  return text === null ? null : enviText(text)
}

/** ENVI's choice, else the bands that GDAL marks as red, green and blue. */
function readDefaultBands(items: ItemIndex, bands: number): number[] | null {
  const envi = items.file('default bands', 'ENVI')
  const listed = envi === null ? null : enviNumberList(envi)?.map((band) => band - 1)
  if (listed != null && (listed.length === 1 || listed.length === 3)) {
    return listed.every((band) => Number.isInteger(band) && band >= 0 && band < bands) ? listed : null
  }
  const colours = items.perBand('COLORINTERP', '', 'colorinterp')?.map((colour) => colour?.toLowerCase())
  const marked = ['red', 'green', 'blue'].map((colour) => colours?.indexOf(colour) ?? -1)
  return marked.some((band) => band < 0) ? null : marked
}
