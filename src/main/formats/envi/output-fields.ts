import type { CubeHeader, GdalMetadataItem, Interleave } from '../../cube/cube-header'
import type { DroppedField } from '../../cube/cube-writer'
import { enviKeyOfGdalName, enviText, PER_BAND_FIELDS, splitEnviList } from '../../cube/envi-list'
import { readBandFacts } from './band-fields'
import { CODE_BY_SAMPLE_TYPE } from './data-types'
import { bandFields, sameFact } from './output-band-fields'
import { mapFields } from './output-map-fields'
import { readGeoreference } from './map-fields'

type Field = [key: string, rawValue: string]

export interface OutputHeader {
  text: string
  dropped: DroppedField[]
}

/** Fields that follow from how this file is stored, in the order in which ENVI writes them. */
const STRUCTURE = ['description', 'samples', 'lines', 'bands', 'header offset', 'file type', 'data type', 'interleave', 'byte order']

/** Fields of a source that are not true of the file that is written. */
const OBSOLETE = new Set([...STRUCTURE, 'file compression', 'major frame offsets', 'minor frame offsets'])

/**
 * The text of an ENVI header for `header`, stored little-endian in `interleave`. Fields of an ENVI source stay verbatim as
 * long as they say what `header` says; what differs (a selection of bands, another place) is written anew, what is
 * missing is added. `history` becomes one more line of the description.
 */
export function formatEnviHeader(header: CubeHeader, interleave: Interleave, history: readonly string[]): OutputHeader {
  const dropped: DroppedField[] = []
  const { fields: source, dropped: foreign } = sourceFields(header)
  dropped.push(...foreign)
  if (header.sampleType === 'int8') dropped.push({ field: 'data type', reason: 'ENVI has no signed 8-bit numbers; they are stored as int16.' })

  const kept = new Map(source.filter(([key]) => !OBSOLETE.has(key)))
  for (const [key, raw] of kept) {
    if (!PER_BAND_FIELDS.has(key) || key === 'band names') continue
    const count = splitEnviList(raw).length
    if (header.metadata.kind === 'envi' || count === header.bands) continue
    kept.delete(key)
  }
  const said = (key: string): string | null => kept.get(key) ?? null
  const { facts } = readBandFacts(said, header.bands, header.sampleType)
  const { georeference } = readGeoreference(said)
  apply(kept, bandFields(header, facts, said, dropped))
  apply(kept, mapFields(header, georeference, dropped))

  const structure: Record<string, string> = {
    description: description(header, source, history),
    samples: String(header.cols),
    lines: String(header.rows),
    bands: String(header.bands),
    'header offset': '0',
    'file type': 'ENVI Standard',
    'data type': String(CODE_BY_SAMPLE_TYPE[header.sampleType]),
    interleave,
    'byte order': '0',
  }
  const lines = [...STRUCTURE.map((key): Field => [key, structure[key] ?? '']), ...kept]
  return { text: `ENVI\n${lines.map(([key, raw]) => `${key} = ${raw}\n`).join('')}`, dropped }
}

/** Writes, replaces or (null) removes fields; a replaced one keeps its place. */
function apply(fields: Map<string, string>, changes: readonly [key: string, raw: string | null][]): void {
  for (const [key, raw] of changes) {
    if (raw === null) fields.delete(key)
    else fields.set(key, raw)
  }
}

/** What the source says in ENVI's own fields: its header, or the ENVI domain of a GeoTIFF. The rest can't be held. */
function sourceFields(header: CubeHeader): { fields: Field[]; dropped: DroppedField[] } {
  const { metadata } = header
  switch (metadata.kind) {
    case 'envi': return { fields: metadata.fields, dropped: [] }
    case 'mat': return { fields: [], dropped: [] }
    case 'tiff': {
      const fields = metadata.items.flatMap((item): Field[] => {
        if (item.domain.toUpperCase() !== 'ENVI' || item.band !== null || !isPlain(item.value)) return []
        return [[enviKeyOfGdalName(item.name), item.value.replace(/\r\n?/g, '\n')]]
      })
      const dropped = [
        ...homelessItems(metadata.items),
        ...metadata.textTags.filter(([tag]) => tag !== IMAGE_DESCRIPTION).map(([tag]): DroppedField => ({
          field: TEXT_TAG_NAMES[tag] ?? `TIFF tag ${tag}`, reason: 'ENVI has no such field.',
        })),
      ]
      if (header.georeference?.pixelIsPoint === true) {
        dropped.push({ field: 'PixelIsPoint', reason: 'ENVI always refers to pixel corners; positions are converted, the declaration is not kept.' })
      }
      return { fields, dropped }
    }
  }
}

const IMAGE_DESCRIPTION = 270
const TEXT_TAG_NAMES: Record<number, string> = { 305: 'Software', 306: 'DateTime', 315: 'Artist', 33432: 'Copyright' }

/** A bare value must fit one line and a braced one must hold no further brace: else the header could not be read back. */
function isPlain(raw: string): boolean {
  return /^\s*\{[^{}]*\}\s*$/.test(raw) || !/[{}\r\n]/.test(raw)
}

/** Items whose content the scene model holds, under the names in which GDAL and the EnMAP-Box write them. */
const MODELLED = /^(wavelengths?|wavelength_units?|fwhm|bbl|band_?\d+|central_wavelength_um|fwhm_um|description|scale|offset|unittype)$/i

function homelessItems(items: readonly GdalMetadataItem[]): DroppedField[] {
  const names = new Set<string>()
  for (const item of items) {
    if (item.domain.toUpperCase() === 'ENVI' && item.band === null && isPlain(item.value)) continue
    if (item.name.startsWith('STATISTICS_') || MODELLED.test(item.name)) continue
    names.add(item.domain === '' ? item.name : `${item.domain}:${item.name}`)
  }
  return [...names].map((field) => ({ field, reason: 'ENVI headers have no place for it.' }))
}

function description(header: CubeHeader, source: readonly Field[], history: readonly string[]): string {
  const raw = source.find(([key]) => key === 'description')?.[1] ?? ''
  const verbatim = sameFact(header.description, enviText(raw) || null) ? raw.trim().replace(/^\{|\}$/g, '') : (header.description ?? '')
  const added = history.join('; ').replace(/\s+/g, ' ').trim()
  const lines = [bracesOut(verbatim).trimEnd(), bracesOut(added)].filter((line) => line.trim() !== '')
  return `{${lines.join('\n  ')}}`
}

/** Braces would end the field, so they become brackets. */
function bracesOut(text: string): string {
  return text.replaceAll('{', '(').replaceAll('}', ')').replace(/\r\n?/g, '\n')
}
