import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect, it } from 'vitest'
import type { CubeHeader, GdalMetadataItem } from '../../src/main/cube/cube-header'
import { allBands, readWindow, type CubeReader } from '../../src/main/cube/cube-reader'
import { refineHeader } from '../../src/main/cube/derive-header'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { repairedReader } from '../../src/main/cube/repaired-reader'
import type { SceneRepairs } from '../../src/main/cube/scene-repairs'
import { createWriter } from '../../src/main/formats/create-writer'
import { openCube } from '../../src/main/formats/registry'
import { gdalViews, type GdalView } from '../formats/geotiff-writing'
import { hasGdal } from '../formats/gdal'
import { memoryReader, plainHeader } from '../memory-scene'

const folder = mkdtempSync(join(tmpdir(), 'dacn-repairs-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const values = Float32Array.from([1, 2, 3, 4, -99, 6, 7, -99, 9, 10, 11, 12])
const wrong: Partial<CubeHeader> = { wavelengthNm: [0.45, 0.55, 0.65], fwhmNm: [0.01, 0.01, 0.02], nodata: [-1, -1, -1], badBands: [true, false, false] }
const repairs: SceneRepairs = { wavelengthNm: [450, 550, 650], nodata: -99, badBands: [false, false, true] }

function scene(more: Partial<CubeHeader>): CubeReader {
  return memoryReader({ ...plainHeader(2, 2, 3, 'int16'), ...more }, values)
}

/** Copies the scene as `convert` does. */
async function copy(reader: CubeReader, name: string, scale = 1): Promise<string> {
  const header = refineHeader(reader.header, scale)
  const writer = await createWriter(join(folder, name), header)
  const window = writer.blockWindow(0)
  const samples = await reader.readSamples(wholeWindow(reader.header), allBands(reader.header))
  const enlarged = samples.slice(0, 0).constructor as new (length: number) => typeof samples
  const block = new enlarged(window.rows * window.cols * header.bands)
  for (let i = 0; i < block.length; i++) block[i] = samples[i % samples.length] as number
  await writer.writeBlock(0, block)
  const { files } = await writer.finish()
  await writer.close()
  return files[0] as string
}

describe('a repaired scene', () => {
  it('says what the repairs say and keeps the rest; widths follow a wrong unit', async () => {
    const source = scene(wrong)
    const { header } = repairedReader(source, repairs)
    expect(header).toEqual({ ...source.header, ...repairs, nodata: [-99, -99, -99], fwhmNm: [10, 10, 20].map((nm) => expect.closeTo(nm, 9) as number) })
    expect(repairedReader(source, {}).header).toEqual(source.header)
    const pixels = await readWindow(repairedReader(source, repairs), wholeWindow(header))
    expect(Array.from(pixels.slice(3, 9))).toEqual([4, NaN, 6, 7, NaN, 9])
  })

  it('can have no wavelengths and no nodata; other wavelengths leave the widths', () => {
    const source = scene({ ...wrong, nodata: [0, 0, 0] })
    expect(repairedReader(source, { wavelengthNm: null, nodata: null }).header).toMatchObject({ wavelengthNm: null, fwhmNm: null, nodata: [null, null, null] })
    expect(repairedReader(source, { wavelengthNm: [450, 500, 700] }).header.fwhmNm).toEqual([0.01, 0.01, 0.02])
  })

  it('refuses lists that do not fit the bands', () => {
    expect(() => repairedReader(scene({}), { wavelengthNm: [450] })).toThrow(/lists 1 wavelengths for 3 bands/)
    expect(() => repairedReader(scene({}), { badBands: [true] })).toThrow(/lists 1 bad-band flags for 3 bands/)
  })
})

describe('copies of a repaired scene', () => {
  it.each([['envi', 'wrong.img'], ['geotiff', 'wrong.tif']])('of %s carry the repaired facts in both formats', async (_format, name) => {
    const source = await openCube(await copy(scene(wrong), name))
    const repaired = repairedReader(source, repairs)
    for (const out of [`${name}-repaired.tif`, `${name}-repaired.img`]) {
      const again = await openCube(await copy(repaired, out, 2))
      expect(again.header).toMatchObject({ ...repairs, nodata: [-99, -99, -99] })
      expect(again.header.fwhmNm?.map((nm) => Math.round(nm))).toEqual([10, 10, 20])
      await again.close()
    }
    await source.close()
  })

  it('hold no statement that contradicts the repair', async () => {
    const item = (name: string, value: string, band: number | null, domain = ''): GdalMetadataItem => ({ name, value, band, domain, role: '' })
    const items = [
      item('wavelength_units', 'Micrometers', null), item('CENTRAL_WAVELENGTH_UM', '450', 0, 'IMAGERY'), item('wavelength', '{1, 2, 3}', null, 'ENVI'),
      item('bbl', '0', 1), item('data_ignore_value', '-1', null, 'ENVI'), item('sensor', 'X', null),
    ]
    const source = scene({ metadata: { kind: 'tiff', items, textTags: [] } })
    const again = await openCube(await copy(repairedReader(source, { wavelengthNm: null, nodata: null, badBands: [false, false, false] }), 'none.tif'))
    expect(again.header).toMatchObject({ wavelengthNm: null, fwhmNm: null, nodata: [null, null, null], badBands: [false, false, false] })
    expect(again.header.metadata).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ name: 'sensor', value: 'X' })]) as unknown })
    await again.close()
  })

  it.skipIf(!hasGdal)('are read so by GDAL', async () => {
    const source = await openCube(await copy(scene(wrong), 'for-gdal.img'))
    const repaired = repairedReader(source, repairs)
    const [tiff, envi] = gdalViews([await copy(repaired, 'gdal.tif'), await copy(repaired, 'gdal.img')]) as [GdalView, GdalView]
    await source.close()
    expect(tiff.band.map(({ nodata, metadata }) => [nodata, metadata['']?.wavelength, metadata['']?.wavelength_units, metadata['']?.bbl])).toEqual([
      [-99, '450', 'Nanometers', '1'], [-99, '550', 'Nanometers', '1'], [-99, '650', 'Nanometers', '0'],
    ])
    expect(envi.band.map(({ nodata }) => nodata)).toEqual([-99, -99, -99])
    expect(envi.metadata.ENVI).toMatchObject({ bbl: expect.stringMatching(/1,\s*1,\s*0/) as unknown, wavelength: expect.stringMatching(/450,\s*550,\s*650/) as unknown, wavelength_units: 'Nanometers' })
  })
})
