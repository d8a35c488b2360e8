import { describe, expect, it } from 'vitest'
import { peakBytes, tileNeeds, tileSide } from '../../src/main/inference/tile-plan'
import { defaultStudioShape, type StudioShape } from '../../src/main/model/studio/shape'

const needs = (rows: number, cols: number, changes: Partial<StudioShape> = {}, scale: 2 | 3 | 4 = 2, bands = 200) =>
  tileNeeds({ shape: { ...defaultStudioShape(scale), ...changes }, passes: 1, method: 'network' }, bands, 12, { rows, cols, sampleType: 'float32' })
const tiles = (side: number, { rows, cols }: { rows: number; cols: number }): number => Math.ceil(rows / side) * Math.ceil(cols / side)

describe('the side of output tiles', () => {
  it('is the smallest with which no fewer tiles would do within the budget', () => {
    const scene = needs(2000, 1400)
    const side = tileSide(scene, 2048e6)
    expect(side % 16).toBe(0)
    expect(peakBytes(side, scene, 2048e6)).toBeLessThanOrEqual(2048e6)
    // a little smaller: more tiles
    expect(tiles(side - 16, scene)).toBeGreaterThan(tiles(side, scene))
    // more memory: no more tiles than before
    expect(tiles(tileSide(scene, 4096e6), scene)).toBeLessThan(tiles(side, scene))
  })

  it('stays below what a format takes as one block, however much memory there is', () => {
    expect(tileSide(needs(768, 768), 32e9)).toBe(768)
    const side = tileSide(needs(768, 768, {}, 2, 230), 32e9)
    expect(side).toBeLessThan(768)
    expect(side * side * 230 * 4).toBeLessThanOrEqual(2 ** 29)
  })

  it('covers a small picture with one tile not much larger than it', () => {
    expect(tileSide(needs(250, 172), 2048e6)).toBe(256)
    expect(tileSide(needs(30, 30), 2048e6)).toBe(96)
  })

  it.each([2, 3, 4] as const)('keeps whole attention windows at %ix where a network has them', (scale) => {
    for (const changes of [{ multiHead: true }, { channelGate: true, window: 10 }]) {
      const scene = needs(1500, 1500, changes, scale)
      expect(tileSide(scene, 2048e6) % 16).toBe(0)
      expect((tileSide(scene, 2048e6) / scale) % scene.shape.window).toBe(0)
      expect(scene.halo % scene.shape.window).toBe(0)
    }
  })

  it('says how much memory the smallest takes where there is too little', () => {
    expect(() => tileSide(needs(500, 500), 400e6)).toThrow(expect.objectContaining({ tag: 'too-large', remedy: expect.stringMatching(/at least \d+ MB/) as string }))
  })
})
