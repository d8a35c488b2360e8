import { describe, expect, it } from 'vitest'
import { axisTicks, niceStep, pixelTicks, sliceTicks } from '../../../src/renderer/cube/axis-ticks'
import { cubeKey } from '../../../src/renderer/cube/cube-keys'
import { wholeCut } from '../../../src/renderer/cube/cube-box'
import { presetPlace } from '../../../src/renderer/cube/camera-place'
import { goodBands, heldBands, layerPixel, partOfScene, resultSource, scenePlace, sceneSource, sizeOf, sourceKey, sourcePixel } from '../../../src/renderer/cube/cube-source'
import { steadyFrameMs } from '../../../src/renderer/cube/frame-time'
import { planeOf, planeQuestion, samePlane } from '../../../src/renderer/cube/plane'
import { sceneFacts } from '../../ipc/facts'
import { resultView } from '../sample-project'

const facts = { ...sceneFacts, rows: 30, cols: 20, bands: 4, wavelengthNm: [500, 700, 600, 800], badBands: [false, true, false, false] }
const scene = sceneSource('scene-1', facts)

describe('what a cube is made of', () => {
  it('stacks bands by wavelength', () => {
    expect(scene.layer).toBe('scene:scene-1')
    expect(sizeOf(scene)).toEqual({ rows: 30, cols: 20, slices: 4 })
    expect(scene.slices.map(({ band, nm, bad }) => [band, nm, bad])).toEqual([[0, 500, false], [2, 600, false], [1, 700, true], [3, 800, false]])
  })
  it('knows where a result lies and which bands it holds', () => {
    const view = resultView({ rows: 20, cols: 16 })
    const result = resultSource('result', { ...view, plan: { ...view.plan, window: { row: 4, col: 6, rows: 10, cols: 8 }, bands: 'good' } }, facts)
    if (result === null) throw new Error('no result')
    expect(result.slices.map(({ band, sceneBand }) => [band, sceneBand])).toEqual([[0, 0], [1, 2], [2, 3]])
    expect(scenePlace(result, { row: 3, col: 1 })).toEqual({ row: 5.5, col: 6.5 })
    expect(sourcePixel(result, { row: 5, col: 6 })).toEqual({ row: 3, col: 1 })
    expect(sourcePixel(result, { row: 3, col: 6 })).toBeNull()
    expect(heldBands(result, [3, 1, 0])).toEqual([2, 0, 0])
    expect(resultSource('result', { ...view, rows: null }, facts)).toBeNull()
  })
})

