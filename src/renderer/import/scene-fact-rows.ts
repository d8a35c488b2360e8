import { formatBandList } from '../shared/band-list'
import { formatBytes, formatCount, formatNumber, formatPixelSize, formatSize } from '../shared/format'
import { text } from '../text'
import type { SceneFacts } from './types'

/** A fact beside its name; `missing` = the file does not say; `wide` = it takes the room of two. */
export interface FactRow {
  name: string
  value: string
  missing: boolean
  wide: boolean
}

/** The facts by which a scene is recognised, in reading order. */
export function sceneFactRows(facts: SceneFacts): FactRow[] {
  const { importing } = text
  const { names, none } = importing.facts
  const row = (name: string, value: string | null, wide = false): FactRow => ({ name, value: value ?? none, missing: value === null, wide })
  return [
    row(names.size, formatSize(facts.rows, facts.cols)),
    row(names.bands, formatBands(facts)),
    row(names.wavelengths, formatWavelengths(facts.wavelengthNm)),
    row(names.pixel, facts.pixelSize === null ? null : formatPixelSize(facts.pixelSize)),
    row(names.crs, formatCrs(facts.crs), true),
    row(names.nodata, formatNodata(facts.nodata)),
    row(names.type, `${facts.format} · ${facts.sampleType} · ${facts.interleave.toUpperCase()}`),
    row(names.file, formatBytes(facts.sizeBytes)),
  ]
}

function formatBands({ bands, badBands }: SceneFacts): string {
  const bad = badBands.flatMap((isBad, band) => (isBad ? [band] : []))
  return bad.length === 0 ? formatCount(bands) : text.importing.facts.bandsWithBad(formatCount(bands), bad.length, formatBandList(bad))
}

/** 420–2450 nm; the order in the file does not matter. Null when there are none. */
export function formatWavelengths(wavelengthNm: readonly number[] | null): string | null {
  const known = wavelengthNm?.filter(Number.isFinite) ?? []
  if (known.length === 0) return null
  const [from, to] = [known.reduce((p, q) => Math.min(p, q)), known.reduce((p, q) => Math.max(p, q))]
  return `${formatNumber(from)}${from === to ? '' : `–${formatNumber(to)}`}\u2009nm`
}

/** A name that already ends in its code is not followed by it. */
function formatCrs(crs: SceneFacts['crs']): string | null {
  if (crs === null) return null
  const code = crs.epsg === null ? '' : `EPSG:${crs.epsg}`
  if (code === '' || crs.name.includes(code)) return crs.name
  return crs.name === '' ? code : `${crs.name} · ${code}`
}

/** The one value of all bands, or that there are several. */
export function formatNodata(nodata: SceneFacts['nodata']): string | null {
  const values = [...new Set(nodata)]
  const [value = null] = values
  if (values.length > 1) return text.importing.facts.nodataVaries
  return value === null ? null : String(value).replace('-', '−')
}
