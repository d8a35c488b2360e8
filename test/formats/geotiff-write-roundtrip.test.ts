import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { selectBands, type CubeHeader } from '../../src/main/cube/cube-header'
import { allBands, type CubeReader } from '../../src/main/cube/cube-reader'
import type { WriteOptions } from '../../src/main/cube/cube-writer'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { crsFromEpsg } from '../../src/main/formats/crs'
import { openGeoTiff } from '../../src/main/formats/geotiff/reader'
import { createGeoTiffWriter } from '../../src/main/formats/geotiff/writer'
import { sharedData, sharedDataReason } from '../shared-data'
import { hasGdal } from './gdal'
import { gdalViews, samplesHash, testHeader, testOptions, testSamples, writeWhole } from './geotiff-writing'

const folder = mkdtempSync(join(tmpdir(), 'dacn-geotiff-roundtrip-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Copies `bands` of an open scene into a new file. */
async function convert(reader: CubeReader, path: string, options: WriteOptions, bands = allBands(reader.header)): Promise<void> {
  const writer = await createGeoTiffWriter(path, selectBands(reader.header, bands), options)
  for (let block = 0; block < writer.blockCount; block++) await writer.writeBlock(block, await reader.readSamples(writer.blockWindow(block), bands))
  await writer.finish()
}

/** What a copy must share with its source; the rest of a header says how the file is laid out. */
function meaning(header: CubeHeader): Partial<CubeHeader> {
  const { rows, cols, bands, sampleType, wavelengthNm, fwhmNm, badBands, bandNames, nodata, gain, offset, georeference, description, defaultBands } = header
  return { rows, cols, bands, sampleType, wavelengthNm, fwhmNm, badBands, bandNames, nodata, gain, offset, georeference, description, defaultBands }
}

describe('a written GeoTIFF', () => {
  it('reads back as the header that was written', async () => {
    const header = testHeader(40, 50, 3, 'float32', {
      wavelengthNm: [418.24, 1254.3, 1269.1], fwhmNm: [6.5, 9.25, 1e-3], badBands: [false, true, false], bandNames: ['a & b', 'ü', 'c'],
      nodata: [-9999, -9999, -9999], gain: [0.0001, 1, 2], offset: [0, -1, 0.5], description: 'one scene', defaultBands: [2, 0, 1],
      georeference: { transform: { a: 0.7, b: 0.1, c: 5, d: 0.1, e: -0.7, f: 7 }, crs: crsFromEpsg(32632), pixelIsPoint: true, groundControlPoints: [] },
    })
    for (const interleave of ['bsq', 'bip'] as const) {
      const path = join(folder, `back-${interleave}.tif`)
      const samples = testSamples(40, 50, 3, 'float32')
      await writeWhole(path, header, testOptions({ interleave, compression: 'zstd', blockSize: 32, history: ['made in a test'] }), samples)
      const reader = await openGeoTiff(path)
      const { georeference, ...seen } = meaning(reader.header)
      const { georeference: written, ...wanted } = meaning(header)
      expect(seen).toEqual(wanted)
      expect(georeference?.crs).toMatchObject({ epsg: 32632, kind: 'projected' })
      expect(georeference?.pixelIsPoint).toBe(true)
      for (const key of ['a', 'b', 'c', 'd', 'e', 'f'] as const) expect(georeference?.transform?.[key]).toBeCloseTo(written?.transform?.[key] ?? NaN, 12)
      expect(reader.header.interleave).toBe(interleave)
      expect(reader.header.notices).toEqual([])
      expect(samplesHash(await reader.readSamples(wholeWindow(header), [0, 1, 2]))).toBe(samplesHash(samples))
      await reader.close()
    }
  })

  it('keeps only what is still true when bands are selected', async () => {
    const path = join(folder, 'all.tif')
    await writeWhole(path, testHeader(20, 20, 4, 'uint8', { wavelengthNm: [400, 500, 600, 700], defaultBands: [3, 2, 1] }), testOptions(), testSamples(20, 20, 4, 'uint8'))
    const reader = await openGeoTiff(path)
    const part = join(folder, 'part.tif')
    await convert(reader, part, testOptions(), [1, 3])
    await reader.close()
    const again = await openGeoTiff(part)
    expect(again.header).toMatchObject({ wavelengthNm: [500, 700], defaultBands: null, notices: [] })
    await again.close()
  })
})

const SCENES = [
  ['enmap-potsdam', 'enmap_potsdam_64x128.tif'], ['enmap-potsdam', 'enmap_potsdam_tile_160_64.tif'], ['dlr-hysu', 'DLR_HySU_HS_all_targets.tif'],
  ...['rotated', 'custom_laea_crs', 'epsg4326', 'no_crs_no_transform', 'float32_nan_nodata', 'int16_scale_offset', 'int32_strip_band', 'uint8_strip_pixel']
    .map((name) => ['variants', 'geotiff', `${name}.tif`]),
  ...['rasterio_test_esri_wkt', 'rasterio_float_raster_with_nodata', 'imagetiff_geo-5b', 'rasterio_rgb-byte-tenth', 'rasterio_byte', 'rasterio_green']
    .map((name) => ['geotiff-real', `${name}.tif`]),
]

const hasScenes = sharedData('variants') !== null
if (!hasScenes) console.info(`skipped here: ${sharedDataReason}`)

describe.skipIf(!hasScenes || !hasGdal)('a copy of a real GeoTIFF is the same to GDAL', () => {
  it('in pixels, places, system, nodata, scales, wavelengths', async () => {
    const sources = SCENES.flatMap((parts) => sharedData(...parts) ?? [])
    expect(sources).toHaveLength(SCENES.length)
    const copies: string[] = []
    for (const [i, source] of sources.entries()) {
      const reader = await openGeoTiff(source)
      const copy = join(folder, `copy-${i}.tif`)
      await convert(reader, copy, testOptions({ interleave: i % 2 === 0 ? 'bsq' : 'bip', compression: i % 3 === 0 ? 'deflate' : 'zstd' }))
      copies.push(copy)
      await reader.close()
    }
    const views = gdalViews([...sources, ...copies])
    sources.forEach((source, i) => {
      const [was, is] = [views[i], views[i + sources.length]]
      expect(is, source).toMatchObject({ rows: was?.rows, cols: was?.cols, bands: was?.bands, type: was?.type, hash: was?.hash, wkt: was?.wkt, epsg: was?.epsg, gcps: was?.gcps })
      expect(is?.transform === null, source).toBe(was?.transform === null)
      was?.transform?.forEach((value, k) => {
        expect(Math.abs((is?.transform?.[k] ?? NaN) - value), source).toBeLessThanOrEqual(1e-12 * Math.abs(value))
      })
      expect(is?.band.map((b) => [b.scale, b.offset, b.nodata, b.description]), source).toEqual(was?.band.map((b) => [b.scale ?? null, b.offset ?? null, b.nodata, b.description]))
      // everything that the source says is still said, unless it speaks of the file itself
      for (const [domain, items] of Object.entries(was?.metadata ?? {})) {
        if (domain !== 'IMAGE_STRUCTURE') expect(is?.metadata[domain], source).toMatchObject(without(items, 'RESOLUTION'))
      }
      was?.band.forEach((b, k) => {
        expect(is?.band[k]?.metadata[''] ?? {}, source).toMatchObject(without(b.metadata[''] ?? {}, 'STATISTICS_'))
      })
    })
  })
})

/** Statistics belong to the old pixels, and a print resolution of 1 dot an inch says nothing about a scene. */
function without(items: Record<string, string>, part: string): Record<string, string> {
  return Object.fromEntries(Object.entries(items).filter(([name]) => !name.includes(part)))
}
