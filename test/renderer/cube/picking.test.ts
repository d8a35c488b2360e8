import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CUBE_FACES, wholeCut, worldLengths, type CubeCut, type CubeFace, type CubeSize, type Point } from '../../../src/renderer/cube/cube-box'
import { crossBox, hitFaces, scalePlace, type CubePlace, type Ray } from '../../../src/renderer/cube/hit-box'
import { hitVolume, type SeenVolume } from '../../../src/renderer/cube/hit-volume'
import { worldPoint } from '../../../src/renderer/cube/label-edge'
import { showsData } from '../../../src/renderer/cube/plane-picture'
import { opacityTable } from '../../../src/renderer/cube/transfer-function'

const size: CubeSize = { rows: 40, cols: 80, slices: 20 }
const lengths = worldLengths(size, 0.6)
const whole = wholeCut(size)
const everywhere = (): boolean => true

const cuts: fc.Arbitrary<CubeCut> = fc.record({
  row: fc.tuple(fc.nat(39), fc.nat(39)), col: fc.tuple(fc.nat(79), fc.nat(79)), slice: fc.tuple(fc.nat(19), fc.nat(19)),
}).map((all) => Object.fromEntries(Object.entries(all).map(([axis, [p, q]]) => [axis, [Math.min(p, q), Math.max(p, q) + 1]])) as unknown as CubeCut)

function rayTo(from: Point, to: Point): Ray {
  const way = to.map((value, i) => value - (from[i] as number))
  return { origin: from, direction: way.map((value) => value / Math.hypot(...way)) as unknown as Point }
}
/** Straight down at the middle of a pixel. */
function down(row: number, col: number): Ray {
  const [x, , z] = worldPoint(size, lengths, { row: row + 0.5, col: col + 0.5, slice: 0 })
  return { origin: [x, 5, z], direction: [0, -1, 0] }
}

describe('crossBox', () => {
  it('tells the faces that a ray goes in and out by', () => {
    expect(crossBox(down(3, 4), size, lengths, whole)).toEqual({ enter: expect.closeTo(4.7, 9) as number, entered: { axis: 'slice', end: 'from' }, leave: expect.closeTo(5.3, 9) as number, left: { axis: 'slice', end: 'to' } })
    expect(crossBox({ origin: [0, 0, 0], direction: [1, 0, 0] }, size, lengths, whole)).toMatchObject({ leave: 0.5, left: { axis: 'col', end: 'to' } })
  })
  it('misses what it does not meet, and what is behind', () => {
    for (const direction of [[1, 0, 0], [0, 1, 0]] as const) expect(crossBox({ origin: [0, 5, 0], direction }, size, lengths, whole)).toBeNull()
  })
})

describe('hitFaces', () => {
  it('finds the pixel and the face that a ray points at, from any side', () => {
    fc.assert(fc.property(cuts, fc.constantFrom(...CUBE_FACES), fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (cut, face, p, q) => {
      const place = { row: 0, col: 0, slice: 0 }
      for (const [axis, share] of [['row', p], ['col', q], ['slice', p]] as const) place[axis] = cut[axis][0] + share * (cut[axis][1] - cut[axis][0])
      place[face.axis] = face.end === 'from' ? cut[face.axis][0] : cut[face.axis][1]
      const outside = worldPoint(size, lengths, { ...place, [face.axis]: place[face.axis] + (face.end === 'from' ? -30 : 30) })
      const asked: CubeFace[] = []
      const hit = hitFaces(rayTo(outside, worldPoint(size, lengths, place)), size, lengths, cut, (one) => asked.push(one) > 0)
      expect(asked).toEqual([face])
      for (const axis of ['row', 'col', 'slice'] as const) {
        const cell = axis === face.axis ? (face.end === 'from' ? cut[axis][0] : cut[axis][1] - 1) : Math.floor(place[axis])
        expect(Math.abs((hit?.[axis] ?? NaN) - cell)).toBeLessThanOrEqual(Math.abs(place[axis] - Math.round(place[axis])) < 1e-6 ? 1 : 0)
        expect(hit?.at[axis]).toBeCloseTo(place[axis], 6)
      }
    }))
  })
  it('looks through what has no data at the far face, or at nothing', () => {
    const hole = ({ end }: CubeFace): boolean => end === 'to'
    expect(hitFaces(down(20, 40), size, lengths, whole, everywhere)).toMatchObject({ row: 20, col: 40, slice: 0 })
    expect(hitFaces(down(20, 40), size, lengths, whole, hole)).toMatchObject({ row: 20, col: 40, slice: 19 })
    expect(hitFaces(down(20, 40), size, lengths, whole, () => false)).toBeNull()
  })
  it('sees the far face from inside', () => {
    expect(hitFaces({ origin: [0, 0, 0], direction: [0, 1, 0] }, size, lengths, whole, everywhere)).toMatchObject({ slice: 0 })
  })
})

