import { enviKeyOfGdalName, selectEnviBands } from './envi-list'
import type { Georeference } from './georeference'
import type { SampleType } from './sample-type'

export type Interleave = 'bsq' | 'bil' | 'bip'

/** Something the reader repaired, ignored or wants the user to know. */
export interface Notice {
  /** Stable word for tests and the interface, e.g. 'wavelength-units-guessed'. */
  code: string
  message: string
}

/** ENVI header as read: values verbatim by lower-case key in file order, so that unknown keys survive a round trip. */
export interface EnviMetadata {
  kind: 'envi'
  fields: [key: string, rawValue: string][]
}

/** GDAL metadata items of a GeoTIFF (tag 42112), verbatim. */
export interface GdalMetadataItem {
  name: string
  value: string
  /** 0-based band, or null for the file. */
  band: number | null
  domain: string
  role: string
}

export interface TiffMetadata {
  kind: 'tiff'
  items: GdalMetadataItem[]
  /** ASCII tags worth keeping: ImageDescription 270, Software 305, DateTime 306, Artist 315, Copyright 33432. */
  textTags: [tag: number, text: string][]
}

export interface MatMetadata {
  kind: 'mat'
  variable: string
}

/**
 * All that is known of a scene without reading its pixels. Arrays that speak of bands have length `bands`.
 * Pixel values are the stored numbers; physical value = stored * gain + offset.
 */
export interface CubeHeader {
  rows: number
  cols: number
  bands: number
  sampleType: SampleType
  interleave: Interleave
  byteOrder: 'little' | 'big'
  /** Centre wavelength in nm; null when the source gives none. Not always monotonic: detectors overlap. */
  wavelengthNm: number[] | null
  fwhmNm: number[] | null
  /** true = unusable band (`bbl` 0). null when the source says nothing. */
  badBands: boolean[] | null
  /** As in the source; null when it gives none. */
  bandNames: string[] | null
  /** Stored value that means "no data", per band; null = none declared. NaN is always no data for float types. */
  nodata: (number | null)[]
  gain: number[] | null
  offset: number[] | null
  georeference: Georeference | null
  description: string | null
  /** 0-based red, green, blue (or one band) that the source proposes for display; null when absent or out of range. */
  defaultBands: number[] | null
  metadata: EnviMetadata | TiffMetadata | MatMetadata
  notices: Notice[]
}

/** The header of a selection of bands (0-based, in the given order), everything that speaks of bands subset with them. */
export function selectBands(header: CubeHeader, bands: readonly number[]): CubeHeader {
  const pick = <T>(values: T[] | null): T[] | null => (values === null ? null : bands.map((b) => values[b] as T))
  const position = new Map(bands.map((band, index) => [band, index]))
  const defaults = header.defaultBands?.map((b) => position.get(b))
  let { metadata } = header
  if (metadata.kind === 'envi') metadata = { ...metadata, fields: selectEnviBands(metadata.fields, header.bands, bands) }
  if (metadata.kind === 'tiff') {
    const items = metadata.items.flatMap((item) => {
      if (item.band === null && item.domain !== 'ENVI') return [item]
      if (item.band === null) {
        const fields = selectEnviBands([[enviKeyOfGdalName(item.name), item.value]], header.bands, bands)
        return fields.map(([, value]) => ({ ...item, value }))
      }
      const band = position.get(item.band)
      return band === undefined ? [] : [{ ...item, band }]
    })
    metadata = { ...metadata, items }
  }
  return {
    ...header,
    bands: bands.length,
    wavelengthNm: pick(header.wavelengthNm),
    fwhmNm: pick(header.fwhmNm),
    badBands: pick(header.badBands),
    bandNames: pick(header.bandNames),
    nodata: bands.map((b) => header.nodata[b] ?? null),
    gain: pick(header.gain),
    offset: pick(header.offset),
    defaultBands: defaults === undefined || defaults.some((b) => b === undefined) ? null : (defaults as number[]),
    metadata,
  }
}
