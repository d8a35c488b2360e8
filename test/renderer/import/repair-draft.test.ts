import { describe, expect, it } from 'vitest'
import { wavelengthsToNm } from '../../../src/main/cube/spectral-units'
import { listedWavelengths } from '../../../src/renderer/import/listed-wavelengths'
import { doubtful, draftAsRead, repairsOf, wavelengthChoices, type RepairDraft } from '../../../src/renderer/import/repair-draft'
import { sampleFacts } from './sample-facts'

const facts = sampleFacts()
const repair = (part: Partial<RepairDraft>, of = facts) => repairsOf({ ...draftAsRead(of), ...part }, of)

describe('wavelengths as the file lists them', () => {
  it('an ENVI list', () => { expect(listedWavelengths(facts)).toEqual([0.45, 0.55, 0.65, 2.45]) })
  it('a list in a GeoTIFF', () => { expect(listedWavelengths({ bands: 2, metadata: [['ENVI: wavelength', '{400, 500}']] })).toEqual([400, 500]) })
  it.each(['wavelength', 'IMAGERY: CENTRAL_WAVELENGTH_UM'])('items of the bands: %s', (name) => {
    expect(listedWavelengths({ bands: 2, metadata: [[`${name} (band 2)`, '500.5 nm'], [`${name} (band 1)`, '400'], [`${name} (band 3)`, '1']] })).toEqual([400, 500.5])
  })
  it.each([
    ['another number of bands', [['wavelength', '{1, 2, 3}']]], ['no number', [['wavelength', '{400, x}']]], ['not positive', [['wavelength', '{0, 1}']]],
    ['incomplete', [['wavelength (band 1)', '400']]], ['nothing', []],
  ] as [string, [string, string][]][])('none: %s', (_, metadata) => { expect(listedWavelengths({ bands: 2, metadata })).toBeNull() })
})

describe('repairs', () => {
  it('nothing changed', () => { expect(repair({})).toEqual({ repairs: {} }) })
  it('unit', () => {
    expect(repair({ wavelength: 'um' })).toEqual({ repairs: { wavelengthNm: [450, 550, 650, 2450] } })
    expect(repair({ wavelength: 'nm' })).toEqual({ repairs: { wavelengthNm: [0.45, 0.55, 0.65, 2.45] } })
    expect(repair({ wavelength: 'none' })).toEqual({ repairs: { wavelengthNm: null } })
  })
  it.each([['-9999', -9999], [' −99 ', -99], ['1e-3', 0.001], ['0,5', 0.5], ['0', 0]])('nodata %s', (nodataValue, nodata) => {
    expect(repair({ nodata: 'value', nodataValue })).toEqual({ repairs: { nodata } })
  })
  it.each(['', 'x', '1 2', 'NaN', 'Infinity'])('no nodata value: "%s"', (nodataValue) => {
    expect(repair({ nodata: 'value', nodataValue })).toEqual({ problem: { field: 'nodata' } })
  })
  it('no nodata', () => { expect(repair({ nodata: 'none', nodataValue: 'x' })).toEqual({ repairs: { nodata: null } }) })
  it('bad bands', () => {
    expect(draftAsRead(facts).badBands).toBe('2')
    expect(repair({ badBands: '1, 3-4' })).toEqual({ repairs: { badBands: [true, false, true, true] } })
    expect(repair({ badBands: ' ' })).toEqual({ repairs: { badBands: [false, false, false, false] } })
    expect(repair({ badBands: '2,2' })).toEqual({ repairs: {} })
    expect(repair({ badBands: '1-9' })).toEqual({ problem: { field: 'bad-bands', problem: 'outside', part: '1-9' } })
    expect(repair({ badBands: '1-4' })).toEqual({ problem: { field: 'bad-bands', problem: 'all', part: '' } })
  })
})

describe('what is offered', () => {
  it('units where the numbers of the file are known', () => {
    expect(wavelengthChoices(facts)).toEqual(['as-read', 'um', 'nm', 'none'])
    expect(wavelengthChoices(sampleFacts({ metadata: [] }))).toEqual(['as-read', 'none'])
    expect(wavelengthChoices(sampleFacts({ wavelengthNm: null }))).toEqual(['as-read', 'um', 'nm'])
    expect(wavelengthChoices(sampleFacts({ wavelengthNm: null, metadata: [] }))).toEqual([])
  })
  it('the form is open where the reader had to guess', () => {
    expect(wavelengthsToNm([0.4, 0.5], null).notices.map(doubtful)).toEqual([true])
    expect(doubtful({ code: 'list-length', message: "The list 'bbl' has 3 entries for 4 bands and was left out." })).toBe(true)
    expect(doubtful({ code: 'list-length', message: "The list 'fwhm' has 3 entries for 4 bands and was left out." })).toBe(false)
    expect(doubtful({ code: 'header-line-ignored', message: 'Line 3' })).toBe(false)
  })
})
