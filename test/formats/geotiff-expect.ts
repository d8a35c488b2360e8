import { expect } from 'vitest'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import { allBands, type CubeReader } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import type { SampleType } from '../../src/main/cube/sample-type'
import { gdalPixels, type GdalTruth } from './geotiff-reference'

const GDAL_TYPES: Record<string, SampleType> = {
  Byte: 'uint8', Int8: 'int8', UInt16: 'uint16', Int16: 'int16', UInt32: 'uint32', Int32: 'int32',
  UInt64: 'uint64', Int64: 'int64', Float32: 'float32', Float64: 'float64',
}

/** Every header field that GDAL knows as well. */
export function expectHeaderLikeGdal(header: CubeHeader, truth: GdalTruth): void {
  const { rows, cols, bands, sampleType } = header
  expect({ rows, cols, bands, sampleType }).toEqual({ rows: truth.rows, cols: truth.cols, bands: truth.bands, sampleType: GDAL_TYPES[truth.type] })
  if (bands > 1) expect(header.interleave).toBe(truth.interleave === 'BAND' ? 'bsq' : 'bip')
  // GDAL rounds the declared text to the sample type, the header keeps it
  const rounded = header.nodata.map((value) => (value !== null && sampleType === 'float32' ? Math.fround(value) : value))
  expect(rounded).toEqual(truth.nodata.map((text) => (text === null ? null : Number(text))))
  if (truth.descriptions.some((text) => text !== '')) expect(header.bandNames).toEqual(truth.descriptions)
  expect(header.gain).toEqual(truth.scales.some((scale) => scale !== null) ? truth.scales.map((scale) => scale ?? 1) : null)
  expect(header.offset).toEqual(truth.offsets.some((offset) => offset !== null) ? truth.offsets.map((offset) => offset ?? 0) : null)
  expectGeoreferenceLikeGdal(header, truth)
  expectSpectraLikeGdal(header, truth)
}

function expectGeoreferenceLikeGdal({ georeference }: CubeHeader, truth: GdalTruth): void {
  const transform = georeference?.transform ?? null
  expect(transform === null).toBe(truth.transform === null)
  if (transform !== null && truth.transform !== null) {
    const own = [transform.c, transform.a, transform.b, transform.f, transform.d, transform.e]
    own.forEach((value, i) => expect(value).toBeCloseTo(truth.transform?.[i] ?? NaN, 9))
  }
  expect((georeference?.groundControlPoints ?? []).map(({ col, row, x, y, z }) => [col, row, x, y, z])).toEqual(truth.gcps)
  expect(georeference?.crs != null).toBe(truth.hasCrs)
  if (truth.epsg !== null) expect(georeference?.crs?.epsg).toBe(Number(truth.epsg))
  if (georeference !== null && truth.areaOrPoint !== null) expect(georeference.pixelIsPoint).toBe(truth.areaOrPoint === 'Point')
}

function expectSpectraLikeGdal(header: CubeHeader, truth: GdalTruth): void {
  truth.bandItems.forEach((items, band) => {
    const { wavelength, fwhm, bbl } = items
    const toNm = Number(wavelength) < 100 ? 1000 : 1
    if (wavelength !== undefined) expect(header.wavelengthNm?.[band]).toBeCloseTo(Number(wavelength) * toNm, 9)
    if (fwhm !== undefined) expect(header.fwhmNm?.[band]).toBeCloseTo(Number(fwhm) * toNm, 9)
    if (bbl !== undefined) expect(header.badBands?.[band]).toBe(bbl === '0')
  })
  if (header.metadata.kind !== 'tiff') throw new Error('not a TIFF header')
  // every item that GDAL lists is there verbatim, in its domain
  const listed = (domain: string, band: number | null) => Object.fromEntries(
    header.metadata.kind === 'tiff'
      ? header.metadata.items.filter((item) => item.domain === domain && item.band === band && item.role === '').map(({ name, value }) => [name, value])
      : [],
  )
  const invented = /^(AREA_OR_POINT|TIFFTAG_.*)$/
  expect(listed('', null)).toEqual(Object.fromEntries(Object.entries(truth.items).filter(([name]) => !invented.test(name))))
  expect(listed('ENVI', null)).toEqual(truth.envi)
  truth.bandItems.forEach((items, band) => {
    expect(listed('', band)).toEqual(items)
  })
  truth.imagery.forEach((items, band) => {
    expect(listed('IMAGERY', band)).toEqual(items)
  })
}

/** All pixels of the reader, bit for bit those of GDAL's dump `index` (NaN equals NaN). */
export async function expectPixelsLikeGdal(reader: CubeReader, folder: string, index: number): Promise<void> {
  const own = await reader.readSamples(wholeWindow(reader.header), allBands(reader.header))
  const truth = gdalPixels(folder, index, reader.header.sampleType)
  expect(own.length).toBe(truth.length)
  expect(own.constructor).toBe(truth.constructor)
  const different = own.findIndex((value, i) => !Object.is(value, truth[i]))
  expect(different, different < 0 ? '' : `sample ${different}: ${own[different]} here, ${truth[different]} in GDAL`).toBe(-1)
}
