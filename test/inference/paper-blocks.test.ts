import { describe, expect, it } from 'vitest'
import { quietContext } from '../../src/main/common/job-context'
import { allBands, type CubeReader } from '../../src/main/cube/cube-reader'
import type { Image } from '../../src/main/cube/image'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { backProjectedBicubic } from '../../src/main/dataset/back-projection'
import { degrade } from '../../src/main/dataset/degrade'
import { PaperBlocks } from '../../src/main/inference/paper-blocks'
import { planBlocks } from '../../src/main/inference/block-plan'
import type { PaperServing } from '../../src/main/inference/paper-serving'
import { sharpenTile, type PaperModel } from '../../src/main/model/paper/predict'
import { tileGrid, tilesOver } from '../../src/main/model/paper/tile-grid'
import { memoryReader, plainHeader, syntheticScene } from '../memory-scene'

const SCALE = 2
const SIDE = 12

/** A stand-in for the network: enlarges by repetition, and adds what depends on the tile's whole content, as attention does. */
function stubModel(strength: number, calls: { count: number } = { count: 0 }): PaperModel {
  const network = (lowRes: Float32Array): Float32Array => {
    calls.count++
    const mean = lowRes.reduce((sum, value) => sum + value, 0) / lowRes.length
    const fine = SIDE * SCALE
    const out = new Float32Array(fine * fine * 32)
    for (let row = 0; row < fine; row++) {
      for (let col = 0; col < fine; col++) {
        for (let band = 0; band < 32; band++) {
          const from = ((row >> 1) * SIDE + (col >> 1)) * 32 + band
          out[(row * fine + col) * 32 + band] = (lowRes[from] as number) + strength * mean * (row % 3)
        }
      }
    }
    return out
  }
  return { scale: SCALE, side: SIDE, valueScale: 4000, network }
}

function serving(model: PaperModel | null, bands: number[], method: PaperServing['method'] = 'network'): PaperServing {
  return { scale: SCALE, kernel: { kind: 'block' }, method, bands, model, dispose: () => undefined }
}

/** The whole scene in blocks of `side` output pixels. */
async function inBlocks(reader: CubeReader, served: PaperServing, side: number, { consistent = false, cacheBytes = 1e9, picked = allBands(reader.header) } = {}): Promise<Image> {
  const { rows, cols } = reader.header
  const bands = picked.length
  const blocks = new PaperBlocks(reader, wholeWindow(reader.header), served, picked, consistent, cacheBytes, quietContext())
  const out: Image = { rows: rows * SCALE, cols: cols * SCALE, bands, data: new Float32Array(rows * cols * SCALE * SCALE * bands).fill(-1) }
  for (let row = 0; row < out.rows; row += side) {
    for (let col = 0; col < out.cols; col += side) {
      const tile = await blocks.render({ row, col, rows: Math.min(side, out.rows - row), cols: Math.min(side, out.cols - col) })
      for (let r = 0; r < tile.rows; r++) out.data.set(tile.data.subarray(r * tile.cols * bands, (r + 1) * tile.cols * bands), ((row + r) * out.cols + col) * bands)
    }
  }
  return out
}

const everyBand = (bands: number): number[] => Array.from({ length: bands }, (_, band) => band)

describe('the grid of tiles', () => {
  it.each([[12, 12], [13, 30], [5, 100], [72, 41], [1, 1]])('covers %i x %i pixels with weights that sum to one', (rows, cols) => {
    const grid = tileGrid(rows, cols, SIDE, SCALE)
    for (const [axis, length] of [[grid.rows, rows], [grid.cols, cols]] as const) {
      const sums = new Float64Array(length * SCALE)
      axis.starts.forEach((start, at) => {
        expect(start === 0 || start + SIDE <= length).toBe(true)
        axis.weights[at]?.forEach((weight, place) => { if (weight > 0) sums[start * SCALE + place] = (sums[start * SCALE + place] as number) + weight })
      })
      for (const sum of sums) expect(sum).toBeCloseTo(1, 12)
    }
    expect(tilesOver(grid, { row: 0, col: 0, rows: rows * SCALE, cols: cols * SCALE })).toHaveLength(grid.rows.starts.length * grid.cols.starts.length)
  })
})

describe('band groups of a tile', () => {
  it.each([1, 7, 32, 33, 70])('come together to all %i bands', async (bands) => {
    const tile: Image = { rows: SIDE, cols: SIDE, bands, data: syntheticScene(SIDE, SIDE, bands, bands) }
    const sharp = await sharpenTile(stubModel(0), tile)
    expect([sharp.rows, sharp.cols, sharp.bands]).toEqual([24, 24, bands])
    // the network repeats pixels, so block means are the input
    degrade(sharp, SCALE).data.forEach((value, i) => { expect(value / (tile.data[i] as number)).toBeCloseTo(1, 5) })
  })
})

