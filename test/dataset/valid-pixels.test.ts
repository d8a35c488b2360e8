import { describe, expect, it } from 'vitest'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { fitSceneComponents, readComponents, sampleUsableBands } from '../../src/main/dataset/scene-components'
import { validPixels } from '../../src/main/dataset/valid-pixels'
import { memoryReader, plainHeader, syntheticScene } from '../memory-scene'

describe('valid pixels', () => {
  const header = { ...plainHeader(40, 30, 8), nodata: [-1, null, null, 7, null, null, null, null], badBands: Array.from({ length: 8 }, (_, band) => band === 6) }
  const values = syntheticScene(40, 30, 8, 3)
  for (let pixel = 0; pixel < 40 * 30; pixel++) {
    // a hole, a band without data, and a bad band full of gaps
    if (pixel % 13 === 5) values[pixel * 8] = -1
    if (pixel % 17 === 2) values[pixel * 8 + 1] = Infinity
    values[pixel * 8 + 3] = 7
    if (pixel % 2 === 0) values[pixel * 8 + 6] = NaN
  }
  const reader = memoryReader(header, values)

  it('and usable bands are those that the components are made of', async () => {
    const window = { row: 3, col: 2, rows: 31, cols: 27 }
    const { bands } = await sampleUsableBands(reader, window)
    expect(bands).toEqual([0, 1, 2, 4, 5, 7])
    const { valid } = await readComponents(reader, window, await fitSceneComponents(reader, window))
    expect(valid).toContain(0)
    expect(await validPixels(reader, window, bands)).toEqual(valid)
  })

  it('of whole numbers without nodata are all, and nothing is read', async () => {
    const unread: CubeReader = { ...reader, header: plainHeader(40, 30, 8, 'uint16'), readSamples: () => Promise.reject(new Error('read')) }
    expect(await validPixels(unread, wholeWindow(unread.header), [0, 5])).toEqual(new Uint8Array(1200).fill(1))
  })
})
