import type { Notice } from '../../cube/cube-header'
import { enviNumberList } from '../../cube/envi-list'
import { fwhmToNm, wavelengthsFromBandNames, wavelengthsToNm, type WavelengthReading } from '../../cube/spectral-units'
import type { ItemIndex } from './item-index'

interface SpectralItems {
  wavelengthNm: number[] | null
  fwhmNm: number[] | null
  badBands: boolean[] | null
  notices: Notice[]
}

interface Statement {
  wavelengths: number[]
  fwhm: number[] | null
  units: string | null
}

/**
 * Wavelengths, widths and bad-band flags of `bands` bands from wherever writers put them. The first complete statement
 * counts: items of each band, GDAL's IMAGERY domain, lists in an ENVI domain, band names with a unit in them, and texts
 * `Band_1`, `Band_2`, ... that end in a number in brackets. Incomplete statements are passed over with a notice.
 */
export function spectralItems(items: ItemIndex, bands: number, bandNames: readonly string[] | null): SpectralItems {
  const notices: Notice[] = []
  const statement = perBandStatement(items, notices) ?? imageryStatement(items, notices) ?? enviStatement(items, bands, notices)
  let reading: WavelengthReading | null = null
  let fwhmNm: number[] | null = null
  if (statement !== null) {
    reading = wavelengthsToNm(statement.wavelengths, statement.units)
    if (reading.wavelengthNm !== null && statement.fwhm !== null) fwhmNm = fwhmToNm(statement.fwhm, reading.wavelengthNm, reading.unit)
  } else {
    reading = readingFromNames(bandNames)
  }
  notices.push(...(reading?.notices ?? []))
  return { wavelengthNm: reading?.wavelengthNm ?? null, fwhmNm, badBands: badBandFlags(items, bands, notices), notices }
}

function perBandStatement(items: ItemIndex, notices: Notice[]): Statement | null {
  const wavelengths = completeNumbers(items.perBand('wavelength'), 'wavelength', notices)
  if (wavelengths === null) return null
  const units = [...new Set((items.perBand('wavelength_units') ?? []).map((unit) => unit?.trim() ?? null))]
  if (units.length > 1) {
    notices.push({ code: 'wavelength-units-mixed', message: 'The bands state different units of wavelength; that of the first band was used.' })
  }
  return {
    wavelengths,
    fwhm: completeNumbers(items.perBand('fwhm'), 'fwhm', notices),
    units: units[0] ?? items.file('wavelength_units'),
  }
}

function imageryStatement(items: ItemIndex, notices: Notice[]): Statement | null {
  const wavelengths = completeNumbers(items.perBand('CENTRAL_WAVELENGTH_UM', 'IMAGERY'), 'CENTRAL_WAVELENGTH_UM', notices)
  if (wavelengths === null) return null
  return { wavelengths, fwhm: completeNumbers(items.perBand('FWHM_UM', 'IMAGERY'), 'FWHM_UM', notices), units: 'um' }
}

function enviStatement(items: ItemIndex, bands: number, notices: Notice[]): Statement | null {
  const wavelengths = enviList(items, 'wavelength', bands, notices)
  if (wavelengths === null) return null
  return { wavelengths, fwhm: enviList(items, 'fwhm', bands, notices), units: items.file('wavelength units', 'ENVI') }
}

/** One number a band from the ENVI domain; null (with a notice) when there are fewer, more, or other things in it. */
export function enviList(items: ItemIndex, field: string, bands: number, notices: Notice[]): number[] | null {
  const text = items.file(field, 'ENVI')
  if (text === null) return null
  const values = enviNumberList(text)
  if (values !== null && values.length === bands) return values
  notices.push({
    code: 'band-list-ignored',
    message: `The ENVI field '${field}' has ${values === null ? 'entries that are not numbers' : `${values.length} ${values.length === 1 ? 'entry' : 'entries'} for ${bands} bands`}; it was left out.`,
  })
  return null
}

function completeNumbers(texts: (string | null)[] | null, name: string, notices: Notice[]): number[] | null {
  if (texts === null) return null
  const numbers = texts.map((text) => (text === null || text.trim() === '' ? NaN : Number(text)))
  if (numbers.every(Number.isFinite)) return numbers
  const without = numbers.filter((value) => !Number.isFinite(value)).length
  notices.push({ code: 'band-items-incomplete', message: `${without} of ${numbers.length} bands have no usable '${name}'; it was left out for all.` })
  return null
}

const LAST_BRACKET = /\(\s*(\d+\.?\d*)\s*\)\s*$/

function readingFromNames(names: readonly string[] | null): WavelengthReading | null {
  if (names === null) return null
  const fromUnits = wavelengthsFromBandNames(names)
  if (fromUnits !== null) return { wavelengthNm: fromUnits, unit: 'nm', notices: [] }
  const numbers = names.map((name) => Number(LAST_BRACKET.exec(name.slice(-40))?.[1] ?? NaN))
  return numbers.every((value) => value > 0) ? wavelengthsToNm(numbers, null) : null
}

function badBandFlags(items: ItemIndex, bands: number, notices: Notice[]): boolean[] | null {
  const flags = completeNumbers(items.perBand('bbl'), 'bbl', notices) ?? enviList(items, 'bbl', bands, notices)
  return flags?.map((flag) => flag < 0.5) ?? null
}
