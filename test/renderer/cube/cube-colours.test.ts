import { describe, expect, it } from 'vitest'
import { COLOUR_MAPS, DIVERGING_MAP, colourGradient, colourTable } from '../../../src/renderer/shared/colour/colour-map'
import { faceTexels } from '../../../src/renderer/cube/face-texels'
import type { CubeSource } from '../../../src/renderer/cube/cube-source'
import { limitWords } from '../../../src/renderer/cube/limit-words'
import { planePicture } from '../../../src/renderer/cube/plane-picture'
import { commonLimits, sliceStyles } from '../../../src/renderer/cube/slice-styles'
import type { BandRange } from '../../../src/renderer/shared/map/stretch'

const luminance = (table: Uint8Array, i: number): number => 0.2126 * linear(table[4 * i] ?? 0) + 0.7152 * linear(table[4 * i + 1] ?? 0) + 0.0722 * linear(table[4 * i + 2] ?? 0)
const linear = (byte: number): number => (byte <= 10 ? byte / 3294 : ((byte / 255 + 0.055) / 1.055) ** 2.4)

describe('colour maps', () => {
  it('are the published ones', () => {
    expect(Array.from(colourTable('viridis').subarray(0, 4))).toEqual([68, 1, 84, 255])
    expect(Array.from(colourTable('viridis').subarray(-4))).toEqual([253, 231, 37, 255])
    expect(Array.from(colourTable('magma').subarray(-4))).toEqual([252, 253, 191, 255])
    expect(Array.from(colourTable('inferno').subarray(-4))).toEqual([252, 255, 164, 255])
    expect(Array.from(colourTable('cividis').subarray(0, 4))).toEqual([0, 34, 78, 255])
    expect(Array.from(colourTable('grey').subarray(4 * 128, 4 * 129))).toEqual([128, 128, 128, 255])
  })
  it.each(COLOUR_MAPS)('grow lighter all the way: %s', (name) => {
    const table = colourTable(name)
    expect(table).toHaveLength(1024)
    for (let i = 4; i < 256; i += 4) expect(luminance(table, i)).toBeGreaterThan(luminance(table, i - 4))
    expect(colourGradient(name)).toMatch(/^linear-gradient\(to right, rgb\(\d+ \d+ \d+\), .*\)$/)
  })
})

it('a gradient shows values as the stretch does', () => {
  const stops = (gamma: number): string[] => colourGradient('grey', gamma).match(/\d+ \d+ \d+/g) ?? []
  expect([stops(1)[8], stops(2)[4], stops(2)[0], stops(2)[16]]).toEqual(['128 128 128', '128 128 128', '0 0 0', '255 255 255'])
})

describe('the map of signed values', () => {
  const table = colourTable(DIVERGING_MAP)
  const at = (index: number): number[] => Array.from(table.subarray(4 * index, 4 * index + 3))
  it('is the published one', () => {
    // Moreland's table of 33 colours at 0, 1/4 and 1; the middle lies between two of these 256
    expect([at(0), at(255)]).toEqual([[59, 76, 192], [180, 4, 38]])
    for (const middle of [127, 128]) for (const channel of at(middle)) expect(Math.abs(channel - 221)).toBeLessThan(3)
    const quarter = [0.552953, 0.688929, 0.995376].map((share) => 255 * share)
    at(64).forEach((channel, index) => { expect(Math.abs(channel - (quarter[index] ?? 0))).toBeLessThan(2) })
  })
  it('grows lighter to the middle and darker beyond it', () => {
    for (let i = 4; i <= 124; i += 4) expect(luminance(table, i)).toBeGreaterThan(luminance(table, i - 4))
    for (let i = 135; i < 256; i += 4) expect(luminance(table, i)).toBeLessThan(luminance(table, i - 4))
  })
})

describe('faceTexels', () => {
  const styles = [{ limits: { low: 0, high: 10 }, bad: false }, { limits: { low: 100, high: 200 }, bad: true }]
  it('lays each slice in a line, missing values clear', () => {
    // three pixels with two bands
    const texels = faceTexels(Float32Array.from([0, 150, NaN, 250, NaN, NaN]), styles)
    expect(Array.from(texels)).toEqual([0, 255, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 128, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0])
  })
  it('shows an empty bad band where its pixel has other values', () => {
    expect(Array.from(faceTexels(Float32Array.from([10, NaN, NaN, NaN]), styles))).toEqual([255, 255, 0, 255, 0, 0, 0, 0, 0, 255, 255, 255, 0, 0, 0, 0])
  })
  it('is black where all values are one', () => {
    expect(Array.from(faceTexels(Float32Array.from([7]), [{ limits: { low: 7, high: 7 }, bad: false }]))).toEqual([0, 255, 0, 255])
  })
})

