import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dragWindow } from '../../../src/renderer/shared/map/drag-window'
import { baseToScreen, fitView, screenToBase, zoomAbout, type MapLayer } from '../../../src/renderer/shared/map/map-layer'
import { sceneEdition } from '../../../src/renderer/shared/map/scene-layer'
import { sceneFacts } from '../../ipc/facts'
import { covers, detailPiece, overviewPiece } from '../../../src/renderer/shared/map/needed-piece'
import { limitsOf, paint } from '../../../src/renderer/shared/map/stretch'

const size = { width: 800, height: 600 }
const layer = (rows: number, cols: number, part: Partial<MapLayer> = {}): MapLayer => ({
  name: 'scene:a', rows, cols, pixelSize: 1, origin: { row: 0, col: 0 }, bands: [0], stretch: { limits: [{ low: 0, high: 1 }], gamma: 1 }, ...part,
})

describe('view', () => {
  it('fits a whole raster into the middle', () => {
    const view = fitView(100, 200, size)
    const [corner, end] = [baseToScreen(view, size, { row: 0, col: 0 }), baseToScreen(view, size, { row: 100, col: 200 })]
    expect(corner.x).toBeGreaterThan(0)
    expect(corner.x + end.x).toBeCloseTo(800, 9)
    expect(corner.y + end.y).toBeCloseTo(600, 9)
  })
  it('keeps the ground under the pointer while zooming', () => {
    fc.assert(fc.property(fc.double({ min: 0.1, max: 8, noNaN: true }), fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 600 }), (factor, x, y) => {
      const view = { row: 40, col: 70, zoom: 3 }
      const before = screenToBase(view, size, x, y)
      const after = screenToBase(zoomAbout(view, size, x, y, factor), size, x, y)
      expect(after.row).toBeCloseTo(before.row, 6)
      expect(after.col).toBeCloseTo(before.col, 6)
    }))
  })
})

describe('pieces', () => {
  it('ask for no detail of a small layer', () => {
    expect(detailPiece(layer(300, 200), { row: 150, col: 100, zoom: 10 }, size, 1)).toBeNull()
  })
  it('reduce a large layer to the screen and never enlarge it', () => {
    const large = layer(20000, 10000)
    expect(overviewPiece(large)).toEqual({ window: { row: 0, col: 0, rows: 20000, cols: 10000 }, rows: 512, cols: 256 })
    const near = detailPiece(large, { row: 5000, col: 5000, zoom: 4 }, size, 1)
    expect(near).toEqual({ window: { row: 4887, col: 4850, rows: 226, cols: 300 }, rows: 226, cols: 300 })
    const half = detailPiece(large, { row: 5000, col: 5000, zoom: 0.5 }, size, 1)
    expect(half?.rows).toBe(Math.round((half?.window.rows ?? 0) / 2))
  })
  it('hold no more than the scene process gives, whatever the screen', () => {
    const colour = layer(20000, 20000, { bands: [0, 1, 2] })
    const wall = detailPiece(colour, { row: 10000, col: 10000, zoom: 0.5 }, { width: 5120, height: 2880 }, 2)
    if (wall === null) throw new Error('no piece')
    expect(wall.rows * wall.cols * 3).toBeLessThanOrEqual(2 ** 26)
    expect(wall.rows / wall.cols).toBeCloseTo(wall.window.rows / wall.window.cols, 3)
    // for a picture nothing beyond its edge
    expect(detailPiece(colour, { row: 5000, col: 5000, zoom: 4 }, size, 1, 0)?.window).toEqual({ row: 4925, col: 4900, rows: 150, cols: 200 })
  })
  it('of a finer result lie on its own grid', () => {
    const fine = layer(4000, 4000, { pixelSize: 0.5, origin: { row: 100, col: 0 } })
    expect(detailPiece(fine, { row: 600, col: 500, zoom: 2 }, size, 1)?.window).toEqual({ row: 550, col: 400, rows: 900, cols: 1200 })
  })
  it('are kept while they cover what is seen, finely enough', () => {
    const large = layer(4000, 4000)
    const view = { row: 1000, col: 1000, zoom: 1 }
    const held = detailPiece(large, view, size, 1)
    if (held === null) throw new Error('no piece')
    const moved = { ...view, col: 1150 }
    const wanted = (at: typeof view) => detailPiece(large, at, size, 1) ?? held
    expect(covers(held, wanted(moved), large, moved, size)).toBe(true)
    const far = { ...view, col: 1500 }
    expect(covers(held, wanted(far), large, far, size)).toBe(false)
    const out = { ...view, zoom: 0.4 }
    expect(covers(held, wanted(out), large, out, size)).toBe(false)
  })
})

