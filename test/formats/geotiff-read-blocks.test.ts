import { describe, expect, it } from 'vitest'
import { BlockBudget, BlockCache } from '../../src/main/formats/geotiff/block-cache'
import type { BlockLayout } from '../../src/main/formats/geotiff/block-layout'
import { joinSpans, spansOfWindow } from '../../src/main/formats/geotiff/block-spans'

describe('block cache', () => {
  it('drops what was used longest ago, and keeps a block that alone is over the budget', () => {
    const cache = new BlockCache(new BlockBudget(100))
    const block = (bytes: number) => new Uint8Array(bytes)
    cache.set(1, block(40))
    cache.set(2, block(40))
    cache.get(1)
    cache.set(3, block(40))
    expect([1, 2, 3].map((number) => cache.get(number) !== undefined)).toEqual([true, false, true])
    cache.set(4, block(1000))
    expect([1, 3, 4].map((number) => cache.get(number) !== undefined)).toEqual([false, false, true])
    cache.set(4, block(50))
    cache.set(5, block(50))
    expect([4, 5].map((number) => cache.get(number)?.length)).toEqual([50, 50])
  })

  it('shares its budget with those of other images, which give room when they are closed', () => {
    const budget = new BlockBudget(100)
    const [first, second] = [new BlockCache(budget), new BlockCache(budget)]
    first.set(1, new Uint8Array(60))
    second.set(1, new Uint8Array(60))
    expect([first.get(1), second.get(1)?.length]).toEqual([undefined, 60])
    first.set(2, new Uint8Array(40))
    second.clear()
    first.set(3, new Uint8Array(60))
    expect([2, 3].map((number) => first.get(number)?.length)).toEqual([40, 60])
  })
})

/** 1000 x 1000 pixels of 100 uint16 bands, uncompressed, in one strip of 200 MB. */
const oneStrip: BlockLayout = {
  rows: 1000, cols: 1000, bands: 100, sampleType: 'uint16', byteOrder: 'little', tiled: false, planar: false, blockBands: 100,
  blockRows: 1000, blockCols: 1000, blocksDown: 1, blocksAcross: 1, compression: 1, predictor: 1, bitsReversed: false, jpegTables: null,
  offsets: Float64Array.of(1000), byteCounts: Float64Array.of(200e6),
}
const bytesOf = (runs: { length: number }[]) => runs.reduce((sum, run) => sum + run.length, 0)

describe('pieces of the file that a window needs', () => {
  it('of one big uncompressed strip, only the rows and columns asked for', () => {
    const runs = joinSpans(spansOfWindow(oneStrip, { row: 500, col: 300, rows: 10, cols: 20 }, [0]))
    expect(runs).toHaveLength(10)
    expect(bytesOf(runs)).toBe(10 * 20 * 200)
    expect(runs[0]?.position).toBe(1000 + (500 * 1000 + 300) * 200)
  })

  it('whole rows in pieces of at most 8 MB that cover each byte once', () => {
    const runs = joinSpans(spansOfWindow(oneStrip, { row: 0, col: 0, rows: 1000, cols: 1000 }, [0]))
    expect(bytesOf(runs)).toBe(200e6)
    expect(Math.max(...runs.map(({ length }) => length))).toBeLessThanOrEqual(8 << 20)
    expect(runs.length).toBeLessThan(30)
  })

  it('a compressed strip as a whole, and small neighbours in one run', () => {
    const strips = 1000
    const layout: BlockLayout = {
      ...oneStrip, compression: 8, blockRows: 1, blocksDown: strips,
      offsets: Float64Array.from({ length: strips }, (_, i) => 1000 + (strips - 1 - i) * 50), byteCounts: new Float64Array(strips).fill(50),
    }
    const runs = joinSpans(spansOfWindow(layout, { row: 10, col: 5, rows: 100, cols: 1 }, [0]))
    expect(runs.map(({ length, spans }) => [length, spans.length])).toEqual([[5000, 100]])
  })
})
