import { describe, expect, it } from 'vitest'
import { compareHeaders } from '../../src/main/cube/compare-headers'
import type { ComparedField } from '../../src/main/cube/compared-field'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import type { DroppedField } from '../../src/main/cube/cube-writer'
import { refineHeader, windowHeader } from '../../src/main/cube/derive-header'
import type { Crs } from '../../src/main/cube/georeference'
import { plainHeader } from '../memory-scene'

const utm: Crs = { epsg: 32632, wkt: null, name: 'WGS 84 / UTM zone 32N', kind: 'projected', geoKeys: null }
const source: CubeHeader = {
  ...plainHeader(20, 30, 2, 'int16'), wavelengthNm: [450, 650], description: 'A field', nodata: [-9999, -9999],
  georeference: { transform: { a: 2, b: 0, c: 600000, d: 0, e: -2, f: 5300000 }, crs: utm, pixelIsPoint: false, groundControlPoints: [] },
  metadata: { kind: 'envi', fields: [['samples', '30'], ['sensor type', 'HySpex'], ['x start', '5'], ['acquisition time', '{2018-06-04,\n 10:00}']] },
}

function compare(change: (header: CubeHeader) => CubeHeader, dropped: DroppedField[] = []): ComparedField[] {
  const expected = refineHeader(source, 2)
  return compareHeaders({ source, expected, written: change(expected), scale: 2, dropped })
}

const changed = (fields: ComparedField[]): ComparedField[] => fields.filter(({ kept }) => !kept)

describe('a written header beside its source', () => {
  it('keeps everything when it says what it should', () => {
    const fields = compare((header) => ({ ...header, description: 'A  field\n  Upscaled 2x' }))
    expect(changed(fields)).toEqual([])
    expect(fields.map(({ field }) => field)).toEqual([
      'size', 'bands', 'sample type', 'corners', 'pixel size', 'coordinate system', 'wavelengths', 'nodata', 'description', 'sensor type', 'x start', 'acquisition time',
    ])
    expect(fields[0]?.note).toBe('20 x 30 pixels became 40 x 60 pixels (2x)')
    expect(fields[4]?.note).toBe('2 x 2 became 1 x 1')
  })

  it('may say the same in the words of GeoTIFF', () => {
    const fields = compare((header) => ({
      ...header,
      metadata: {
        kind: 'tiff', textTags: [], items: [['sensor_type', 'HySpex'], ['x_start', '9'], ['acquisition_time', '{2018-06-04, 10:00}']].map(([name, value]) => (
          { name: name as string, value: value as string, band: null, domain: 'ENVI', role: '' })),
      },
    }))
    expect(changed(fields)).toEqual([])
  })

  it.each<[string, string, (header: CubeHeader) => CubeHeader, RegExp]>([
    ['size', 'rows', (header) => ({ ...header, rows: 39 }), /became 39 x 60/],
    ['sample type', 'another type', (header) => ({ ...header, sampleType: 'int32' }), /int16 became int32/],
    ['wavelengths', 'a wavelength', (header) => ({ ...header, wavelengthNm: [450, 651] }), /450\.0-650\.0 nm became 450\.0-651\.0 nm/],
    ['wavelengths', 'no wavelengths', (header) => ({ ...header, wavelengthNm: null }), /became none/],
    ['bad bands', 'bad bands from nowhere', (header) => ({ ...header, badBands: [true, false] }), /none became 1 of 2/],
    ['nodata', 'nodata', (header) => ({ ...header, nodata: [-9999, null] }), /-9999 became -9999, none/],
    ['description', 'another text', (header) => ({ ...header, description: 'Upscaled' }), /A field became Upscaled/],
    ['sensor type', 'a lost field', (header) => ({ ...header, metadata: { kind: 'envi', fields: [['x start', '9'], ['acquisition time', '{2018-06-04, 10:00}']] } }), /HySpex is not in the file/],
    ['coordinate system', 'another zone', (header) => ({ ...header, georeference: header.georeference === null ? null : { ...header.georeference, crs: { ...utm, epsg: 32633 } } }), /EPSG:32632\) became .*EPSG:32633/],
  ])('finds %s changed by %s', (field, _by, change, note) => {
    const fields = changed(compare(change))
    expect(fields.map((entry) => entry.field)).toContain(field)
    expect(fields.find((entry) => entry.field === field)?.note).toMatch(note)
  })

  it('finds a corner that is half an output pixel off, and no place at all', () => {
    const moved = compare((header) => {
      const { georeference } = header
      if (georeference?.transform == null) return header
      return { ...header, georeference: { ...georeference, transform: { ...georeference.transform, f: georeference.transform.f + 0.5 } } }
    })
    expect(changed(moved)).toEqual([{ field: 'corners', kept: false, note: 'off by up to 0.500 output pixels' }])
    expect(changed(compare((header) => ({ ...header, georeference: null }))).map(({ field }) => field)).toEqual(['corners', 'pixel size', 'coordinate system'])
  })

  it('gives the reason that the writer gave', () => {
    const fields = compare((header) => ({ ...header, metadata: { kind: 'tiff', items: [], textTags: [] } }), [{ field: 'x start', reason: 'Of the grid.' }])
    expect(fields.find(({ field }) => field === 'x start')).toEqual({ field: 'x start', kept: false, note: 'Of the grid.' })
  })

  it('says which part of the scene it is', () => {
    const expected = refineHeader(windowHeader(source, { row: 2, col: 3, rows: 10, cols: 20 }), 2)
    const fields = compareHeaders({ source, expected, written: expected, scale: 2, dropped: [] })
    expect(changed(fields)).toEqual([])
    expect(fields[0]?.note).toBe('10 x 20 pixels of 20 x 30 pixels, as asked, became 20 x 40 pixels (2x)')
  })
})