describe('what stands beside a result', () => {
  const view = resultView({ rows: 20, cols: 16 })
  const made = { ...view, plan: { ...view.plan, window: { row: 4, col: 6, rows: 10, cols: 8 }, bands: [0, 2] } }
  const result = resultSource('result', made, facts)
  if (result === null) throw new Error('no result')
  it('lies on its grid', () => {
    const [bicubic, difference] = [resultSource('bicubic', made, facts), resultSource('difference', made, facts)]
    expect(bicubic).toMatchObject({ layer: `bicubic:${view.id}`, rows: 20, cols: 16, slices: result.slices, isSigned: false })
    expect(difference).toMatchObject({ layer: `difference:${view.id}`, origin: { row: 4, col: 6 }, pixelSize: 0.5, isSigned: true })
    expect(resultSource('difference', made, { ...facts, nodata: [-1, -1, -1, -1] })?.edition).not.toBe(difference?.edition)
  })
  it('is the part of the scene that it shows, pixel for pixel and band for band', () => {
    const part = partOfScene(scene, result)
    expect(part).toMatchObject({ layer: 'scene:scene-1', rows: 10, cols: 8, corner: { row: 4, col: 6 } })
    expect(part.slices.map(({ sceneBand }) => sceneBand)).toEqual(result.slices.map(({ sceneBand }) => sceneBand))
    expect(scenePlace(part, { row: 2, col: 3 })).toEqual({ row: 6, col: 9 })
    expect(sourcePixel(part, { row: 6, col: 9 })).toEqual({ row: 2, col: 3 })
    expect(sourcePixel(part, { row: 3, col: 9 })).toBeNull()
    expect(layerPixel(part, { row: 2, col: 3 })).toEqual({ row: 6, col: 9 })
    expect(planeQuestion(part, { axis: 'row', index: 1, rgb: null }, 99).piece.window).toEqual({ row: 5, col: 6, rows: 1, cols: 8 })
    expect(planeQuestion(part, { axis: 'col', index: 1, rgb: null }, 99).piece.window).toEqual({ row: 4, col: 7, rows: 10, cols: 1 })
    expect(planeQuestion(part, { axis: 'slice', index: 1, rgb: null }, 99)).toMatchObject({ source: { bands: [2] }, piece: { window: { row: 4, col: 6, rows: 10, cols: 8 } } })
  })
  it('is asked for coarser where it is larger than a face can show', () => {
    const { piece } = planeQuestion({ ...scene, rows: 8000, cols: 4000 }, { axis: 'slice', index: 0, rgb: [2, 1, 0] }, 16384)
    expect(piece.window).toEqual({ row: 0, col: 0, rows: 8000, cols: 4000 })
    expect(piece.rows * piece.cols * 3).toBeLessThanOrEqual(2 ** 24)
    expect(piece.rows * piece.cols * 3).toBeGreaterThan(0.99 * 2 ** 24)
    expect(piece.rows / piece.cols).toBeCloseTo(2, 2)
  })
  it('has no bad bands where they are left out, and says so', () => {
    const good = goodBands(scene)
    expect(good.slices.map(({ sceneBand }) => sceneBand)).toEqual([0, 2, 3])
    expect(sourceKey(good)).not.toBe(sourceKey(scene))
    expect(sourceKey(sceneSource('scene-1', { ...facts }))).toBe(sourceKey(scene))
    const allBad = sceneSource('scene-1', { ...facts, badBands: [true, true, true, true] })
    expect(goodBands(allBad)).toBe(allBad)
    // bands for the picture on top are found among all that the layer holds
    expect(heldBands(good, [1])).toEqual([1])
  })
})

describe('planes', () => {
  const cut = { row: [2, 30], col: [0, 7], slice: [1, 4] } as const
  it('are those at the ends of a cut', () => {
    expect(planeOf(cut, { axis: 'row', end: 'from' }, null)).toEqual({ axis: 'row', index: 2, rgb: null })
    expect(planeOf(cut, { axis: 'col', end: 'to' }, null)).toEqual({ axis: 'col', index: 6, rgb: null })
  })
  it('show the colour picture on an uncut top only', () => {
    expect(planeOf(cut, { axis: 'slice', end: 'from' }, [3, 2, 0]).rgb).toBeNull()
    expect(planeOf(wholeCut(sizeOf(scene)), { axis: 'slice', end: 'from' }, [3, 2, 0]).rgb).toEqual([3, 2, 0])
    expect(samePlane({ axis: 'slice', index: 0, rgb: [1] }, { axis: 'slice', index: 0, rgb: null })).toBe(false)
  })
  it('ask for all bands along a line, or for one band, no longer than the limit', () => {
    expect(planeQuestion(scene, { axis: 'row', index: 5, rgb: null }, 16)).toMatchObject({ source: { bands: [0, 2, 1, 3] }, piece: { window: { row: 5, col: 0, rows: 1, cols: 20 }, rows: 1, cols: 16 } })
    expect(planeQuestion(scene, { axis: 'col', index: 5, rgb: null }, 4096)).toMatchObject({ piece: { window: { row: 0, col: 5, rows: 30, cols: 1 }, rows: 30, cols: 1 } })
    expect(planeQuestion(scene, { axis: 'slice', index: 2, rgb: null }, 4096)).toMatchObject({ source: { bands: [1] }, piece: { rows: 30, cols: 20 } })
  })
})

