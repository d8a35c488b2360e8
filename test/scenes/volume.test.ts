import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StudioError } from '../../src/main/common/errors'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import { openCube } from '../../src/main/formats/registry'
import { readVolume, type VolumeRequest } from '../../src/main/scenes/volume'
import { expectedAt, STORAGE, temporaryFolder, writeScene } from './scene-files'

const ROWS = 45
const COLS = 31
const BANDS = 7

async function open(file: string, options: (typeof STORAGE)[number][2]): Promise<CubeReader> {
  const reader = await openCube(await writeScene(join(await temporaryFolder(), file), { rows: ROWS, cols: COLS, bands: BANDS, options }))
  onTestFinished(() => reader.close())
  return reader
}

describe('readVolume', () => {
  it.each(STORAGE)('gives every voxel as read directly: %s', async (_name, file, options) => {
    const reader = await open(file, options)
    const bands = [6, 0, 3]
    const limits = [{ low: -3000, high: 2000 }, { low: -4000, high: -2000 }, { low: 0, high: 0 }]
    const { rows, cols, slices, data } = await readVolume(reader, { window: wholeWindow(reader.header), bands, limits, rows: 16, cols: 12 })
    expect([slices, rows, cols, data.length]).toEqual([3, 16, 12, 3 * 16 * 12])
    bands.forEach((band, slice) => {
      const { low, high } = limits[slice] as { low: number; high: number }
      for (let row = 0; row < rows; row++) {
        for (let col = 0; col < cols; col++) {
          const value = expectedAt(Math.floor(((row + 0.5) * ROWS) / rows), Math.floor(((col + 0.5) * COLS) / cols), band)
          const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : Number(value > low)
          expect(data[(slice * rows + row) * cols + col]).toBe(Number.isNaN(value) ? 0 : 1 + Math.round(254 * share))
        }
      }
    })
  })
  it('never enlarges', async () => {
    const reader = await open('scene.img', { interleave: 'bip' })
    const { rows, cols } = await readVolume(reader, { window: wholeWindow(reader.header), bands: [1], limits: [{ low: 0, high: 1 }], rows: 500, cols: 500 })
    expect([rows, cols]).toEqual([ROWS, COLS])
  })
  it('holds a part of the scene alone', async () => {
    const reader = await open('scene.img', { interleave: 'bil' })
    const limits = [{ low: -3000, high: 2000 }]
    const whole = await readVolume(reader, { window: wholeWindow(reader.header), bands: [2], limits, rows: ROWS, cols: COLS })
    const part = await readVolume(reader, { window: { row: 5, col: 7, rows: 3, cols: 4 }, bands: [2], limits, rows: ROWS, cols: COLS })
    expect(part).toEqual({ slices: 1, rows: 3, cols: 4, data: Uint8Array.from({ length: 12 }, (_, i) => whole.data[(5 + Math.floor(i / 4)) * COLS + 7 + (i % 4)] as number) })
  })
  it('refuses limits for other bands and what is too large', async () => {
    const reader = await open('scene.img', { interleave: 'bsq' })
    const tagOf = (request: Omit<VolumeRequest, 'window'>): Promise<string> => readVolume(reader, { window: wholeWindow(reader.header), ...request }).then(() => 'none', (error: unknown) => (error as StudioError).tag)
    expect(await tagOf({ bands: [0, 1], limits: [{ low: 0, high: 1 }], rows: 4, cols: 4 })).toBe('invalid-argument')
    expect(await tagOf({ bands: [BANDS], limits: [{ low: 0, high: 1 }], rows: 4, cols: 4 })).toBe('invalid-argument')
    const many = Array.from({ length: 30_000 }, () => 0)
    expect(await tagOf({ bands: many, limits: many.map(() => ({ low: 0, high: 1 })), rows: ROWS, cols: COLS })).toBe('too-large')
  })
})
