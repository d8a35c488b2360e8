import { statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import { allBands } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { openCube } from '../../src/main/formats/registry'
import { sharedData, sharedDataReason } from '../shared-data'

const path = resourcePath('sample-scene', 'dlr-hysu.tif')
const source = sharedData('dlr-hysu', 'DLR_HySU_HS_full.tif')
if (source === null) console.info(sharedDataReason)

it('the sample scene stands alone: wavelengths, scale, nodata and place are in the file', async () => {
  expect(statSync(path).size).toBeLessThan(2.5 * 2 ** 20)
  const reader = await openCube(path)
  const { rows, cols, bands, sampleType, wavelengthNm, fwhmNm, nodata, gain, georeference, notices } = reader.header
  await reader.close()
  expect(reader.files).toEqual([path])
  expect([rows, cols, bands, sampleType]).toEqual([86, 123, 135, 'int16'])
  expect([wavelengthNm?.length, wavelengthNm?.[0], wavelengthNm?.[134]]).toEqual([135, 417.4, 902.79])
  expect(fwhmNm?.every((nm) => nm > 4 && nm < 6)).toBe(true)
  expect(new Set(nodata)).toEqual(new Set([15000]))
  expect(new Set(gain)).toEqual(new Set([0.0001]))
  expect(georeference?.crs?.epsg).toBe(32632)
  expect(georeference?.transform).toEqual({ a: 0.7, b: 0, c: 669639.6, d: 0, e: -0.7, f: 5328106 })
  expect(notices).toEqual([])
})

it.skipIf(source === null)('the sample scene says the same as the published files', async () => {
  const [ours, theirs] = await Promise.all([openCube(path), openCube(source as string)])
  try {
    const window = wholeWindow(ours.header)
    const equal = Buffer.compare(
      new Uint8Array((await ours.readSamples(window, allBands(ours.header))).buffer),
      new Uint8Array((await theirs.readSamples(window, allBands(theirs.header))).buffer),
    )
    expect(equal).toBe(0)
    for (const field of ['wavelengthNm', 'fwhmNm', 'nodata', 'gain'] as const) expect(ours.header[field]).toEqual(theirs.header[field])
    expect(ours.header.georeference?.transform).toEqual(theirs.header.georeference?.transform)
  } finally {
    await Promise.all([ours.close(), theirs.close()])
  }
})
