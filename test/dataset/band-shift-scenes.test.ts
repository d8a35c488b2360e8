import { expect, it } from 'vitest'
import { allBands } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { allowedSymmetries, sceneBandShift } from '../../src/main/dataset/band-shift'
import { openCube } from '../../src/main/formats/registry'
import { sharedData, sharedDataReason } from '../shared-data'

const EVERY = [0, 1, 2, 3, 4, 5, 6, 7]

// What is known of the sensors: ROSIS-03 displaces red by 0.7-0.9 pixels along cols, the others hardly at all.
const SCENES: readonly [name: string, file: string, cols: [number, number], symmetries: number[]][] = [
  ['ROSIS-03', 'pavia-university/UPavia_Subset.img', [-0.9, -0.4], [0, 1]],
  ['AVIRIS Jasper Ridge', 'jasper-ridge/jasperRidge2_R198.img', [-0.1, 0.1], EVERY],
  ['AVIRIS Santa Barbara', 'santa-barbara/santa_barbara.img', [-0.1, 0.1], EVERY],
  ['HySpex', 'dlr-hysu/DLR_HySU_HS_full.tif', [-0.1, 0.1], EVERY],
  ['EnMAP', 'enmap-potsdam/enmap_potsdam_64x128.tif', [-0.1, 0.1], EVERY],
]

const absent = SCENES.some(([, file]) => sharedData(...file.split('/')) === null)
if (absent) console.info(sharedDataReason)

it.skipIf(absent).each(SCENES)('%s', async (_name, file, [least, most], symmetries) => {
  const reader = await openCube(sharedData(...file.split('/')) as string)
  try {
    const usable = allBands(reader.header).filter((band) => reader.header.badBands?.[band] !== true)
    const shift = await sceneBandShift(reader, wholeWindow(reader.header), usable)
    expect(shift?.cols).toBeGreaterThan(least)
    expect(shift?.cols).toBeLessThan(most)
    expect(Math.abs(shift?.rows ?? 1)).toBeLessThan(0.13)
    expect(allowedSymmetries(shift)).toEqual(symmetries)
  } finally {
    await reader.close()
  }
})
