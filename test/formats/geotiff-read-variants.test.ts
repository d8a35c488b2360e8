import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import { allBands, readWindow, type CubeReader } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { openGeoTiff } from '../../src/main/formats/geotiff/reader'
import { expectHeaderLikeGdal, expectPixelsLikeGdal } from './geotiff-expect'
import { gdalPixels, gdalReason, gdalTruths, hasGdal, PYTHON, type GdalTruth } from './geotiff-reference'

if (!hasGdal) console.info(gdalReason)

describe.skipIf(!hasGdal)('GeoTIFFs that GDAL wrote', () => {
  const folder = mkdtempSync(join(tmpdir(), 'geotiff-variants-'))
  const dumps = mkdtempSync(join(tmpdir(), 'geotiff-dumps-'))
  let names: string[] = []
  let truths: (GdalTruth | { error: string })[] = []
  beforeAll(() => {
    execFileSync(PYTHON, [join(dirname(fileURLToPath(import.meta.url)), 'geotiff-variants.py'), folder], { stdio: 'ignore' })
    names = readdirSync(folder).filter((name) => name.endsWith('.tif')).map((name) => name.slice(0, -4)).sort()
    truths = gdalTruths(names.map((name) => join(folder, `${name}.tif`)), dumps)
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
    rmSync(dumps, { recursive: true })
  })

  const open = (name: string): Promise<CubeReader> => openGeoTiff(join(folder, `${name}.tif`))
  async function headerOf(name: string): Promise<CubeHeader> {
    const reader = await open(name)
    await reader.close()
    return reader.header
  }
  async function expectLikeGdal(name: string): Promise<void> {
    const index = names.indexOf(name)
    const truth = truths[index]
    if (truth === undefined || 'error' in truth) throw new Error(`GDAL can't read ${name}`)
    const reader = await open(name)
    try {
      expectHeaderLikeGdal(reader.header, truth)
      await expectPixelsLikeGdal(reader, dumps, index)
    } finally {
      await reader.close()
    }
  }

  it('every type, codec, interleave, predictor, layout and byte order', async () => {
    const matrix = names.filter((name) => /^m\d{3}_/.test(name))
    expect(matrix.length).toBeGreaterThan(140)
    for (const name of matrix) {
      await expectLikeGdal(name).catch((error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      })
    }
  })

  it('random windows and band selections equal those parts of the whole', async () => {
    const random = Random.fromSeed(7)
    for (const [index, name] of names.entries()) {
      if (!/^(m\d{3}_|sparse)/.test(name)) continue
      const reader = await open(name)
      const { rows, cols, bands, sampleType } = reader.header
      const whole = gdalPixels(dumps, index, sampleType)
      for (let turn = 0; turn < 4; turn++) {
        const row = random.integer(rows)
        const col = random.integer(cols)
        const window = { row, col, rows: 1 + random.integer(rows - row), cols: 1 + random.integer(cols - col) }
        const selection = Array.from({ length: 1 + random.integer(6) }, () => random.integer(bands))
        const part = await reader.readSamples(window, selection)
        let at = 0
        let different = 0
        for (let r = row; r < row + window.rows; r++) {
          for (let c = col; c < col + window.cols; c++) {
            for (const band of selection) if (!Object.is(part[at++], whole[(r * cols + c) * bands + band])) different++
          }
        }
        expect({ name, different, length: part.length }).toEqual({ name, different: 0, length: at })
      }
      await reader.close()
    }
  })

  it.each([
    'north_up', 'south_up', 'rotated', 'point_north_up', 'point_rotated', 'gcps', 'point_gcps', 'scaled', 'nodata_negative', 'nodata_nan', 'nodata_1e20',
    'spectral_IMAGERY', 'spectral_bands', 'spectral_names', 'sparse_zero', 'sparse_nodata', 'sparse_raw', 'palette', 'alpha', 'overviews', 'masked',
    'pages', 'deflate_old_code', 'lzw_bits_reversed',
  ])('%s', async (name) => {
    await expectLikeGdal(name)
  })

  it('places wavelengths, widths and bad bands of each domain in nm', async () => {
    const wavelengthNm = [450, 550, 650, 850, 2200]
    const badBands = [false, false, true, false, false]
    expect(await headerOf('spectral_ENVI')).toMatchObject({
      wavelengthNm, badBands, fwhmNm: [10, 10, 20, 20, 50], nodata: new Array(5).fill(-9999) as number[], defaultBands: [2, 1, 0],
    })
    expect(await headerOf('spectral_IMAGERY')).toMatchObject({ wavelengthNm, fwhmNm: [10, 10, 10, 10, 10], badBands: null })
    expect(await headerOf('spectral_bands')).toMatchObject({ wavelengthNm, fwhmNm: [10, 10, 10, 10, 10], badBands })
    expect(await headerOf('spectral_names')).toMatchObject({ wavelengthNm, fwhmNm: null })
    const partial = await headerOf('spectral_partial')
    expect(partial.wavelengthNm).toBeNull()
    expect(partial.notices.map(({ code }) => code)).toEqual(['band-items-incomplete'])
  })

  it('keeps metadata items verbatim', async () => {
    const { metadata } = await headerOf('spectral_bands')
    if (metadata.kind !== 'tiff') throw new Error('not a TIFF header')
    expect(metadata.items).toContainEqual({ name: 'note', value: '<a & "b"> &amp; µm ', band: null, domain: '', role: '' })
    expect(metadata.items).toContainEqual({ name: 'bbl', value: '0', band: 2, domain: '', role: '' })
  })

  it('blocks that were never written become NaN once masked', async () => {
    const reader = await open('sparse_nodata')
    const values = await readWindow(reader, wholeWindow(reader.header), [0, 1])
    await reader.close()
    expect(values.filter((value) => value === 7)).toHaveLength(20)
    expect(Number.isNaN(values[0])).toBe(true)
  })

  it.each([
    ['palette', 'palette-ignored'], ['alpha', 'alpha-band'], ['masked', 'mask-ignored'], ['pages', 'further-images'],
    ['m000_Byte_NONE_PIXEL_p1_l0_e0_b0', null], ['overviews', null],
  ])('%s says so', async (name, code) => {
    expect((await headerOf(name)).notices.map((notice) => notice.code)).toEqual(code === null ? [] : [code])
  })

  it.each([['masked_int16', -9999], ['masked_float32', NaN]])('%s: what the mask calls invalid reads as nodata, the rest as GDAL reads it', async (name, missing) => {
    const reader = await open(name)
    const { rows, cols, bands, sampleType, notices } = reader.header
    expect(notices.map(({ code }) => code)).toEqual(['mask-applied'])
    const truth = gdalPixels(dumps, names.indexOf(name), sampleType)
    for (const window of [{ row: 0, col: 0, rows, cols }, { row: 5, col: 11, rows: 13, cols: 20 }]) {
      const own = await reader.readSamples(window, allBands(reader.header))
      const expected = Array.from(own, (_, i) => {
        const band = i % bands
        const col = window.col + (Math.floor(i / bands) % window.cols)
        const row = window.row + Math.floor(i / bands / window.cols)
        return (row + col) % 3 === 0 ? missing : truth[(row * cols + col) * bands + band]
      })
      expect(Array.from(own)).toEqual(expected)
    }
    await reader.close()
  })

  it.each(['jpeg_pixel', 'jpeg_band'])('%s differs from libjpeg by rounding only', async (name) => {
    const reader = await open(name)
    const own = await reader.readSamples(wholeWindow(reader.header), allBands(reader.header))
    await reader.close()
    const truth = gdalPixels(dumps, names.indexOf(name), 'uint8')
    expect(own).toHaveLength(truth.length)
    expect(Math.max(...Array.from(own, (value, i) => Math.abs(value - (truth[i] ?? NaN))))).toBeLessThanOrEqual(2)
  })

  it.each([
    ['refused_ycbcr', /YCbCr/], ['refused_lerc', /LERC/], ['refused_12_bits', /12 bits/], ['refused_1_bit', /1 bits/],
    ['refused_float16', /16 bits/], ['refused_complex', /complex/],
  ])('%s', async (name, reason) => {
    const file = join(folder, `${name}.tif`)
    await expect(openGeoTiff(file)).rejects.toMatchObject({ tag: 'unsupported', file, message: expect.stringMatching(reason) as string, remedy: expect.stringMatching(/\w/) as string })
  })
})
