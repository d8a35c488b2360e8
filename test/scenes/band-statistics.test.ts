import { samplePixels } from '../../src/main/scenes/sample-pixels'
import { describe, expect, it } from 'vitest'
import type { BandStatistics } from '../../src/preload/pixel-contract'
import { bandStatistics } from '../../src/main/scenes/band-statistics'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import { Random } from '../../src/main/common/random'
import { memoryReader, plainHeader } from '../memory-scene'

async function only(reader: CubeReader, band: number): Promise<BandStatistics> {
  const [statistics] = await bandStatistics(reader, [band])
  if (statistics === undefined) throw new Error('nothing came back')
  return statistics
}

describe('band statistics', () => {
  const random = Random.fromSeed(4)
  const values = Float32Array.from({ length: 90 * 70 * 2 }, (_, i) => (i % 2 === 1 ? i : Math.round(1000 * random.normal())))
  const header = { ...plainHeader(90, 70, 2), nodata: [123, null] }
  const reader = memoryReader(header, values)

  it('of a small scene are those of all its valid pixels', async () => {
    const valid = [...values].filter((value, i) => i % 2 === 0 && value !== 123).sort((p, q) => p - q)
    const { min, max, mean, standardDeviation, percentiles, histogram, validShare } = await only(reader, 0)
    const exactMean = valid.reduce((sum, value) => sum + value, 0) / valid.length
    expect([min, max]).toEqual([valid[0], valid[valid.length - 1]])
    expect(mean).toBeCloseTo(exactMean, 6)
    expect(standardDeviation).toBeCloseTo(Math.sqrt(valid.reduce((sum, value) => sum + (value - exactMean) ** 2, 0) / valid.length), 6)
    expect(validShare).toBe(valid.length / 6300)
    expect(percentiles).toHaveLength(101)
    for (const percent of [0, 1, 25, 50, 98, 100]) {
      const rank = (percent / 100) * (valid.length - 1)
      const [below, above] = [valid[Math.floor(rank)] as number, valid[Math.ceil(rank)] as number]
      expect(percentiles[percent]).toBeCloseTo(below + (above - below) * (rank % 1), 2)
    }
    const counts = new Array<number>(256).fill(0)
    for (const value of valid) counts[Math.min(255, Math.floor(((value - min) * 256) / (max - min)))]!++
    expect([...histogram]).toEqual(counts)
  })

  it('come in the order of the question', async () => {
    expect((await bandStatistics(reader, [1, 0, 1])).map(({ band, max }) => [band, max])).toEqual([
      [1, values.length - 1], [0, (await only(reader, 0)).max], [1, values.length - 1],
    ])
  })

  it('of a band without data are NaN, of a constant one a single bar', async () => {
    const blank = memoryReader({ ...plainHeader(20, 20, 2), nodata: [7, null] }, new Float32Array(800).fill(7))
    const nothing = await only(blank, 0)
    expect([nothing.min, nothing.mean, nothing.standardDeviation, nothing.percentiles[50], nothing.validShare]).toEqual([NaN, NaN, NaN, NaN, 0])
    expect(nothing.histogram.every((count) => count === 0)).toBe(true)
    const constant = await only(blank, 1)
    expect([constant.min, constant.max, constant.standardDeviation, constant.percentiles[99], constant.histogram[0]]).toEqual([7, 7, 0, 7, 400])
  })

  it.each(['bsq', 'bip'] as const)('of a large %s scene come from at most a million pixels of all its parts', async (interleave) => {
    const rows = 9000
    const cols = 7000
    let pixels = 0
    const seen = new Set<number>()
    const large: CubeReader = {
      header: { ...plainHeader(rows, cols, 200, 'int16'), interleave },
      files: [],
      readSamples: (window, bands) => {
        pixels += window.rows * window.cols
        for (let row = window.row; row < window.row + window.rows; row++) seen.add(Math.floor((10 * row) / rows))
        return Promise.resolve(new Int16Array(window.rows * window.cols * bands.length).fill(window.row))
      },
      close: () => Promise.resolve(),
    }
    const { histogram, validShare } = await only(large, 0)
    const counted = histogram.reduce((sum, count) => sum + count, 0)
    expect(validShare).toBe(1)
    expect(counted).toBeLessThanOrEqual(1e6)
    expect(counted).toBeGreaterThan(4e5)
    expect(seen.size).toBe(10)
    if (interleave === 'bip') expect(pixels * 400).toBeLessThan(300e6)
  })
})

it('speaks for a huge scene in compressed blocks by the pixels of some of them, spread over all of it', () => {
  const header = plainHeader(20_000, 20_000, 5, 'uint16')
  const { rows, cols } = samplePixels({ header, compressedBlock: { rows: 256, cols: 256, bands: 1 } })
  const blocks = (pixels: Int32Array): number[] => [...new Set([...pixels].map((pixel) => Math.floor(pixel / 256)))]
  const [down, across] = [blocks(rows), blocks(cols)]
  expect(down.length * across.length * 256 * 256 * 2).toBeLessThan(26e6)
  expect([Math.min(...down), Math.max(...down)].map((block) => block / 78)).toEqual([expect.closeTo(0.04, 1), expect.closeTo(0.96, 1)])
  expect(rows.length * cols.length).toBeLessThanOrEqual(1e6)
  expect(rows.length * cols.length).toBeGreaterThan(8e5)
  expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b))
})