describe('ticks', () => {
  it('are round between the ends', () => {
    expect([niceStep(100, 5), niceStep(100, 4), niceStep(7, 10), niceStep(2000, 3)]).toEqual([20, 50, 1, 1000])
    expect(pixelTicks(scene, { row: [0, 100], col: [0, 1], slice: [0, 1] }, 'row', 5)).toEqual([1, 20, 40, 60, 80, 100].map((number) => ({ at: number - 0.5, label: String(number) })))
    expect(pixelTicks(scene, { row: [0, 100], col: [4, 5], slice: [0, 1] }, 'col', 5)).toEqual([{ at: 4.5, label: '5' }])
    // a part of a scene is numbered as the scene is
    expect(pixelTicks({ corner: { row: 200, col: 0 } }, { row: [0, 100], col: [0, 1], slice: [0, 1] }, 'row', 5)).toEqual([201, 220, 240, 260, 280, 300].map((number) => ({ at: number - 200.5, label: String(number) })))
  })
  it('stand between the bands around a wavelength, none twice', () => {
    const coarse = sceneSource('scene-1', { ...facts, wavelengthNm: [450, 550, 650, 950] })
    expect(sliceTicks(coarse, wholeCut(sizeOf(coarse)), 3)).toEqual([{ at: 0.5, label: '450' }, { at: 2, label: '600' }, { at: 3, label: '800' }, { at: 3.5, label: '950' }])

    expect(sliceTicks(scene, wholeCut(sizeOf(scene)), 3)).toEqual([{ at: 0.5, label: '500' }, { at: 1.5, label: '600' }, { at: 2.5, label: '700' }, { at: 3.5, label: '800' }])
    const unnamed = sceneSource('scene-1', { ...facts, wavelengthNm: null })
    expect(sliceTicks(unnamed, wholeCut(sizeOf(unnamed)), 1).map(({ label }) => label)).toEqual(['1', '4'])
  })
  it('tell map coordinates where they are wanted', () => {
    const mapped = { ...facts, transform: { a: 30, b: 0, c: 500_000, d: 0, e: -30, f: 5_800_000 } }
    const cut = wholeCut(sizeOf(scene))
    expect(axisTicks(scene, mapped, cut, 'col', 'coordinates', 30, 1).map(({ label }) => label)).toEqual(['500\u2009015', '500\u2009585'])
    expect(axisTicks(scene, mapped, cut, 'row', 'coordinates', 0, 1).map(({ label }) => label)).toEqual(['5\u2009799\u2009985', '5\u2009799\u2009115'])
    expect(axisTicks(scene, { ...facts, transform: null }, cut, 'row', 'coordinates', 0, 1).map(({ label }) => label)).toEqual(['1', '30'])
  })
})

describe('keys and figures', () => {
  const place = presetPlace('front', [1, 0.6, 1], { width: 600, height: 600 })
  it('turn, move, zoom and choose a view', () => {
    const preset = (): typeof place => ({ ...place, azimuth: 9 })
    expect(cubeKey('ArrowRight', false, place, preset)?.azimuth).toBeGreaterThan(0)
    expect(cubeKey('ArrowUp', true, place, preset)?.target[1]).toBeGreaterThan(0)
    expect(cubeKey('+', false, place, preset)?.distance).toBeLessThan(place.distance)
    expect(cubeKey('1', false, place, preset)?.azimuth).toBe(9)
    expect(cubeKey('x', false, place, preset)).toBeNull()
  })
  it('frame times are not moved by one hitch', () => {
    const frames: number[] = []
    for (const ms of [16, 17, 16, 300]) steadyFrameMs(frames, ms)
    expect(steadyFrameMs(frames, 16)).toBe(16)
    for (let i = 0; i < 30; i++) steadyFrameMs(frames, 20)
    expect(frames).toHaveLength(12)
  })
})