describe('upscaling with a paper model', () => {
  const bands = 40
  const values = syntheticScene(31, 45, bands, 3)
  // a hole over several tiles, one value missing, and one band bad
  for (let row = 8; row < 13; row++) for (let col = 20; col < 27; col++) values.fill(NaN, (row * 45 + col) * bands, (row * 45 + col + 1) * bands)
  values[(25 * 45 + 3) * bands + 5] = NaN
  const reader = memoryReader(plainHeader(31, 45, bands), values)
  const taken = everyBand(bands).filter((band) => band !== 11)

  it('gives the same bits whatever the blocks are and however few tiles are remembered', async () => {
    const served = serving(stubModel(0.01), taken)
    const whole = await inBlocks(reader, served, 96)
    expect((await inBlocks(reader, served, 20, { cacheBytes: 0 })).data).toEqual(whole.data)
    expect((await inBlocks(reader, served, 34, { consistent: true })).data).toEqual((await inBlocks(reader, served, 96, { consistent: true })).data)
    expect(whole.data.some((value) => value === -1)).toBe(false)
  })

  it('gives a band the same bits whichever others are picked, and does no work for bands that are not', async () => {
    const calls = { count: 0 }
    const served = serving(stubModel(0.01, calls), taken)
    const whole = await inBlocks(reader, served, 96)
    const picked = [30, 5, 0]
    const some = await inBlocks(reader, served, 40, { picked })
    for (let pixel = 0; pixel < whole.rows * whole.cols; pixel++) {
      picked.forEach((band, place) => {
        if (!Object.is(some.data[pixel * 3 + place], whole.data[pixel * bands + band])) throw new Error(`pixel ${pixel}, band ${band} differs`)
      })
    }
    const others = everyBand(bands).filter((band) => !taken.includes(band))
    calls.count = 0
    await inBlocks(reader, served, 96, { picked: others })
    expect(calls.count).toBe(0)
  })

  it('sharpens a tile once while it is remembered', async () => {
    const calls = { count: 0 }
    await inBlocks(reader, serving(stubModel(0, calls), taken), 16)
    const grid = tileGrid(31, 45, SIDE, SCALE)
    // 39 bands are two groups
    expect(calls.count).toBe(2 * grid.rows.starts.length * grid.cols.starts.length)
  })

  it('keeps missing pixels missing, and no others', async () => {
    const { data } = await inBlocks(reader, serving(stubModel(0.01), taken), 32)
    for (let row = 0; row < 62; row++) {
      for (let col = 0; col < 90; col++) {
        for (const band of [0, 5, 11]) {
          expect(Number.isNaN(data[(row * 90 + col) * bands + band])).toBe(Number.isNaN(values[((row >> 1) * 45 + (col >> 1)) * bands + band]))
        }
      }
    }
  })

  it('makes block means equal the input when asked to', async () => {
    const served = serving(stubModel(0.01), taken)
    const off = async (consistent: boolean): Promise<number> => {
      const means = degrade(await inBlocks(reader, served, 32, { consistent }), SCALE).data
      return Math.max(...means.map((value, i) => (Number.isNaN(value) ? 0 : Math.abs(value - (values[i] as number)))))
    }
    expect(await off(true)).toBeLessThan(0.01)
    expect(await off(false)).toBeGreaterThan(1)
  })

  it('gives bands that the network does not take, and all of them when it lost, by back-projection', async () => {
    const plain = syntheticScene(30, 40, 3, 9)
    const source: Image = { rows: 30, cols: 40, bands: 3, data: plain }
    const expected = backProjectedBicubic(source, SCALE)
    const small = memoryReader(plainHeader(30, 40, 3), plain)
    const mixed = await inBlocks(small, serving(stubModel(0.01), [2, 0]), 32)
    const classical = await inBlocks(small, serving(null, [0, 1, 2], 'back-projection'), 32)
    let networkDiffers = 0
    for (let row = 24; row < 36; row++) {
      for (let i = (row * 80 + 30) * 3; i < (row * 80 + 50) * 3; i++) {
        expect(classical.data[i]).toBeCloseTo(expected.data[i] as number, 1)
        if (i % 3 === 1) expect(mixed.data[i]).toBeCloseTo(expected.data[i] as number, 1)
        else networkDiffers = Math.max(networkDiffers, Math.abs((mixed.data[i] as number) - (expected.data[i] as number)))
      }
    }
    expect(networkDiffers).toBeGreaterThan(1)
  })
})

describe('output blocks', () => {
  it('fit the memory that is allowed', () => {
    const needs = { bands: 200, scale: 2, rows: 2000, cols: 2000, tileSide: 144, sampleBytes: 2 }
    const generous = planBlocks(needs, 8e9)
    const modest = planBlocks(needs, 1.4e9)
    expect(generous.side).toBe(576)
    expect(modest.side).toBeLessThan(576)
    expect(modest.cacheBytes).toBeLessThan(1.4e9)
    expect(planBlocks({ ...needs, rows: 90, cols: 60 }, 8e9).side).toBe(96)
    expect(() => planBlocks(needs, 3e8)).toThrow(/300 MB are too few/)
    // 512 MiB are the most that a format takes as one block
    expect(planBlocks({ ...needs, bands: 420, sampleBytes: 4 }, 64e9).side).toBe(384)
  })
})
