import type { CubeHeader } from '../../cube/cube-header'
import type { DroppedField } from '../../cube/cube-writer'
import { joinEnviList } from '../../cube/envi-list'
import type { BandFacts } from './band-fields'

type Change = [key: string, raw: string | null]

/** Equal as far as a header can tell: numbers to a relative 1e-9, NaN equal to NaN. */
export function sameFact(p: unknown, q: unknown): boolean {
  if (typeof p === 'number' && typeof q === 'number') {
    return p === q || (Number.isNaN(p) && Number.isNaN(q)) || Math.abs(p - q) <= 1e-9 * Math.max(Math.abs(p), Math.abs(q))
  }
  if (Array.isArray(p) && Array.isArray(q)) return p.length === q.length && p.every((value, i) => sameFact(value, q[i]))
  return p === q
}

const PER_LINE = 8

/**
 * Fields about bands and values that must change so that the header says what `header` says. `said` is the text kept
 * from the source and `facts` its meaning; a field that already says it is not in the answer and stays verbatim.
 */
export function bandFields(
  header: CubeHeader, facts: BandFacts, said: (key: string) => string | null, dropped: DroppedField[],
): Change[] {
  const changes: Change[] = []
  const list = (key: string, values: readonly (number | string)[] | null): void => {
    changes.push([key, values === null ? null : joinEnviList(values, PER_LINE)])
  }
  const finite = (field: string, values: number[] | null): number[] | null => {
    if (values === null || values.every(Number.isFinite)) return values
    dropped.push({ field, reason: 'It is not known for every band, which an ENVI list can\'t express.' })
    return null
  }

  const wavelengthNm = finite('wavelength', header.wavelengthNm)
  const fwhmNm = finite('fwhm', header.fwhmNm)
  const spectralAsSaid = sameFact(wavelengthNm, facts.wavelengthNm) && sameFact(fwhmNm, facts.fwhmNm)
  // Wavelengths that were found in band names are spelled out, because other programs don't look there.
  if (!spectralAsSaid || (wavelengthNm !== null && said('wavelength') === null)) {
    list('wavelength', wavelengthNm)
    list('fwhm', fwhmNm)
    changes.push(['wavelength units', wavelengthNm === null ? null : 'Nanometers'])
  }
  if (!sameFact(header.badBands, facts.badBands)) list('bbl', header.badBands?.map((bad) => (bad ? 0 : 1)) ?? null)
  if (!sameFact(header.bandNames, facts.bandNames)) {
    const names = header.bandNames?.map((name) => name.replace(/[,\s]+/g, ' ').replaceAll('{', '(').replaceAll('}', ')').trim()) ?? null
    changes.push(['band names', names === null ? null : joinEnviList(names.map((name, band) => (name === '' ? `Band ${band + 1}` : name)), 1)])
    if (names !== null && !sameFact(names, header.bandNames)) {
      dropped.push({ field: 'band names', reason: 'Commas and braces in them end an ENVI item; they were replaced.' })
    }
    if (names?.includes('') === true) dropped.push({ field: 'band names', reason: 'An ENVI list has no empty items; bands without a name were numbered.' })
  }
  if (!sameFact(header.defaultBands, facts.defaultBands)) list('default bands', header.defaultBands?.map((band) => band + 1) ?? null)
  if (!sameFact(header.nodata, facts.nodata)) changes.push(['data ignore value', ignoreValue(header, dropped)])
  if (!sameFact(header.gain, facts.gain) || !sameFact(header.offset, facts.offset)) {
    changes.push(['reflectance scale factor', null])
    list('data gain values', header.gain)
    list('data offset values', header.offset)
  }
  return changes
}

/** ENVI knows one ignore value for all bands. */
function ignoreValue(header: CubeHeader, dropped: DroppedField[]): string | null {
  const declared = header.nodata.filter((value): value is number => value !== null)
  const [first] = declared
  if (first === undefined) return null
  if (!header.nodata.every((value) => sameFact(value, first))) {
    dropped.push({
      field: 'nodata', reason: `The bands have different nodata values; ENVI knows one for all bands, and ${first} of the first band that has one is written.`,
    })
  }
  return String(first)
}
