import { describe, expect, it } from 'vitest'
import { fwhmToNm, spectralUnit, wavelengthsFromBandNames, wavelengthsToNm } from '../../src/main/cube/spectral-units'

describe('spectral units', () => {
  it.each([
    ['Nanometers', 'nm'], ['nm', 'nm'], ['Nanometer', 'nm'], ['nanometres', 'nm'], [' NM ', 'nm'], ['[nm]', 'nm'],
    ['Micrometers', 'um'], ['um', 'um'], ['µm', 'um'], ['μm', 'um'], ['microns', 'um'], ['Micrometre', 'um'],
    ['Wavenumber', 'wavenumber'], ['cm-1', 'wavenumber'], ['GHz', 'GHz'], ['MHz', 'MHz'], ['Angstroms', 'angstrom'], ['Å', 'angstrom'],
    ['Index', 'index'], ['Unknown', 'unknown'], ['', 'unknown'], ['furlongs', 'unknown'], [null, 'unknown'],
  ])('recognises %s', (spelling, unit) => {
    expect(spectralUnit(spelling)).toBe(unit)
  })

  it('converts what is declared', () => {
    expect(wavelengthsToNm([0.4174, 0.9028], 'um')).toEqual({ wavelengthNm: [417.4, 902.8], unit: 'um', notices: [] })
    expect(wavelengthsToNm([400, 2500], 'nm').wavelengthNm).toEqual([400, 2500])
    expect(wavelengthsToNm([4000, 25000], 'Angstroms').wavelengthNm).toEqual([400, 2500])
    expect(wavelengthsToNm([10000, 1000], 'wavenumber').wavelengthNm).toEqual([1000, 10000])
    expect(wavelengthsToNm([299792.458], 'GHz').wavelengthNm).toEqual([1000])
    expect(wavelengthsToNm([299.792458], 'THz').wavelengthNm).toEqual([1000])
  })

  it('goes by the size of the numbers when the unit is missing or impossible, and says so', () => {
    for (const unit of [null, 'Unknown', 'Index', 'Nanometers']) {
      const reading = wavelengthsToNm([0.4174, 2.5], unit)
      expect(reading.wavelengthNm).toEqual([417.4, 2500])
      expect(reading.notices.map((notice) => notice.code)).toEqual(['wavelength-units-guessed'])
    }
    expect(wavelengthsToNm([400, 900], 'Micrometers').wavelengthNm).toEqual([400, 900])
    expect(wavelengthsToNm([400, 900], null).wavelengthNm).toEqual([400, 900])
  })

  it('does not take band numbers and impossible values for wavelengths', () => {
    for (const values of [[1, 2, 3], [0, 1, 2]]) expect(wavelengthsToNm(values, 'Index').wavelengthNm).toBeNull()
    for (const values of [[], [400, 0], [400, -1], [400, NaN]]) {
      const reading = wavelengthsToNm(values, 'nm')
      expect(reading.wavelengthNm).toBeNull()
      expect(reading.notices[0]?.code).toBe('wavelengths-dropped')
    }
  })

  it('converts widths of frequencies by the derivative', () => {
    expect(fwhmToNm([0.0048], [417.4], 'um')).toEqual([4.8])
    // a band from 999 to 1001 nm, in wavenumbers
    const width = 1e7 / 999 - 1e7 / 1001
    expect(fwhmToNm([width], [1000], 'wavenumber')[0]).toBeCloseTo(2, 4)
  })

  it('finds wavelengths in band names only when all have one', () => {
    expect(wavelengthsFromBandNames(['band 1 (0.455400 Micrometers)', 'band 2 (0.469400 Micrometers)'])).toEqual([455.4, 469.4])
    expect(wavelengthsFromBandNames(['B1: 450nm', 'B2: 550.5 nm'])).toEqual([450, 550.5])
    expect(wavelengthsFromBandNames(['B1 450 nm', 'quality'])).toBeNull()
    expect(wavelengthsFromBandNames(['band 1', 'band 2'])).toBeNull()
    expect(wavelengthsFromBandNames(['12 nmi', '13 nmi'])).toBeNull()
  })
})
