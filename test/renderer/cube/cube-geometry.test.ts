import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromWorld, moveCut, scaleCut, toWorld, wholeCut, worldLengths, type CubeSize, type Point } from '../../../src/renderer/cube/cube-box'
import { cameraPosition, fitDistance, placeIn, placeOf, presetPlace, sharedCamera, shifted, turned } from '../../../src/renderer/cube/camera-place'
import { dragAlong } from '../../../src/renderer/cube/drag-along'
import { faceQuad } from '../../../src/renderer/cube/face-quad'
import { labelEdge, worldPoint } from '../../../src/renderer/cube/label-edge'

const size: CubeSize = { rows: 40, cols: 80, slices: 20 }
const lengths = worldLengths(size, 0.6)

describe('the box', () => {
  it('has its longer side of ground 1 and the asked height', () => {
    expect(lengths).toEqual([1, 0.6, 0.5])
  })
  it('finds back every place', () => {
    fc.assert(fc.property(fc.constantFrom('row' as const, 'col' as const, 'slice' as const), fc.double({ min: 0, max: 20, noNaN: true }), (axis, at) => {
      expect(fromWorld(size, lengths, axis, toWorld(size, lengths, axis, at))).toBeCloseTo(at, 9)
    }))
  })
  it('puts the first row far, the first column left and the first slice on top', () => {
    expect(worldPoint(size, lengths, { row: 0, col: 0, slice: 0 })).toEqual([-0.5, 0.3, -0.25])
    expect(worldPoint(size, lengths, { row: 40, col: 80, slice: 20 })).toEqual([0.5, -0.3, 0.25])
  })
  it('keeps a cut inside and at least one wide', () => {
    const cut = wholeCut(size)
    expect(moveCut(cut, size, { axis: 'row', end: 'from' }, 12.4).row).toEqual([12, 40])
    expect(moveCut(cut, size, { axis: 'row', end: 'from' }, 400).row).toEqual([39, 40])
    expect(moveCut(cut, size, { axis: 'slice', end: 'to' }, -5).slice).toEqual([0, 1])
    expect(moveCut(cut, size, { axis: 'col', end: 'to' }, 500).col).toEqual([0, 80])
  })
  it('carries a cut over to a finer cube', () => {
    const finer = { rows: 80, cols: 160, slices: 10 }
    expect(scaleCut(wholeCut(size), size, finer)).toEqual(wholeCut(finer))
    expect(scaleCut({ row: [10, 20], col: [0, 40], slice: [19, 20] }, size, finer)).toEqual({ row: [20, 40], col: [0, 80], slice: [9, 10] })
  })
})

describe('faceQuad', () => {
  it('shows of its plane what the other cuts leave', () => {
    const { positions, places } = faceQuad(size, lengths, { row: [10, 30], col: [20, 80], slice: [5, 20] }, { axis: 'row', end: 'to' })
    expect(Array.from(places)).toEqual([0.25, 0.25, 1, 0.25, 0.25, 1, 1, 1])
    const expected = [[20, 5], [80, 5], [20, 20], [80, 20]].flatMap(([col, slice]) => worldPoint(size, lengths, { row: 30, col: col as number, slice: slice as number }))
    expected.forEach((value, i) => { expect(positions[i]).toBeCloseTo(value, 6) })
  })
})

describe('the camera', () => {
  const wide = { width: 900, height: 600 }
  it('looks as the presets say', () => {
    const top = presetPlace('top', lengths, wide)
    expect(cameraPosition(top)[1]).toBeCloseTo(top.distance, 4)
    const [x, y, z] = cameraPosition(presetPlace('front', lengths, wide))
    expect([x, y]).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)])
    expect(z).toBeGreaterThan(0.5)
    const even = cameraPosition(presetPlace('isometric', lengths, wide))
    expect(even[0]).toBeCloseTo(even[1], 9)
    expect(even[1]).toBeCloseTo(even[2], 9)
  })
  it('goes farther away from a narrow window', () => {
    expect(fitDistance(lengths, { width: 300, height: 600 })).toBeGreaterThan(fitDistance(lengths, wide))
    expect(fitDistance(lengths, { width: 1800, height: 600 })).toBe(fitDistance(lengths, wide))
  })
  it('is found back from its position', () => {
    fc.assert(fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0.1, max: 3, noNaN: true }), fc.double({ min: 0.1, max: 9, noNaN: true }), (azimuth, polar, distance) => {
      const found = placeOf(cameraPosition({ azimuth, polar, distance, target: [1, 2, 3] }), [1, 2, 3])
      expect([found.azimuth, found.polar, found.distance]).toEqual([expect.closeTo(azimuth, 9), expect.closeTo(polar, 6), expect.closeTo(distance, 9)])
    }))
  })
  it('fills as much of one window as of another, when they share it', () => {
    const narrow = { width: 300, height: 600 }
    const shared = sharedCamera(presetPlace('front', lengths, wide), wide)
    expect(placeIn(shared, wide).distance).toBeCloseTo(fitDistance(lengths, wide), 9)
    expect(placeIn({ ...shared, distance: shared.distance / 2 }, narrow)).toEqual({ ...presetPlace('front', lengths, narrow), distance: expect.closeTo(fitDistance(lengths, narrow) / 2, 9) as number })
  })
  it('turns no farther than to the poles and moves across the view', () => {
    const front = presetPlace('front', lengths, wide)
    expect(turned(front, 0.5, -9).polar).toBeCloseTo(0, 2)
    expect(turned(front, 0.5, 9).polar).toBeCloseTo(Math.PI, 2)
    expect(shifted({ ...front, distance: 2 }, 0.1, 0.2).target).toEqual([expect.closeTo(0.2, 9), expect.closeTo(0.4, 9), expect.closeTo(0, 9)])
  })
})

describe('what lies over the canvas', () => {
  // seen from the front right and above, without perspective
  const camera: Point = [5, 5, 5]
  const screenOf = ([x, y, z]: Point): { x: number; y: number } => ({ x: (x - z) * 100, y: (x + z) * 50 - y * 100 })
  it('labels run along the lower outline', () => {
    const cut = wholeCut(size)
    expect(labelEdge('col', size, lengths, cut, camera, screenOf)?.at).toEqual({ row: 40, slice: 20 })
    expect(labelEdge('row', size, lengths, cut, camera, screenOf)?.at).toEqual({ col: 80, slice: 20 })
    expect(labelEdge('slice', size, lengths, cut, camera, screenOf)?.at).toEqual({ row: 40, col: 0 })
  })
  it('an axis that is seen end on has no labels', () => {
    expect(labelEdge('slice', size, lengths, wholeCut(size), [0, 5, 0], screenOf)).toBeNull()
  })
  it('handles follow the pointer along their axis', () => {
    expect(dragAlong(30, 40, { x: 300, y: 400 })).toBeCloseTo(0.1, 9)
    expect(dragAlong(40, -30, { x: 300, y: 400 })).toBeCloseTo(0, 9)
    expect(dragAlong(100, -30, { x: 3, y: 4 })).toBeCloseTo(0.1, 9)
  })
})