describe('stretch', () => {
  const percentiles = Float32Array.from({ length: 101 }, (_, i) => i * 10)
  it('cuts per cent at either end', () => {
    expect(limitsOf([{ min: 0, max: 1000, percentiles }], { kind: 'percentile', percent: 2.5 })).toEqual([{ low: 25, high: 975 }])
    expect(limitsOf([{ min: -5, max: 7, percentiles }], { kind: 'min-max' })).toEqual([{ low: -5, high: 7 }])
    expect(limitsOf([{ min: 3, max: 3, percentiles: new Float32Array(101).fill(3) }], { kind: 'percentile', percent: 2 })).toEqual([{ low: 3, high: 3 }])
  })
  it('colours values between the limits, clips beyond and leaves missing ones open', () => {
    const colours = paint(Float32Array.of(0, 50, 200, NaN, 0, 0), 3, { limits: [{ low: 0, high: 100 }, { low: 0, high: 100 }, { low: 0, high: 100 }], gamma: 1 })
    expect([...colours]).toEqual([0, 128, 255, 255, 0, 0, 0, 0])
    expect([...paint(Float32Array.of(25), 1, { limits: [{ low: 0, high: 100 }], gamma: 2 })]).toEqual([128, 128, 128, 255])
  })
})

describe('dragging a window', () => {
  const grip = { top: false, left: false, bottom: false, right: false }
  it('moves on the grid and stays inside', () => {
    expect(dragWindow({ row: 4, col: 8, rows: 16, cols: 16 }, grip, 5.1, -100, 101, 60, 4, 16)).toEqual({ row: 8, col: 0, rows: 16, cols: 16 })
  })
  it('always gives an aligned window inside, not smaller than the least', () => {
    const edge = fc.constantFrom(...['top', 'left', 'bottom', 'right'].map((name) => ({ ...grip, [name]: true })), grip)
    fc.assert(fc.property(edge, fc.integer({ min: -200, max: 200 }), fc.integer({ min: -200, max: 200 }), (pulled, byRows, byCols) => {
      const { row, col, rows, cols } = dragWindow({ row: 20, col: 20, rows: 24, cols: 32 }, pulled, byRows, byCols, 101, 203, 4, 16)
      for (const value of [row, col, rows, cols]) expect(value % 4).toBe(0)
      expect(row).toBeGreaterThanOrEqual(0)
      expect(col).toBeGreaterThanOrEqual(0)
      expect(Math.min(rows, cols)).toBeGreaterThanOrEqual(16)
      expect(row + rows).toBeLessThanOrEqual(101)
      expect(col + cols).toBeLessThanOrEqual(203)
    }))
  })
})

describe('the edition of a scene', () => {
  it('is another one where another file of the same size or another nodata value stands in its place', () => {
    const edition = sceneEdition(sceneFacts)
    expect(sceneEdition({ ...sceneFacts, fingerprint: 'f2' })).not.toBe(edition)
    expect(sceneEdition({ ...sceneFacts, nodata: [-1, -1, -1, -1] })).not.toBe(edition)
    expect(sceneEdition({ ...sceneFacts })).toBe(edition)
  })
})
