import type { CubeHeader, GdalMetadataItem, Notice } from '../../cube/cube-header'
import type { CubeReader } from '../../cube/cube-reader'
import { readBandFacts } from './band-fields'
import { fieldOf } from './raster-layout'
import type { EnviHeaderText } from './header-text'
import { readGeoreference } from './map-fields'

/**
 * A TIFF that an ENVI header describes: what the TIFF itself leaves open (wavelengths, FWHM, bad bands, band names, nodata,
 * gain, place on the map, display bands) comes from the header, and fields unknown to the model are kept as items of
 * the ENVI domain. A header of another size is ignored with a notice.
 */
export function withSideCar(reader: CubeReader, text: EnviHeaderText): CubeReader {
  const header = mergeSideCar(reader.header, text)
  return {
    header,
    files: [...reader.files, text.path],
    compressedBlock: reader.compressedBlock,
    // the file's own levels know only of its own nodata
    levels: header.nodata === reader.header.nodata ? reader.levels : undefined,
    readSamples: (window, bands, signal) => reader.readSamples(window, bands, signal),
    close: () => reader.close(),
  }
}

function mergeSideCar(header: CubeHeader, text: EnviHeaderText): CubeHeader {
  const field = (key: string): string | null => fieldOf(text, key)
  const sizes = [['samples', header.cols], ['lines', header.rows], ['bands', header.bands]] as const
  const different = sizes.find(([key, size]) => Number(field(key) ?? size) !== size)
  if (different !== undefined) {
    const [key, size] = different
    return withNotices(header, [{
      code: 'side-car-ignored', message: `${text.path} says '${key} = ${field(key) ?? ''}', but the image has ${size}; that header is ignored.`,
    }])
  }
  const { facts, notices } = readBandFacts(field, header.bands, header.sampleType)
  const { georeference, notices: mapNotices } = readGeoreference(field)
  const declared = header.nodata.some((value) => value !== null)
  const taken: string[] = []
  const choose = <T>(name: string, own: T | null, other: T | null): T | null => {
    if (own !== null || other === null) return own
    taken.push(name)
    return other
  }
  const merged: CubeHeader = {
    ...header,
    wavelengthNm: choose('wavelengths', header.wavelengthNm, facts.wavelengthNm),
    fwhmNm: choose('FWHM', header.fwhmNm, facts.fwhmNm),
    badBands: choose('bad bands', header.badBands, facts.badBands),
    bandNames: choose('band names', header.bandNames, facts.bandNames),
    nodata: declared || facts.nodata[0] == null ? header.nodata : facts.nodata,
    gain: choose('gain', header.gain, facts.gain),
    offset: header.gain === null ? choose('offset', header.offset, facts.offset) : header.offset,
    georeference: choose('place on the map', header.georeference, georeference),
    description: choose('description', header.description, facts.description),
    defaultBands: choose('display bands', header.defaultBands, facts.defaultBands),
    metadata: header.metadata.kind === 'tiff'
      ? { ...header.metadata, items: [...header.metadata.items, ...sideCarItems(header.metadata.items, text)] }
      : header.metadata,
  }
  if (merged.nodata !== header.nodata) taken.push('nodata')
  const summary: Notice[] = taken.length === 0 ? [] : [{ code: 'side-car-used', message: `From ${text.path}: ${taken.join(', ')}.` }]
  // Of lists that were not needed nobody wants to know how they were read.
  const relevant = taken.includes('wavelengths') ? notices : notices.filter(({ code }) => !code.startsWith('wavelength'))
  return withNotices(merged, [...text.notices, ...relevant, ...(header.georeference === null ? mapNotices : []), ...summary])
}

/** Fields that the image states itself or that the scene model holds. */
const KNOWN = new Set([
  'samples', 'lines', 'bands', 'header offset', 'file type', 'data type', 'interleave', 'byte order', 'file compression', 'description',
  'wavelength', 'wavelength units', 'fwhm', 'bbl', 'band names', 'default bands', 'data ignore value', 'data gain values',
  'data offset values', 'map info', 'coordinate system string', 'projection info', 'geo points',
])

function sideCarItems(own: readonly GdalMetadataItem[], text: EnviHeaderText): GdalMetadataItem[] {
  const present = new Set(own.filter((item) => item.domain === 'ENVI' && item.band === null).map((item) => item.name.toLowerCase()))
  return text.fields.flatMap(([key, value]) => {
    // GDAL names ENVI's keys with underscores
    const name = key.replaceAll(' ', '_')
    return KNOWN.has(key) || present.has(name) ? [] : [{ name, value, band: null, domain: 'ENVI', role: '' }]
  })
}

function withNotices(header: CubeHeader, notices: Notice[]): CubeHeader {
  return { ...header, notices: [...header.notices, ...notices] }
}
