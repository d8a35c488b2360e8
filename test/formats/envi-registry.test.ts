import { copyFile, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import { createWriter } from '../../src/main/formats/create-writer'
import { openCube } from '../../src/main/formats/registry'
import { sharedData, sharedDataReason } from '../shared-data'
import { plainHeader, readAll, temporaryFolder, writeScene } from './envi-files'

const mat = sharedData('salinas-a', 'SalinasA_corrected.mat')
if (mat === null) console.info(sharedDataReason)

const HEADER: CubeHeader = {
  rows: 2, cols: 3, bands: 1, sampleType: 'int16', interleave: 'bil', byteOrder: 'little', wavelengthNm: null, fwhmNm: null, badBands: null,
  bandNames: null, nodata: [null], gain: null, offset: null, georeference: null, description: null, defaultBands: null,
  metadata: { kind: 'mat', variable: 'x' }, notices: [],
}
const PIXELS = Int16Array.of(1, 2, 3, 4, 5, 6)

async function tiff(folder: string): Promise<string> {
  const path = join(folder, 'made.tif')
  const writer = await createWriter(path, HEADER, { compression: 'none' })
  await writer.writeBlock(0, PIXELS)
  await writer.finish()
  await writer.close()
  return path
}

describe('registry', () => {
  it('goes by content: a TIFF under any name', async () => {
    const folder = await temporaryFolder()
    const path = await tiff(folder)
    for (const name of ['scene.img', 'scene', 'scene.mat']) {
      await copyFile(path, join(folder, name))
      const reader = await openCube(join(folder, name))
      expect(reader.header.metadata.kind).toBe('tiff')
      expect(await readAll(reader)).toEqual(PIXELS)
      await reader.close()
    }
  })

  it.skipIf(mat === null)('goes by content: a MATLAB file under another name, beside an ENVI header', async () => {
    const folder = await temporaryFolder()
    await copyFile(mat ?? '', join(folder, 'scene.img'))
    await writeFile(join(folder, 'scene.hdr'), plainHeader({ samples: 1, lines: 1, bands: 1, 'data type': 1 }))
    const reader = await openCube(join(folder, 'scene.img'), { variable: 'salinasA_corrected' })
    expect([reader.header.metadata.kind, reader.header.rows, reader.header.cols, reader.header.bands]).toEqual(['mat', 83, 86, 204])
    await reader.close()
  })

  it('takes pixels that begin like a TIFF for what the header says', async () => {
    const folder = await temporaryFolder()
    const samples = Int16Array.of(0x4949, 42, 3, 4)
    const path = await writeScene(folder, 's', { rows: 2, cols: 2, bands: 1, type: 'int16', code: 2, interleave: 'bsq', byteOrder: 'little', samples })
    expect((await readFile(path)).subarray(0, 4).toString('latin1')).toBe('II*\0')
    const reader = await openCube(path)
    expect(await readAll(reader)).toEqual(samples)
    await reader.close()
  })

  it('opens a TIFF beside a compressed scene of the same name as what it is', async () => {
    const folder = await temporaryFolder()
    const path = await tiff(folder)
    await writeFile(join(folder, 'made.hdr'), plainHeader({ samples: 3, lines: 2, bands: 1, 'data type': 2, 'file compression': 1 }))
    const reader = await openCube(path)
    expect([reader.header.metadata.kind, await readAll(reader)]).toEqual(['tiff', PIXELS])
    await reader.close()
    await writeFile(join(folder, 'made.png'), Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1'))
    await expect(openCube(join(folder, 'made.png'))).rejects.toThrow('this is a PNG picture')
  })

  it('ignores a header of another size beside a TIFF, and a broken one', async () => {
    const folder = await temporaryFolder()
    const path = await tiff(folder)
    await writeFile(join(folder, 'made.hdr'), plainHeader({ samples: 9, lines: 2, bands: 1, 'file type': 'TIFF', 'data ignore value': 3 }))
    const reader = await openCube(path)
    expect(reader.header.notices.map((notice) => notice.code)).toContain('side-car-ignored')
    expect(reader.header.nodata).toEqual([null])
    await reader.close()
    await writeFile(join(folder, 'made.hdr'), 'ENVI\ndescription = {')
    const alone = await openCube(path)
    expect(alone.files).toEqual([path])
    await alone.close()
  })

  it('fills what a TIFF leaves open from the header beside it', async () => {
    const folder = await temporaryFolder()
    const path = await tiff(folder)
    await writeFile(join(folder, 'made.hdr'), plainHeader({
      samples: 3, lines: 2, bands: 1, 'file type': 'TIFF', 'data ignore value': 3, wavelength: '{0.55}', fwhm: '{0.01}', bbl: '{0}',
      'reflectance scale factor': 10000, 'sensor type': 'HySpex', 'map info': '{UTM, 1, 1, 500000, 5000000, 2, 2, 33, North, WGS-84}',
    }))
    const reader = await openCube(path)
    expect(reader.header).toMatchObject({
      wavelengthNm: [550], fwhmNm: [10], badBands: [true], nodata: [3], gain: [1e-4], georeference: { crs: { epsg: 32633 } },
    })
    const { metadata } = reader.header
    expect(metadata.kind === 'tiff' && metadata.items.filter((item) => item.domain === 'ENVI').map((item) => item.name)).toEqual(['reflectance_scale_factor', 'sensor_type'])
    await reader.close()
  })

  it('says what it found and what is supported', async () => {
    const folder = await temporaryFolder()
    const files: [name: string, content: string | Buffer, words: RegExp][] = [
      ['a.tif', '', /the file is empty/],
      ['b.tif', Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1'), /this is a PNG picture/],
      ['c.img', Buffer.from('PK\x03\x04 zip', 'latin1'), /this is a ZIP archive/],
      ['d', Buffer.from('CDF\x01 netcdf', 'latin1'), /this is a NetCDF file/],
      ['e.bin', Buffer.alloc(5000, 1), /no known format, and no ENVI header/],
      ['f.hdr', 'BYTEORDER I\nLAYOUT BIL\n', /this is an ESRI raster header/],
    ]
    for (const [name, content, words] of files) {
      const path = join(folder, name)
      await writeFile(path, content)
      await expect(openCube(path)).rejects.toMatchObject({
        tag: 'unsupported', file: path, message: expect.stringMatching(words) as string, remedy: expect.stringContaining('GeoTIFF') as string,
      })
    }
  })

  it('does not take a picture, or pixels with a foreign header, for the data file', async () => {
    const folder = await temporaryFolder()
    const samples = Uint8Array.of(1, 2, 3, 4)
    const path = await writeScene(folder, 's', { rows: 2, cols: 2, bands: 1, type: 'uint8', code: 1, interleave: 'bsq', byteOrder: 'little', samples })
    await writeFile(join(folder, 's.png'), Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
    await expect(openCube(join(folder, 's.png'))).rejects.toMatchObject({ tag: 'unsupported' })
    await rename(path, join(folder, 'esri.bil'))
    await writeFile(join(folder, 'esri.hdr'), 'NROWS 2\nNCOLS 2\n')
    await expect(openCube(join(folder, 'esri.bil'))).rejects.toMatchObject({ tag: 'unsupported', message: expect.stringContaining('is not an ENVI header') as string })
  })

  it('writes a GeoTIFF without an interleave it can\'t have', async () => {
    const folder = await temporaryFolder()
    const reader = await openCube(await tiff(folder))
    expect(reader.header.interleave).toBe('bsq')
    await reader.close()
  })
})
