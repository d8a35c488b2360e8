import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCube } from '../../src/main/formats/registry'
import { sharedData, sharedDataReason } from '../shared-data'
import { gdalFacts, gdalMissing, readAll, sha256 } from './envi-files'

const root = sharedData()
const reason = root === null ? sharedDataReason : gdalMissing
if (reason !== null) console.info(`Shared ENVI scenes: ${reason}`)

const SCENES = [
  'cat-island/cat-island.img', 'pavia-centre/pavia_centre_crop_dn.img', 'pavia-university/UPavia_Subset.img', 'salinas-a/salinas_a.img',
  'san-diego/sandiego_plane.img', 'santa-barbara/santa_barbara.img', 'texas-coast/texas-coast.img', 'jasper-ridge/jasperRidge2_R198.img',
  'dlr-hysu/targetsSizeROI', 'envi-real/EnMAP_BerlinUrbanGradient.bsq', 'envi-real/HyMap02_Berlin_Urban_Gradient_2009.bsq',
  'envi-real/ang20170323t202244_rdn_7000-7010',
]

/** GDAL 3.6 reads none of these: leading blanks before keys, 64-bit integers, complex numbers. */
const BEYOND_GDAL = ['messy_header', 'bip_int64', 'broken_complex']

function variants(): string[] {
  if (root === null) return []
  const names = readdirSync(join(root, 'variants', 'envi')).filter((name) => !/\.(hdr|xml|properties)$/.test(name))
  return names.filter((name) => !BEYOND_GDAL.some((prefix) => name.startsWith(prefix))).map((name) => join('variants', 'envi', name))
}

describe.skipIf(reason !== null)('shared ENVI files, as GDAL reads them', () => {
  const files = [...SCENES, ...variants()]
  const facts = reason === null ? gdalFacts(files.map((name) => join(root ?? '', name))) : []

  it.each(files.map((name, index) => ({ name, index })))('$name', async ({ name, index }) => {
    const gdal = facts[index]
    if (gdal === undefined || gdal.error !== undefined) throw new Error(gdal?.error)
    const path = join(root ?? '', name)
    const reader = await openCube(path)
    const { header } = reader
    expect([header.rows, header.cols, header.bands, header.sampleType]).toEqual([gdal.rows, gdal.cols, gdal.bands, gdal.type])
    expect(sha256(await readAll(reader))).toBe(gdal.sha256)
    const t = header.georeference?.transform ?? null
    expect(t === null).toBe(gdal.geotransform === null)
    if (t !== null) [t.c, t.a, t.b, t.f, t.d, t.e].forEach((value, i) => expect(value).toBeCloseTo(gdal.geotransform?.[i] ?? NaN, 6))
    expect(header.nodata[0] ?? null).toBe(gdal.nodata === null ? null : Number(gdal.nodata))
    const zone = /\+proj=utm \+zone=(\d+)/.exec(gdal.proj4 ?? '')?.[1]
    if (zone !== undefined) expect(header.georeference?.crs?.epsg).toBe(32600 + Number(zone))
    await reader.close()
    // the other file of the pair leads to the same scene
    const other = await openCube(reader.files[1] ?? '')
    expect(other.files).toEqual(reader.files)
    expect(other.header).toEqual(header)
    await other.close()
  })
})