describe('planePicture', () => {
  const style = { slices: [{ limits: { low: 0, high: 10 }, bad: false }, { limits: { low: 0, high: 20 }, bad: false }], rgb: { limits: [{ low: 0, high: 255 }], gamma: 1 } }
  const block = { rows: 1, cols: 2, data: Float32Array.from([0, 20, 10, 10]) }
  it('shows rows and columns as pixels across and slices down', () => {
    expect(planePicture({ axis: 'row', index: 0, rgb: null }, block, style)).toMatchObject({ width: 2, height: 2, isColoured: false })
    const { bytes, width, height } = planePicture({ axis: 'col', index: 0, rgb: null }, { ...block, rows: 2, cols: 1 }, style)
    expect([width, height]).toEqual([2, 2])
    expect([0, 4, 8, 12].map((at) => bytes[at])).toEqual([0, 255, 255, 128])
  })
  it('shows a band by its own limits and the top in colour', () => {
    expect(planePicture({ axis: 'slice', index: 1, rgb: null }, { rows: 1, cols: 1, data: Float32Array.from([10]) }, style).bytes[0]).toBe(128)
    expect(planePicture({ axis: 'slice', index: 0, rgb: [0] }, { rows: 1, cols: 2, data: Float32Array.from([51, NaN]) }, style)).toEqual({ bytes: Uint8Array.from([51, 51, 51, 255, 0, 0, 0, 0]), width: 2, height: 1, isColoured: true })
  })
})

describe('limits of slices', () => {
  const range = (scale: number): BandRange => ({ min: 0, max: scale, percentiles: Float32Array.from({ length: 101 }, (_, i) => (i * scale) / 100) })
  const slice = (band: number, bad = false): CubeSource['slices'][number] => ({ band, sceneBand: band, nm: null, bad })
  const source: CubeSource = {
    layer: 'scene:1', edition: '', rows: 4, cols: 4, slices: [slice(2, true), slice(0), slice(1)], held: [0, 1, 2], corner: { row: 0, col: 0 }, pixelSize: 1, origin: { row: 0, col: 0 }, isSigned: false,
  }
  const ranges = [range(100), range(100), range(1e6)]
  it('are one for the cube, without its bad bands, or one for each band', () => {
    expect(commonLimits(source, ranges, 2)).toEqual({ low: 2, high: 98 })
    expect(sliceStyles(source, ranges, { mode: 'cube', percent: 10 }, null).map(({ limits }) => limits)).toEqual(new Array(3).fill({ low: 10, high: 90 }))
    const each = sliceStyles(source, ranges, { mode: 'band', percent: 2 }, null)
    // of a band without any data
    expect(sliceStyles(source, [], { mode: 'band', percent: 2 }, null).map(({ limits }) => limits)).toEqual(new Array(3).fill({ low: 0, high: 0 }))
    expect(each.map(({ limits }) => Math.round(limits.high))).toEqual([980_000, 98, 98])
    expect(each.map(({ bad }) => bad)).toEqual([true, false, false])
  })
  it('are those that were typed, once there are some', () => {
    expect(sliceStyles(source, ranges, { mode: 'own', percent: 2 }, { low: -5, high: 7 }).map(({ limits }) => limits)).toEqual(new Array(3).fill({ low: -5, high: 7 }))
    expect(sliceStyles(source, ranges, { mode: 'own', percent: 2 }, null)[0]?.limits).toEqual({ low: 2, high: 98 })
  })
  it('lie about zero for signed values', () => {
    const signed = { ...source, isSigned: true }
    // band 0 from -60 to 20, band 1 from -10 to 10
    const both = [-60, -10].map((from, band) => ({ min: from, max: 0, percentiles: Float32Array.from({ length: 101 }, (_, i) => from + (i * (band === 0 ? 80 : 20)) / 100) }))
    const { low, high } = commonLimits(signed, both, 0)
    expect([low, high]).toEqual([-60, 60])
    expect(sliceStyles(signed, both, { mode: 'band', percent: 0 }, null).map(({ limits }) => [limits.low, limits.high])).toEqual([[-1, 1], [-60, 60], [-10, 10]])
    // the largest of either sign are cut
    expect(commonLimits(signed, both, 25).high).toBeLessThan(12)
    // no difference lies in the middle of the colours, not at their end
    expect(commonLimits(signed, [], 2)).toEqual({ low: -1, high: 1 })
  })
  it('stand in the legend with their sign', () => {
    expect(limitWords({ low: -118.04, high: 118.04 }, true)).toEqual({ low: '−118', high: '+118' })
    expect(limitWords({ low: -3, high: 4370 }, false)).toEqual({ low: '−3', high: '4370' })
    expect(limitWords(null, true)).toEqual({ low: 'less', high: 'more' })
  })
})
