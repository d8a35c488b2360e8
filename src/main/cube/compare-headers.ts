import { compareMetadata } from './compare-metadata'
import { comparePlace } from './compare-place'
import type { ComparedField, HeaderComparison } from './compared-field'
import { SAMPLE_TYPES } from './sample-type'

/**
 * Every header field of a source compared with a written file: size, place on the map, spectrum, values, texts and the
 * raw fields that only the source's own format has. Fields that neither side has are left out; how values are ordered in
 * the file is not about the scene and not compared.
 */
export function compareHeaders(comparison: HeaderComparison): ComparedField[] {
  const { source, expected, written, dropped } = comparison
  const reasonFor = (field: string): string => dropped.find((entry) => entry.field.toLowerCase().includes(field.toLowerCase()))?.reason ?? ''
  const compare = <T>(field: string, wanted: T | null, found: T | null, describe: (value: T) => string, same: (p: T, q: T) => boolean = sameFact): ComparedField[] => {
    if (wanted === null && found === null) return []
    if (wanted !== null && found !== null && same(wanted, found)) return [{ field, kept: true, note: describe(wanted) }]
    const [before, after] = [wanted === null ? 'none' : describe(wanted), found === null ? 'none' : describe(found)]
    return [{ field, kept: false, note: sentence(before === after ? `${before}, differently in the file` : `${before} became ${after}`, reasonFor(field)) }]
  }
  return [
    sizeField(comparison),
    bandsField(comparison),
    typeField(comparison),
    ...comparePlace(comparison, reasonFor),
    ...compare('wavelengths', expected.wavelengthNm, written.wavelengthNm, rangeNm),
    ...compare('FWHM', expected.fwhmNm, written.fwhmNm, rangeNm),
    ...compare('bad bands', expected.badBands, written.badBands, (bad) => `${bad.filter(Boolean).length} of ${bad.length} bands`),
    ...compare('band names', expected.bandNames, written.bandNames, (names) => firstOf(names)),
    ...compare('nodata', declared(expected.nodata), declared(written.nodata), (values) => [...new Set(values.map((value) => (value === null ? 'none' : String(value))))].join(', ')),
    ...compare('gain', expected.gain, written.gain, numbers),
    ...compare('offset', expected.offset, written.offset, numbers),
    ...compare('default bands', expected.defaultBands, written.defaultBands, (bands) => bands.map((band) => band + 1).join(', ')),
    // history may be added to it, also where there was none
    ...(text(expected.description) === null ? [] : compare('description', text(expected.description), text(written.description), shorten, (p, q) => q.startsWith(p))),
    ...compareMetadata(source.metadata, expected.metadata, written.metadata, dropped),
  ]
}

/** Equal as far as files can tell: numbers to a relative 1e-9, NaN equal to NaN. */
function sameFact(p: unknown, q: unknown): boolean {
  if (typeof p === 'number' && typeof q === 'number') {
    return p === q || (Number.isNaN(p) && Number.isNaN(q)) || Math.abs(p - q) <= 1e-9 * Math.max(Math.abs(p), Math.abs(q))
  }
  if (Array.isArray(p) && Array.isArray(q)) return p.length === q.length && p.every((value, i) => sameFact(value, q[i]))
  return p === q
}

function sizeField({ source, expected, written, scale }: HeaderComparison): ComparedField {
  const size = ({ rows, cols }: { rows: number; cols: number }): string => `${rows} x ${cols} pixels`
  const kept = expected.rows === written.rows && expected.cols === written.cols
  const used = { rows: expected.rows / scale, cols: expected.cols / scale }
  const part = used.rows === source.rows && used.cols === source.cols ? '' : ` of ${size(source)}, as asked,`
  return { field: 'size', kept, note: `${size(used)}${part} became ${size(written)} (${scale}x)` }
}

function bandsField({ source, expected, written }: HeaderComparison): ComparedField {
  return { field: 'bands', kept: expected.bands === written.bands, note: source.bands === written.bands ? String(source.bands) : `${written.bands} of ${source.bands}, as asked` }
}

function typeField({ source, expected, written }: HeaderComparison): ComparedField {
  const field = 'sample type'
  if (written.sampleType === source.sampleType) return { field, kept: true, note: source.sampleType }
  const change = `${source.sampleType} became ${written.sampleType}`
  if (written.sampleType === expected.sampleType) return { field, kept: true, note: `${change}, as asked` }
  const { bytes } = SAMPLE_TYPES[source.sampleType]
  return { field, kept: false, note: `${change}: the format has no ${bytes * 8}-bit numbers of that kind` }
}

function declared(nodata: readonly (number | null)[]): readonly (number | null)[] | null {
  return nodata.every((value) => value === null) ? null : nodata
}

function text(description: string | null): string | null {
  const tidy = description?.replace(/\s+/g, ' ').trim() ?? ''
  return tidy === '' ? null : tidy
}

function rangeNm(values: readonly number[]): string {
  const finite = values.filter(Number.isFinite)
  return finite.length === 0 ? 'unknown' : `${Math.min(...finite).toFixed(1)}-${Math.max(...finite).toFixed(1)} nm`
}

function numbers(values: readonly number[]): string {
  const different = [...new Set(values)]
  return different.length > 3 ? `${different.slice(0, 3).join(', ')} ...` : different.join(', ')
}

function firstOf(names: readonly string[]): string {
  return shorten(names.length > 1 ? `${names[0] ?? ''} ...` : (names[0] ?? ''))
}

const SHOWN_CHARACTERS = 60

function shorten(value: string): string {
  return value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS - 3)}...` : value
}

function sentence(what: string, reason: string): string {
  return reason === '' ? what : `${what}: ${reason}`
}
