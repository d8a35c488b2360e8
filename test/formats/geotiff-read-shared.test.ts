import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allBands } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { openGeoTiff } from '../../src/main/formats/geotiff/reader'
import { sharedData, sharedDataReason } from '../shared-data'
import { expectHeaderLikeGdal, expectPixelsLikeGdal } from './geotiff-expect'
import { gdalReason, gdalTruths, hasGdal, type GdalTruth } from './geotiff-reference'

const REFUSED: Record<string, string> = { 'broken_truncated.tif': 'truncated', 'codec_lzma.tif': 'unsupported', 'complex64_reject.tif': 'unsupported' }

function tiffsIn(folder: string | null, count = Infinity): string[] {
  if (folder === null) return []
  return readdirSync(folder).filter((name) => /\.tiff?$/.test(name)).sort().slice(0, count).map((name) => join(folder, name))
}

const paths = [
  ...tiffsIn(sharedData('variants', 'geotiff')), ...tiffsIn(sharedData('geotiff-real')), ...tiffsIn(sharedData('dlr-hysu')),
  ...tiffsIn(sharedData('enmap-potsdam')), ...tiffsIn(sharedData('pretrain', 'ucmerced'), 3),
  ...[sharedData('envi-real', 'LT51940242010189KIS01_sr_band1.img')].filter((path) => path !== null),
]
const readable = paths.filter((path) => REFUSED[basename(path)] === undefined)
if (paths.length === 0) console.info(sharedDataReason)
if (!hasGdal) console.info(gdalReason)

describe.skipIf(paths.length === 0)('shared GeoTIFFs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'geotiff-shared-'))
  let truths: (GdalTruth | { error: string })[] = []
  beforeAll(() => {
    if (hasGdal) truths = gdalTruths(readable, folder)
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it.skipIf(!hasGdal).each(readable.map((path, index) => ({ name: basename(path), path, index })))('$name is read as GDAL reads it', async ({ path, index }) => {
    const truth = truths[index]
    if (truth === undefined || 'error' in truth) throw new Error(`GDAL refused ${path}`)
    const reader = await openGeoTiff(path)
    try {
      expectHeaderLikeGdal(reader.header, truth)
      await expectPixelsLikeGdal(reader, folder, index)
    } finally {
      await reader.close()
    }
  })

  it.each(paths.filter((path) => REFUSED[basename(path)] !== undefined).map((path) => ({ name: basename(path), path })))('$name is refused', async ({ name, path }) => {
    await expect(openGeoTiff(path)).rejects.toMatchObject({ tag: REFUSED[name], file: path, message: expect.stringContaining(path) as string, remedy: expect.stringMatching(/\w/) as string })
  })

  it('the variants hold the reference pixels without GDAL too', async () => {
    const reference = sharedData('variants', 'envi', 'bip_int16_le.img')
    if (reference === null) throw new Error(sharedDataReason)
    const expected = new Int16Array(new Uint8Array(readFileSync(reference)).buffer)
    for (const name of ['int16_tiled_band_lzw_pred2', 'int16_tiled_pixel_zstd', 'int16_bigendian_strip_band', 'int16_strip_band_packbits', 'int16_bigtiff_tiled_deflate']) {
      const path = sharedData('variants', 'geotiff', `${name}.tif`)
      if (path === null) throw new Error(sharedDataReason)
      const reader = await openGeoTiff(path)
      expect(await reader.readSamples(wholeWindow(reader.header), allBands(reader.header)), name).toEqual(expected)
      await reader.close()
    }
  })

  it('wavelengths are found where the scenes hide them', async () => {
    const wavelengths = async (...parts: string[]) => {
      const reader = await openGeoTiff(sharedData(...parts) ?? '')
      await reader.close()
      return reader.header
    }
    const hysu = await wavelengths('dlr-hysu', 'DLR_HySU_HS_full.tif')
    expect(hysu.wavelengthNm?.slice(0, 2)).toEqual([417.4, 421.02])
    expect(hysu.wavelengthNm?.[134]).toBe(902.79)
    expect(hysu.notices.map(({ code }) => code)).toContain('wavelength-units-guessed')
    expect(hysu.bandNames?.[0]).toMatch(/^Resize/)
    const enmap = await wavelengths('enmap-potsdam', 'enmap_potsdam_64x128.tif')
    expect(enmap.wavelengthNm?.[0]).toBe(418.24)
    expect(enmap.fwhmNm?.[0]).toBe(6.99561)
    expect(enmap.badBands?.flatMap((bad, band) => (bad ? [band] : []))).toEqual([129, 130, 131, 132, 133, 134])
    expect(enmap.gain?.[0]).toBe(0.0001)
  })
})