describe('showsData', () => {
  it('reads the texel under a place, of a reduced picture too', () => {
    // a row's face, half as many texels as columns, all slices: data in the second texel of the last slice alone
    const picture = { width: 40, height: 20, isColoured: false, bytes: new Uint8Array(40 * 20 * 4) }
    picture.bytes[(19 * 40 + 1) * 4 + 3] = 255
    const at = (col: number, slice: number): CubePlace => ({ row: 40, col, slice })
    expect([at(2.1, 19.5), at(3.9, 20), at(1.9, 19.5), at(4.1, 19.5), at(2.1, 18.9)].map((place) => showsData(picture, size, 'row', place))).toEqual([true, true, false, false, false])
  })
})

describe('hitVolume', () => {
  /** All slices of half the pixels. */
  function volumeOf(fill: (data: Uint8Array, at: (row: number, col: number, slice: number) => number) => void, look: Partial<SeenVolume> = {}): SeenVolume {
    const block = { rows: 20, cols: 40, slices: 10, data: new Uint8Array(20 * 40 * 10) }
    fill(block.data, (row, col, slice) => (slice * 20 + row) * 40 + col)
    return { block, slices: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18], opacity: null, isSigned: false, ...look }
  }
  const hit = (seen: SeenVolume, cut = whole): unknown => {
    const found = hitVolume(down(20, 40), size, lengths, cut, seen)
    return found === null ? null : [found.row, found.col, found.slice]
  }
  it('finds the greatest value along the ray, of equal ones the first', () => {
    const seen = volumeOf((data, at) => { data[at(10, 20, 3)] = 90; data[at(10, 20, 6)] = 200; data[at(10, 20, 8)] = 200; data[at(11, 20, 1)] = 255 })
    // in the middle of the voxel, and of the slice that it shows
    expect(hit(seen)).toEqual([21, 41, 12])
    expect(hit(seen, { ...whole, slice: [0, 12] })).toEqual([21, 41, 6])
    expect(hit(volumeOf(() => undefined))).toBeNull()
  })
  it('finds what is seen through what is clear', () => {
    const values = (data: Uint8Array, at: (row: number, col: number, slice: number) => number): void => { data[at(10, 20, 1)] = 100; data[at(10, 20, 4)] = 220; data[at(10, 20, 7)] = 255 }
    const opaque = opacityTable([{ at: 0, opacity: 0 }, { at: 0.5, opacity: 0 }, { at: 0.51, opacity: 0.9 }, { at: 1, opacity: 0.9 }], false)
    expect(hit(volumeOf(values, { opacity: opaque }))).toEqual([21, 41, 8])
    const faint = opacityTable([{ at: 0, opacity: 0 }, { at: 1, opacity: 0.0002 }], false)
    expect(hit(volumeOf(values, { opacity: faint }))).toBeNull()
  })
  it('goes by the size of signed values', () => {
    const seen = volumeOf((data, at) => { data.fill(128); data[at(10, 20, 2)] = 180; data[at(10, 20, 5)] = 20 }, { isSigned: true })
    expect(hit(seen)).toEqual([21, 41, 10])
    expect(hit(volumeOf((data) => { data.fill(128) }, { isSigned: true, opacity: opacityTable([{ at: 0, opacity: 1 }, { at: 1, opacity: 1 }], true) }))).toBeNull()
  })
})

describe('scalePlace', () => {
  it('is the same place on a finer cube', () => {
    expect(scalePlace({ row: 10.5, col: 3, slice: 20 }, size, { rows: 80, cols: 160, slices: 20 })).toEqual({ row: 21, col: 6, slice: 20 })
  })
})
