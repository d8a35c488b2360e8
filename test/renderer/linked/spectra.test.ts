import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { alongScene } from '../../../src/renderer/linked/scene-spectrum'
import { regionTable } from '../../../src/renderer/linked/region-table'
import { spectralLibrary } from '../../../src/renderer/linked/spectral-library'
import { absorptionMarks, chartCurves, type SceneCurve } from '../../../src/renderer/linked/spectrum-curves'
import { firstDerivative, removeContinuum } from '../../../src/renderer/linked/spectrum-transform'
import { spectrumAxis } from '../../../src/renderer/viewer/spectrum-axis'

/** What numpy says: see reference.py there. */
const { x, y, continuum, derivative } = JSON.parse(readFileSync(new URL('../../analysis/reference.json', import.meta.url), 'utf8')) as Record<'x' | 'y' | 'continuum' | 'derivative', number[]>

function expectClose(actual: ArrayLike<number>, expected: number[]): void {
  expect(Array.from(actual).map((value, i) => Math.abs(value - (expected[i] as number)) < 1e-8)).toEqual(expected.map(() => true))
}

describe('forms of a spectrum', () => {
  it('agree with numpy', () => {
    expectClose(removeContinuum(x, y), continuum)
    expectClose(firstDerivative(x, y), derivative)
  })
  it('keep gaps, and bands of one wavelength divide nothing by zero', () => {
    const gapped = y.map((value, i) => (i === 4 || i === 5 ? NaN : value))
    expect(Array.from(removeContinuum(x, gapped)).map(Number.isNaN).filter(Boolean)).toHaveLength(2)
    expect(firstDerivative([1, 2, 3, 4], [0, NaN, 5, 7])).toEqual(Float64Array.of(NaN, NaN, 2, 2))
    expect(firstDerivative([1, 2, 2, 3], [0, 1, 5, 7])).toEqual(Float64Array.of(1, 1, 2, 2))
    expect(removeContinuum([1, 2, 3], [NaN, NaN, NaN])).toEqual(Float64Array.of(NaN, NaN, NaN))
    expect(removeContinuum([1, 2, 3], [-1, -2, -1])).toEqual(Float64Array.of(NaN, NaN, NaN))
    expect(removeContinuum([1], [5])).toEqual(Float64Array.of(1))
  })
})

const facts = { bands: 4, wavelengthNm: [650, 450, 550, 760], badBands: [false, false, true, false], gain: [2, 2, 2, 2], offset: [1, 1, 1, 1] }
const axis = spectrumAxis(facts)

describe('spectra along the scene', () => {
  it('are put in order of wavelength and in physical units, with gaps where a layer lacks a band or it is bad', () => {
    expect(alongScene([10, 20, 30, 40], [0, 1, 2, 3], axis)).toEqual(Float64Array.of(41, NaN, 21, 81))
    expect(alongScene([40, 10], [3, 0], axis)).toEqual(Float64Array.of(NaN, NaN, 21, 81))
    expect(alongScene([1, 1, 1, 1], [0, 1, 2, 3], axis, 'spread')).toEqual(Float64Array.of(2, NaN, 2, 2))
    expect(alongScene([-1, 1, 1, 1], [0, 1, 2, 3], axis, 'difference')).toEqual(Float64Array.of(2, NaN, -2, 2))
  })
  const curves: SceneCurve[] = [
    { label: 'a', color: '#fff', width: 1, values: Float64Array.of(1, NaN, 3, 4) },
    { label: 'region', color: '#000', width: 2, dash: [2, 2], values: Float64Array.of(2, NaN, 4, 6), spread: Float64Array.of(1, NaN, 1, 2) },
  ]
  it('are drawn as they are, in a range, with the spread of regions in values only', () => {
    const all = chartCurves(axis.x, curves, 'values', null)
    expect(all.map(({ label }) => label)).toEqual(['a', 'region', 'region − σ', 'region + σ'])
    expect(Array.from(all[3]?.y ?? [])).toEqual([3, NaN, 5, 8])
    const part = chartCurves(axis.x, curves, 'derivative', [600, 800])
    expect(part.map(({ label, x: at, dash }) => [label, at, dash])).toEqual([['a', [650, 760], undefined], ['region', [650, 760], [2, 2]]])
    expect(chartCurves(axis.x, curves, 'values', [900, 1000])[0]?.y).toHaveLength(0)
  })
  it('are marked where the atmosphere absorbs within the axis', () => {
    expect(absorptionMarks(axis.x)).toEqual([{ at: 760, label: 'O₂' }])
    expect(absorptionMarks([])).toEqual([])
  })
  it('of regions become a table with a line a band', () => {
    const [plain, region] = curves as [SceneCurve, SceneCurve]
    const table = new TextDecoder().decode(regionTable(axis, [plain, { ...region, region: { name: 'Lawn, cut', layer: 'ridge', pixels: 12 } }]))
    expect(table.split('\n')).toEqual([
      'region,layer,n,band,wavelength nm,mean,standard deviation',
      '"Lawn, cut",ridge,12,2,450,2,1', '"Lawn, cut",ridge,12,3,550,,', '"Lawn, cut",ridge,12,1,650,4,1', '"Lawn, cut",ridge,12,4,760,6,2', '',
    ])
    expect(new TextDecoder().decode(regionTable({ ...axis, inNanometres: false }, []))).toBe('region,layer,n,band,mean,standard deviation\n')
  })
  it('become a library of their own', () => {
    const { names, wavelengthNm, values } = spectralLibrary(axis, curves)
    expect(names).toEqual(['a', 'region', 'region standard deviation'])
    expect(wavelengthNm).toEqual([450, 550, 650, 760])
    expect(values).toEqual(Float32Array.of(1, NaN, 3, 4, 2, NaN, 4, 6, 1, NaN, 1, 2))
  })
})
