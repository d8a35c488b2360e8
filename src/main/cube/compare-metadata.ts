import type { ComparedField } from './compared-field'
import type { CubeHeader } from './cube-header'
import type { DroppedField } from './cube-writer'
import { enviKeyOfGdalName } from './envi-list'

type Metadata = CubeHeader['metadata']

/** A raw value: `key` finds it in another format, `label` is its name for people (the same for all bands). */
interface RawField {
  key: string
  label: string
  value: string
}

/** ENVI fields that state the file's structure or what the scene model holds, which is compared apart. */
const STATED_IN_ENVI = new Set([
  'samples', 'lines', 'bands', 'header offset', 'file type', 'data type', 'interleave', 'byte order', 'file compression', 'major frame offsets',
  'minor frame offsets', 'map info', 'coordinate system string', 'projection info', 'pixel size', 'geo points', 'wavelength', 'wavelength units', 'fwhm', 'bbl',
  'band names', 'data gain values', 'data offset values', 'reflectance scale factor', 'data ignore value', 'description', 'default bands',
])

/** Items of a GeoTIFF that state the same, under the names of GDAL and the EnMAP-Box. */
const STATED_IN_TIFF = /^(wavelengths?|wavelength_units?|fwhm|bbl|band_?\d+|central_wavelength_um|fwhm_um|description|scale|offset|area_or_point)$/i

const IMAGE_DESCRIPTION = 270
const TEXT_TAG_NAMES: Record<number, string> = { 305: 'Software', 306: 'DateTime', 315: 'Artist', 33432: 'Copyright' }

/**
 * The raw fields of a source that the scene model does not know, each beside what the written file says. `expected` is
 * the source's metadata as it should be on the new grid. Fields of all bands with one name make one line.
 */
export function compareMetadata(source: Metadata, expected: Metadata, written: Metadata, dropped: readonly DroppedField[]): ComparedField[] {
  const wanted = new Map(rawFields(expected).map(({ key, value }) => [key, value]))
  const found = new Map(rawFields(written).map(({ key, value }) => [key, value]))
  const lines = new Map<string, ComparedField>()
  for (const { key, label, value } of rawFields(source)) {
    if (lines.get(label)?.kept === false) continue
    const should = wanted.get(key)
    const is = found.get(key)
    const kept = should !== undefined && is !== undefined && tidy(should) === tidy(is)
    lines.set(label, { field: label, kept, note: kept ? shorten(tidy(should)) : whyNot(label, value, should, is, dropped) })
  }
  return [...lines.values()]
}

function whyNot(label: string, value: string, should: string | undefined, is: string | undefined, dropped: readonly DroppedField[]): string {
  const reason = dropped.find(({ field }) => field === label || (field.endsWith('*') && label.startsWith(field.slice(0, -1))))?.reason
  if (reason !== undefined) return reason
  if (label.startsWith('STATISTICS_')) return 'It describes the pixels of the source.'
  if (should === undefined) return 'It speaks of pixels or bands in a way that is not understood, and would be wrong.'
  return is === undefined ? `${shorten(tidy(value))} is not in the file` : `${shorten(tidy(should))} became ${shorten(tidy(is))}`
}

function rawFields(metadata: Metadata): RawField[] {
  switch (metadata.kind) {
    case 'mat': return []
    case 'envi': return metadata.fields.flatMap(([key, value]) => enviField(key, value))
    case 'tiff': return [
      ...metadata.items.flatMap(({ name, value, band, domain, role }): RawField[] => {
        if (domain.toUpperCase() === 'ENVI' && band === null) return enviField(enviKeyOfGdalName(name), value)
        if (STATED_IN_TIFF.test(name)) return []
        return [{ key: `item ${domain} ${name} ${band ?? ''} ${role}`.toLowerCase(), label: domain === '' ? name : `${domain}:${name}`, value }]
      }),
      ...metadata.textTags.flatMap(([tag, value]): RawField[] => (
        tag === IMAGE_DESCRIPTION ? [] : [{ key: `tag ${tag}`, label: TEXT_TAG_NAMES[tag] ?? `TIFF tag ${tag}`, value }]
      )),
    ]
  }
}

function enviField(key: string, value: string): RawField[] {
  return STATED_IN_ENVI.has(key) ? [] : [{ key: `envi ${key}`, label: key, value }]
}

/** Without the differences of layout that formats make: blanks and line ends around commas and braces. */
function tidy(value: string): string {
  return value.replace(/\s+/g, ' ').replace(/\s*([{},])\s*/g, '$1').trim()
}

const SHOWN_CHARACTERS = 60

function shorten(value: string): string {
  return value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS - 3)}...` : value
}
