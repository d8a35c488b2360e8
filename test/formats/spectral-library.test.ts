import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeSpectralLibrary } from '../../src/main/formats/envi'
import { gdalPython, hasGdal } from './gdal'
import { temporaryFolder } from '../scenes/scene-files'

const library = { names: ['Lake, at noon', 'Field {dry}'], wavelengthNm: [450.5, 650, 860], values: Float32Array.of(0.1, 0.2, 0.3, 0.4, NaN, 0.6) }

it('writes what ENVI expects', async () => {
  const path = join(await temporaryFolder(), 'spectra.sli')
  await writeSpectralLibrary(path, library)
  const header = await readFile(path.replace('.sli', '.hdr'), 'utf8')
  expect(header).toContain('file type = ENVI Spectral Library')
  expect(header).toContain('samples = 3\nlines = 2\nbands = 1')
  expect(header).toContain('spectra names = {\n Lake at noon,\n Field dry}')
  expect(header).toContain('wavelength = {\n 450.5,\n 650,\n 860}')
})

it.runIf(hasGdal)('holds the numbers as GDAL reads them (which takes such a file for a picture when it is called one)', async () => {
  const path = join(await temporaryFolder(), 'spectra.sli')
  await writeSpectralLibrary(path, library)
  const header = path.replace('.sli', '.hdr')
  await writeFile(header, (await readFile(header, 'utf8')).replace('ENVI Spectral Library', 'ENVI Standard'))
  const rows = gdalPython<(number | null)[][]>('import math\nprint(json.dumps([[None if math.isnan(v) else round(v, 6) for v in row] for row in gdal.Open(input).ReadAsArray().tolist()]))', path)
  expect(rows).toEqual([[0.1, 0.2, 0.3], [0.4, null, 0.6]])
})

it('refuses what does not fit', async () => {
  const path = join(await temporaryFolder(), 'spectra.sli')
  await expect(writeSpectralLibrary(path, { ...library, names: ['a', 'b', 'c', 'd'] })).rejects.toMatchObject({ tag: 'invalid-argument' })
  await expect(writeSpectralLibrary(path, { ...library, wavelengthNm: [1] })).rejects.toMatchObject({ tag: 'invalid-argument' })
})
