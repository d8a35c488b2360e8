import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { CubeHeader, GdalMetadataItem } from '../../src/main/cube/cube-header'
import type { SampleType } from '../../src/main/cube/sample-type'
import { gdalMetadataXml } from '../../src/main/formats/geotiff/gdal-metadata-xml'
import { outputMetadata } from '../../src/main/formats/geotiff/output-metadata'
import { outputNodata } from '../../src/main/formats/geotiff/output-nodata'
import { createGeoTiffWriter } from '../../src/main/formats/geotiff/writer'
import { hasGdal } from './gdal'
import { gdalViews, testHeader, testOptions, testSamples, writeWhole, type GdalView } from './geotiff-writing'

const folder = mkdtempSync(join(tmpdir(), 'dacn-geotiff-metadata-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

let count = 0
async function write(more: Partial<CubeHeader>, bands = 3, type: SampleType = 'int16', history: string[] = []): Promise<string> {
  const path = join(folder, `${count++}.tif`)
  await writeWhole(path, testHeader(9, 7, bands, type, more), testOptions({ history }), testSamples(9, 7, bands, type))
  return path
}

const item = (name: string, value: string, more: Partial<GdalMetadataItem> = {}): GdalMetadataItem => ({ name, value, band: null, domain: '', role: '', ...more })

const FULL: Partial<CubeHeader> = {
  wavelengthNm: [418.24, 423.8741, 2445.53],
  fwhmNm: [6.99, 7.02, 8.1],
  badBands: [false, true, false],
  bandNames: ['blue <1> & "more" &lt;', 'Grün', ''],
  gain: [0.0001, 0.0001, 0.0002],
  offset: [0, -0.1, 1e-7],
  nodata: [-32768, -32768, -32768],
  defaultBands: [2, 1, 0],
  description: 'A scene, µ & <tag>',
}

describe.skipIf(!hasGdal)('metadata written to GeoTIFF, as GDAL lists it', () => {
  it('in three domains, with roles', async () => {
    const { band, metadata } = gdalViews([await write(FULL, 3, 'int16', ['upscaled 2x', 'by DACN Studio'])])[0] as GdalView
    expect(band.map((b) => b.metadata[''])).toEqual([
      { wavelength: '418.24', wavelength_units: 'Nanometers', fwhm: '6.99', bbl: '1' },
      { wavelength: '423.8741', wavelength_units: 'Nanometers', fwhm: '7.02', bbl: '0' },
      { wavelength: '2445.53', wavelength_units: 'Nanometers', fwhm: '8.1', bbl: '1' },
    ])
    expect(band.map((b) => b.metadata.IMAGERY)).toEqual([
      { CENTRAL_WAVELENGTH_UM: '0.418240', FWHM_UM: '0.006990' },
      { CENTRAL_WAVELENGTH_UM: '0.4238741', FWHM_UM: '0.007020' },
      { CENTRAL_WAVELENGTH_UM: '2.445530', FWHM_UM: '0.008100' },
    ])
    expect(band.map((b) => [b.description, b.scale, b.offset, b.nodata])).toEqual([
      ['blue <1> & "more" &lt;', 0.0001, 0, -32768], ['Grün', 0.0001, -0.1, -32768], ['', 0.0002, 1e-7, -32768],
    ])
    expect(metadata['']).toMatchObject({
      TIFFTAG_IMAGEDESCRIPTION: 'A scene, µ & <tag>', TIFFTAG_SOFTWARE: 'DACN Studio', DACN_HISTORY_1: 'upscaled 2x', DACN_HISTORY_2: 'by DACN Studio',
    })
    expect(metadata.ENVI).toEqual({
      wavelength: '{418.24, 423.8741, 2445.53}', wavelength_units: 'Nanometers', fwhm: '{6.99, 7.02, 8.1}', bbl: '{1, 0, 1}',
      default_bands: '{3, 2, 1}', data_gain_values: '{0.0001, 0.0001, 0.0002}', data_offset_values: '{0, -0.1, 1e-7}',
    })
  })

  it('items of a TIFF source verbatim, in all domains; text tags too', async () => {
    const items = [
      item('Band_1', '0.4174 <µm> & "quoted" \'single\''), item('mission', 'EnMAP', { domain: 'IMAGERY' }), item('note', 'line 1\nline 2', { band: 1 }),
      item('wavelength', '0.5', { band: 0 }), item('wavelength_units', 'Micrometers', { band: 0 }), item('own', 'two words', { domain: 'MY DOMAIN', band: 2 }),
      item('STATISTICS_MEAN', '17', { band: 0 }), item('DACN_HISTORY_1', 'earlier'),
    ]
    const textTags: [number, string][] = [[270, 'kept description'], [305, 'Other software'], [306, '2018:06:04 12:00:00'], [315, 'Müller'], [33432, '(c) DLR']]
    const more: Partial<CubeHeader> = { wavelengthNm: [500, 510, 520], metadata: { kind: 'tiff', items, textTags } }
    const { band, metadata } = gdalViews([await write(more, 3, 'int16', ['later'])])[0] as GdalView
    expect(metadata['']).toMatchObject({
      Band_1: '0.4174 <µm> & "quoted" \'single\'', DACN_HISTORY_1: 'earlier', DACN_HISTORY_2: 'later',
      TIFFTAG_IMAGEDESCRIPTION: 'kept description', TIFFTAG_SOFTWARE: 'Other software', TIFFTAG_DATETIME: '2018:06:04 12:00:00',
      TIFFTAG_ARTIST: 'Müller', TIFFTAG_COPYRIGHT: '(c) DLR',
    })
    expect(metadata.IMAGERY).toEqual({ mission: 'EnMAP' })
    expect(band[0]?.metadata['']).toEqual({ wavelength: '500', wavelength_units: 'Nanometers' })
    expect(band[1]?.metadata['']).toEqual({ note: 'line 1\nline 2', wavelength: '510', wavelength_units: 'Nanometers' })
    expect(band[2]?.metadata['MY DOMAIN']).toEqual({ own: 'two words' })
    expect(outputMetadata(testHeader(9, 7, 3, 'int16', more), []).dropped.map(({ field }) => field)).toEqual(['STATISTICS_*'])
  })

  it('fields of an ENVI source in the ENVI domain', async () => {
    const fields: [string, string][] = [
      ['description', '{old}'], ['samples', '700'], ['lines', '900'], ['bands', '3'], ['data type', '2'], ['x start', '12'], ['sensor type', 'HySpex'],
      ['reflectance scale factor', '10000'], ['z plot titles', '{Wavelength, Reflectance}'], ['wavelength units', 'Micrometers'], ['my = key', 'a, <b>'],
    ]
    const path = await write({ metadata: { kind: 'envi', fields }, description: 'old', wavelengthNm: [400, 500, 600] })
    const { metadata } = gdalViews([path])[0] as GdalView
    expect(metadata.ENVI).toEqual({
      sensor_type: 'HySpex', reflectance_scale_factor: '10000', z_plot_titles: '{Wavelength, Reflectance}',
      wavelength: '{400, 500, 600}', wavelength_units: 'Nanometers',
      // GDAL splits names at "=" as it does everywhere
      'my_': '_key=a, <b>',
    })
    expect(metadata['']?.TIFFTAG_IMAGEDESCRIPTION).toBe('old')
  })

  it('nodata of every type, exactly', async () => {
    const cases: [SampleType, number, number | string][] = [
      ['int16', -9999, -9999], ['uint8', 0, 0], ['uint16', 65535, 65535], ['int32', -2147483648, -2147483648], ['uint32', 4294967295, 4294967295],
      ['float32', NaN, 'nan'], ['float32', -9999, -9999], ['float32', -3.4e38, Math.fround(-3.4e38)], ['float32', 0.1, Math.fround(0.1)],
      ['float64', NaN, 'nan'], ['float64', -1.7976931348623157e308, -1.7976931348623157e308], ['float64', 1e20, 1e20], ['float64', 0.1, 0.1], ['float32', -Infinity, '-inf'],
    ]
    const paths = await Promise.all(cases.map(async ([type, nodata]) => write({ nodata: [nodata, nodata] }, 2, type)))
    expect(gdalViews(paths).map(({ band }) => band.map((b) => b.nodata))).toEqual(cases.map(([, , seen]) => [seen, seen]))
  })
})

describe('what a GeoTIFF can\'t hold', () => {
  it('is listed: differing and impossible nodata', () => {
    expect(outputNodata([null, null], 'int16')).toEqual({ text: null, dropped: [] })
    expect(outputNodata([0, -1, -1, null], 'int16')).toEqual({
      text: '-1',
      dropped: [
        { field: 'nodata', reason: expect.stringMatching(/0 of band 1 is lost/) as string },
        { field: 'nodata', reason: expect.stringMatching(/also counts for band 4/) as string },
      ],
    })
    for (const [value, type] of [[-1, 'uint8'], [0.5, 'int16'], [NaN, 'int32'], [1e39, 'float32'], [-Infinity, 'uint8']] as const) {
      expect(outputNodata([value], type), type).toMatchObject({ text: null, dropped: [{ field: 'nodata of band 1' }] })
    }
  })

  it('is listed by the writer: control points beside a transform, a nameless system, fields of another grid', async () => {
    const header = testHeader(9, 7, 2, 'int16', {
      georeference: {
        transform: { a: 1, b: 0, c: 0, d: 0, e: -1, f: 0 }, pixelIsPoint: false,
        crs: { epsg: null, wkt: null, name: 'Local', kind: 'unknown', geoKeys: null },
        groundControlPoints: [{ col: 0, row: 0, x: 0, y: 0, z: 0 }],
      },
      metadata: { kind: 'envi', fields: [['bands', '4'], ['x start', '3'], ['solar irradiance', '{1, 2, 3, 4}']] },
    })
    const writer = await createGeoTiffWriter(join(folder, 'dropped.tif'), header, testOptions())
    expect(writer.dropped.map(({ field }) => field)).toEqual(['x start', 'solar irradiance', 'ground control points', 'coordinate system'])
    await writer.close()
  })

  it('never breaks the XML', () => {
    expect(gdalMetadataXml([])).toBeNull()
    const xml = gdalMetadataXml([item('a"<\'', '\u0000\u0007]]>&\ud800x😀\ufffe')]) ?? ''
    expect(xml).toBe('<GDALMetadata>\n  <Item name="a&quot;&lt;&apos;">]]&gt;&amp;amp;x😀</Item>\n</GDALMetadata>\n')
  })
})