describe.skipIf(root === null)('shared ENVI files beyond GDAL', () => {
  const variant = (name: string): string => join(root ?? '', 'variants', 'envi', name)

  it('reads the messy header and 64-bit integers like the reference', async () => {
    const reference = await openCube(variant('bip_int16_le.img'))
    const expected = await readAll(reference)
    await reference.close()
    for (const name of ['messy_header.hdr', 'messy_header.bil', 'bip_int64.img']) {
      const reader = await openCube(variant(name))
      expect([...await readAll(reader)]).toEqual([...expected])
      expect(reader.header.wavelengthNm?.slice(0, 2)).toEqual([417.4, 439.13])
      await reader.close()
    }
  })

  it('reads the metadata of the README', async () => {
    const expectHeader = async (name: string, facts: object): Promise<void> => {
      const reader = await openCube(join(root ?? '', name))
      expect(reader.header).toMatchObject(facts)
      await reader.close()
    }
    const reader = await openCube(variant('bil_int16_micrometers_fwhm_bbl.img'))
    expect(reader.header.badBands?.flatMap((bad, band) => (bad ? [band + 1] : []))).toEqual([1, 23])
    expect(reader.header.gain?.[0]).toBe(1e-4)
    expect(reader.header.wavelengthNm?.[0]).toBe(417.4)
    await reader.close()
    const broken = await openCube(variant('broken_wavelength_count.img'))
    expect(broken.header.wavelengthNm).toBeNull()
    expect(broken.header.notices[0]?.message).toContain("'wavelength' has 21 entries for 23 bands")
    await broken.close()
    await expectHeader('variants/envi/bil_int16_ignore.img', { nodata: new Array(23).fill(-9999) })
    await expectHeader('variants/envi/bsq_arbitrary_nomap.img', { georeference: null, wavelengthNm: null })
    await expectHeader('variants/envi/bsq_geographic.img', { georeference: { crs: { epsg: 4326 } } })
    await expectHeader('jasper-ridge/jasperRidge2_R198.hdr', { defaultBands: [31, 16, 3], gain: new Array(198).fill(1e-4) })
    const hymap = await openCube(join(root ?? '', 'envi-real/HyMap02_Berlin_Urban_Gradient_2009.hdr'))
    expect(hymap.header.wavelengthNm?.slice(0, 2)).toEqual([455.4, 469.4])
    await hymap.close()
    const enmap = await openCube(join(root ?? '', 'envi-real/EnMAP_BerlinUrbanGradient.hdr'))
    expect([enmap.header.wavelengthNm?.length, enmap.header.fwhmNm?.at(-1)]).toEqual([244, 8.9])
    await enmap.close()
    const ang = await openCube(join(root ?? '', 'envi-real/ang20170323t202244_rdn_7000-7010'))
    expect([ang.header.wavelengthNm?.[0], ang.header.fwhmNm?.at(-1)]).toEqual([376.86, 6.03])
    await ang.close()
  })

  it('merges a TIFF with the ENVI header beside it, whichever is opened', async () => {
    for (const name of ['DLR_HySU_HS_full.tif', 'DLR_HySU_HS_full.hdr']) {
      const reader = await openCube(join(root ?? '', 'dlr-hysu', name))
      const { header } = reader
      expect([header.rows, header.cols, header.bands, header.sampleType, header.metadata.kind]).toEqual([86, 123, 135, 'int16', 'tiff'])
      expect([header.wavelengthNm?.[0], header.wavelengthNm?.at(-1), header.fwhmNm?.[0]]).toEqual([417.4, 902.79, 4.76])
      expect([header.gain?.[0], header.nodata[0], header.georeference?.crs?.epsg]).toEqual([1e-4, 15000, 32632])
      expect(reader.files.map((file) => file.split('/').at(-1))).toEqual(['DLR_HySU_HS_full.tif', 'DLR_HySU_HS_full.hdr'])
      expect(header.notices.map((notice) => notice.code)).toContain('side-car-used')
      await reader.close()
    }
    for (const [name, size] of [
      ['envi-real/LT51940242010189KIS01_sr_band1.img.hdr', [436, 484, 1]], ['envi-real/LT51940242010189KIS01_sr_band1.img', [436, 484, 1]],
      ['dlr-hysu/DLR_HySU_HS_all_targets.tif', [42, 24, 135]], ['dlr-hysu/DLR_HySU_HS_all_targets.hdr', [42, 24, 135]],
    ] as const) {
      const reader = await openCube(join(root ?? '', name))
      expect([reader.header.rows, reader.header.cols, reader.header.bands]).toEqual(size)
      expect(reader.files).toHaveLength(2)
      await reader.close()
    }
  })

  it.each([
    ['variants/envi/broken_complex.img', 'unsupported', /complex/],
    ['envi-real/not-envi_arcgis.hdr', 'unsupported', /ESRI/],
    ['envi-real/bad-interleave_darkReference4.hdr', 'malformed', /interleave = bup/],
  ] as const)('refuses %s', async (name, tag, words) => {
    const path = join(root ?? '', name)
    await expect(openCube(path)).rejects.toMatchObject({ tag, message: expect.stringMatching(words) as string })
  })
})
