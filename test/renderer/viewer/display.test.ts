// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { bandLabel, bandOptions, matchesBand, presetBands } from '../../../src/renderer/viewer/band-choice'
import { useDisplayStore } from '../../../src/renderer/viewer/display-store'
import { histogramDomain, histogramPath, movedLimits } from '../../../src/renderer/viewer/histogram-shape'
import { wavelengthColour } from '../../../src/renderer/viewer/wavelength-colour'
import { sceneFacts } from '../../ipc/facts'

describe('bands to choose from', () => {
  it('are named by number and wavelength, or by the name that the file gives', () => {
    expect(bandLabel(sceneFacts, 2)).toBe('Band 3 · 650\u2009nm')
    expect(bandLabel({ ...sceneFacts, wavelengthNm: null, bandNames: ['a', ' near infrared ', '', 'Band 4'] }, 1)).toBe('Band 2 · near infrared')
    expect(bandLabel({ ...sceneFacts, wavelengthNm: null, bandNames: ['a', 'b', '', 'Band 4'] }, 2)).toBe('Band 3')
    expect(bandLabel({ ...sceneFacts, wavelengthNm: null, bandNames: ['a', 'b', '', 'Band 4'] }, 3)).toBe('Band 4')
    expect(bandOptions(sceneFacts).map(({ bad }) => bad)).toEqual([false, false, true, false])
  })

  it('are found by number, part of the label, or a wavelength nearby', () => {
    const label = 'Band 3 · 650.2 nm'
    for (const typed of ['3', 'band 3', '650', '648', '654,5']) expect(matchesBand(typed, 2, label, 650.2), typed).toBe(true)
    for (const typed of ['4', '660', 'x']) expect(matchesBand(typed, 2, label, 650.2), typed).toBe(false)
    expect(matchesBand('650', 2, 'Band 3', undefined)).toBe(false)
  })

  it('have presets where there are good bands for them', () => {
    expect(presetBands(sceneFacts)).toEqual({ proposed: [2, 1, 0], isNatural: true, infrared: null })
    expect(presetBands({ ...sceneFacts, wavelengthNm: [900, 1400, 1900, 2200] }).isNatural).toBe(false)
    const infrared = { ...sceneFacts, bands: 5, wavelengthNm: [550, 645, 655, 865, 850], badBands: [false, false, true, false, false] }
    expect(presetBands(infrared).infrared).toEqual([3, 1, 0])
    expect(presetBands({ ...infrared, wavelengthNm: null }).infrared).toBeNull()
    expect(presetBands({ ...sceneFacts, rgb: [1, 1, 1] }).proposed).toEqual([1])
  })

  it('have the colour of their light', () => {
    expect(wavelengthColour(440)).toBe('rgb(0 0 255)')
    expect(wavelengthColour(510)).toBe('rgb(0 255 0)')
    expect(wavelengthColour(612.5)).toBe('rgb(255 128 0)')
    for (const nm of [379, 781, 2200, NaN]) expect(wavelengthColour(nm)).toBeNull()
    expect(wavelengthColour(380)).toBe('rgb(102 0 102)')
  })
})

describe('histogram', () => {
  const percentiles = Float32Array.from({ length: 101 }, (_, i) => 10 * i)
  const even = { min: 0, max: 1000, percentiles, histogram: new Uint32Array(256).fill(4) }

  it('shows nearly all values and the limits, whatever the outliers', () => {
    const outliers = { min: -1e6, max: 1e6, percentiles }
    expect(histogramDomain(outliers, { low: 20, high: 980 })).toEqual({ low: 10 - 294, high: 990 + 294 })
    expect(histogramDomain(even, { low: -500, high: 980 })).toEqual({ low: -500, high: 1000 })
    expect(histogramDomain({ min: 3, max: 3, percentiles: new Float32Array(101).fill(3) }, { low: 3, high: 3 })).toEqual({ low: 2.5, high: 3.5 })
  })

  it('draws even counts as a rectangle between the least and the greatest value', () => {
    const path = histogramPath(even, { low: 0, high: 1000 }, 100, 40)
    expect(path.startsWith('M0 40L0 0H1L1 0H2')).toBe(true)
    expect(path.endsWith('H100L100 40Z')).toBe(true)
    expect(histogramPath(even, { low: -1000, high: 1000 }, 100, 40).startsWith('M50 40')).toBe(true)
  })

  it('draws nothing of a band with one value or none in sight', () => {
    expect(histogramPath({ ...even, max: 0 }, { low: 0, high: 1 }, 100, 40)).toBe('')
    expect(histogramPath(even, { low: 2000, high: 3000 }, 100, 40)).toBe('')
  })

  it('keeps limits apart, inside and short', () => {
    const domain = { low: 0, high: 1000 }
    expect(movedLimits({ low: 100, high: 200 }, 'low', 123.456789, domain)).toEqual({ low: 123.46, high: 200 })
    expect(movedLimits({ low: 100, high: 200 }, 'low', 500, domain)).toEqual({ low: 199, high: 200 })
    expect(movedLimits({ low: 100, high: 200 }, 'high', -5, domain)).toEqual({ low: 100, high: 101 })
    expect(movedLimits({ low: 100, high: 200 }, 'high', 5000, domain)).toEqual({ low: 100, high: 1000 })
  })
})

describe('display store', () => {
  beforeEach(() => { setActivePinia(createPinia()) })

  it('keeps what was chosen for a scene, and natural colours for the others', () => {
    const store = useDisplayStore()
    store.show('a', { bands: [3], mode: { kind: 'min-max' }, gamma: 2 })
    expect(store.displayOf('a', sceneFacts)).toEqual({ bands: [3], mode: { kind: 'min-max' }, gamma: 2 })
    expect(store.displayOf('b', sceneFacts).bands).toEqual([2, 1, 0])
  })

  it('forgets bands that another file lacks', () => {
    const store = useDisplayStore()
    store.show('a', { bands: [3], mode: { kind: 'min-max' }, gamma: 2 })
    expect(store.displayOf('a', { ...sceneFacts, bands: 3 }).bands).toEqual([2, 1, 0])
  })

  it('keeps places once each, in colours of their own', () => {
    const store = useDisplayStore()
    for (const col of [1, 2, 3, 2]) store.pin('a', { row: 5, col })
    expect(store.pinsOf('a').map(({ col }) => col)).toEqual([1, 2, 3])
    expect(new Set(store.pinsOf('a').map(({ color }) => color)).size).toBe(3)
    const [, second] = store.pinsOf('a')
    store.unpin('a', { row: 5, col: 2 })
    store.pin('a', { row: 9, col: 9 })
    expect(store.pinsOf('a').at(-1)?.color).toBe(second?.color)
    store.unpinAll('a')
    expect(store.pinsOf('a')).toEqual([])
  })
})
