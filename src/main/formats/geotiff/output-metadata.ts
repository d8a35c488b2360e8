import type { CubeHeader, GdalMetadataItem } from '../../cube/cube-header'
import type { DroppedField } from '../../cube/cube-writer'

export interface OutputMetadata {
  items: GdalMetadataItem[]
  dropped: DroppedField[]
}

const NAME_OF_HISTORY = 'DACN_HISTORY_'

/**
 * What tag 42112 shall say: per band the wavelengths, widths, bad-band flags, names, gains and offsets in the places where
 * GDAL, QGIS and the EnMAP-Box look; per file the ENVI domain (named as GDAL's ENVI driver names it), the history, and
 * the source's own items verbatim unless one of the former takes their place.
 */
export function outputMetadata(header: CubeHeader, history: readonly string[]): OutputMetadata {
  const dropped: DroppedField[] = []
  const source = sourceItems(header)
  const own = [...bandItems(header), ...enviDomain(header), ...historyItems(source, history)]
  const taken = new Set(own.map(placeOf))
  const statistics = source.filter((item) => item.name.startsWith('STATISTICS_'))
  if (statistics.length > 0) {
    dropped.push({ field: 'STATISTICS_*', reason: 'They describe the pixels of the source, not those of this file.' })
  }
  const enviFields = source.filter(isEnviField)
  const stale = new Set([...statistics, ...staleEnviFields(enviFields, header.bands, dropped)])
  const kept = source.filter((item) => !taken.has(placeOf(item)) && !stale.has(item))
  const said = new Map(source.map((item) => [placeOf(item), item.value]))
  return { items: [...kept, ...own.map((item) => ({ ...item, value: asTheSourceSaid(item.value, said.get(placeOf(item))) }))], dropped }
}

/** The source's spelling of the same number ('1026.0' for 1026). */
function asTheSourceSaid(value: string, said: string | undefined): string {
  return said !== undefined && said.trim() !== '' && Number(said) === Number(value) ? said : value
}

function placeOf({ name, band, domain, role }: GdalMetadataItem): string {
  // GDAL's names are case-insensitive
  return JSON.stringify([name.toUpperCase(), band, domain.toUpperCase(), role])
}

function bandItems(header: CubeHeader): GdalMetadataItem[] {
  const items: GdalMetadataItem[] = []
  for (let band = 0; band < header.bands; band++) {
    const add = (name: string, value: string, domain = '', role = '') => items.push({ name, value, band, domain, role })
    const wavelength = header.wavelengthNm?.[band] ?? NaN
    const fwhm = header.fwhmNm?.[band] ?? NaN
    const bandName = header.bandNames?.[band] ?? ''
    if (Number.isFinite(wavelength)) {
      add('wavelength', String(wavelength))
      add('wavelength_units', 'Nanometers')
      add('CENTRAL_WAVELENGTH_UM', micrometres(wavelength), 'IMAGERY')
    }
    if (Number.isFinite(fwhm)) {
      add('fwhm', String(fwhm))
      add('FWHM_UM', micrometres(fwhm), 'IMAGERY')
    }
    if (header.badBands !== null) add('bbl', header.badBands[band] === true ? '0' : '1')
    if (bandName !== '') add('DESCRIPTION', bandName, '', 'description')
    if (header.gain !== null) add('SCALE', String(header.gain[band] ?? 1), '', 'scale')
    if (header.offset !== null) add('OFFSET', String(header.offset[band] ?? 0), '', 'offset')
  }
  return items
}

/** At least six decimals (nanometres to the thousandth), more when the value has them. */
function micrometres(nm: number): string {
  return (nm / 1000).toFixed(12).replace(/0{1,6}$/, '')
}

function enviDomain(header: CubeHeader): GdalMetadataItem[] {
  const items: GdalMetadataItem[] = []
  const add = (name: string, value: string) => items.push({ name, value, band: null, domain: 'ENVI', role: '' })
  const list = (values: readonly (number | string)[]) => `{${values.join(', ')}}`
  if (header.wavelengthNm?.every(Number.isFinite) === true) {
    add('wavelength', list(header.wavelengthNm))
    add('wavelength_units', 'Nanometers')
  }
  if (header.fwhmNm?.every(Number.isFinite) === true) add('fwhm', list(header.fwhmNm))
  if (header.badBands !== null) add('bbl', list(header.badBands.map((bad) => (bad ? 0 : 1))))
  if (header.defaultBands !== null) add('default_bands', list(header.defaultBands.map((band) => band + 1)))
  if (header.gain !== null) add('data_gain_values', list(header.gain))
  if (header.offset !== null) add('data_offset_values', list(header.offset))
  return items
}

/** Fields of an ENVI header that the file's own structure or another item states. */
const RESTATED = new Set([
  'samples', 'lines', 'bands', 'header offset', 'file type', 'data type', 'interleave', 'byte order', 'file compression',
  'map info', 'coordinate system string', 'projection info', 'wavelength', 'wavelength units', 'fwhm', 'bbl', 'band names',
  'data gain values', 'data offset values', 'data ignore value', 'description', 'default bands',
])

/** Fields that speak of the source's pixel grid, which the output need not share. */
const OF_THE_SOURCE_GRID = new Set(['x start', 'y start', 'pixel size', 'geo points', 'rpc info'])

function sourceItems({ metadata }: CubeHeader): GdalMetadataItem[] {
  if (metadata.kind === 'tiff') return metadata.items
  if (metadata.kind !== 'envi') return []
  // GDAL names ENVI's keys with underscores
  return metadata.fields.map(([key, value]) => ({ name: key.replaceAll(' ', '_'), value, band: null, domain: 'ENVI', role: '' }))
}

function isEnviField({ domain, band }: GdalMetadataItem): boolean {
  return domain.toUpperCase() === 'ENVI' && band === null
}

function enviKey({ name }: GdalMetadataItem): string {
  return name.toLowerCase().replaceAll('_', ' ')
}

/** ENVI fields of the source that must not be repeated; those that are lost thereby go into `dropped`. */
function staleEnviFields(fields: readonly GdalMetadataItem[], bands: number, dropped: DroppedField[]): GdalMetadataItem[] {
  const sourceBands = Number(fields.find((field) => enviKey(field) === 'bands')?.value ?? bands)
  return fields.filter((field) => {
    const key = enviKey(field)
    if (RESTATED.has(key)) return true
    if (OF_THE_SOURCE_GRID.has(key)) {
      dropped.push({ field: key, reason: 'It speaks of the pixel grid of the ENVI source; a GeoTIFF has no such field.' })
      return true
    }
    const perBand = sourceBands > 1 && field.value.split(',').length === sourceBands
    if (perBand && sourceBands !== bands) {
      dropped.push({ field: key, reason: `It has one value for each of the source's ${sourceBands} bands, of which ${bands} are written.` })
      return true
    }
    return false
  })
}

function historyItems(source: readonly GdalMetadataItem[], history: readonly string[]): GdalMetadataItem[] {
  const numbers = source.flatMap(({ name }) => (name.startsWith(NAME_OF_HISTORY) ? [Number(name.slice(NAME_OF_HISTORY.length))] : []))
  const last = Math.max(0, ...numbers.filter(Number.isInteger))
  return history.map((line, index) => ({ name: `${NAME_OF_HISTORY}${last + index + 1}`, value: line, band: null, domain: '', role: '' }))
}
