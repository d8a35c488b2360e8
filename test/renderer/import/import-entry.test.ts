import { describe, expect, it } from 'vitest'
import { defaultName, needsMending, newEntry } from '../../../src/renderer/import/import-entry'
import { messageBelow } from '../../../src/renderer/import/message-below'
import { sceneFactRows } from '../../../src/renderer/import/scene-fact-rows'
import { brokenCandidate, sampleCandidate, sampleFacts } from './sample-facts'

describe('default names', () => {
  it.each([
    ['/data/EnMAP_Berlin.hdr', 'EnMAP_Berlin'], ['/data/scene.img.hdr', 'scene'], ['C:\\data\\A b.TIF', 'A b'], ['/data/naming_no_extension', 'naming_no_extension'],
    ['/data/v1.2_x', 'v1.2_x'], ['/data/.hdr', '.hdr'], ['/data/folder/', 'folder'], ['/', '/'],
  ])('%s', (path, name) => { expect(defaultName(path)).toBe(name) })
})

describe('entries', () => {
  it('duplicates are left out at first', () => {
    expect(newEntry(sampleCandidate('a')).chosen).toBe(true)
    expect(newEntry(sampleCandidate('a', { duplicateOf: 'old' })).chosen).toBe(false)
  })
  it('corrections are folded unless the file is doubtful', () => {
    expect(newEntry(sampleCandidate('a')).repairing).toBe(false)
    expect(newEntry(sampleCandidate('a', { facts: sampleFacts({ notices: [{ code: 'wavelength-units-guessed', message: '' }] }) })).repairing).toBe(true)
    expect(newEntry(brokenCandidate('a'))).toMatchObject({ repairing: false, draft: null })
  })
  it('fields that must be set right', () => {
    const entry = newEntry(sampleCandidate('a'))
    expect(needsMending(entry)).toBe(false)
    expect(needsMending({ ...entry, name: ' ' })).toBe(true)
    expect(needsMending({ ...entry, name: ' ', chosen: false })).toBe(false)
    expect(needsMending({ ...entry, draft: { wavelength: 'as-read', nodata: 'value', nodataValue: 'x', badBands: '' } })).toBe(true)
    expect(needsMending(newEntry(brokenCandidate('a')))).toBe(false)
  })
})

describe('facts', () => {
  const shown = (part = {}): Record<string, string> => Object.fromEntries(sceneFactRows(sampleFacts(part)).map(({ name, value }) => [name, value.replaceAll('\u2009', ' ')]))
  it('as GIS people write them', () => {
    expect(shown()).toEqual({
      Size: '800 × 1 200 px', Bands: '4, 1 bad (2)', Wavelengths: '450–2450 nm', Pixel: '30 m', 'Coordinate system': 'WGS 84 / UTM zone 33N · EPSG:32633',
      'Nodata value': '−99', Values: 'ENVI · int16 · BSQ', 'File size': '2.4 MB',
    })
  })
  it('that are missing', () => {
    expect(sceneFactRows(sampleFacts({ wavelengthNm: null, pixelSize: null, crs: null, nodata: [null, null, null, null] })).filter(({ missing }) => missing).map(({ name }) => name))
      .toEqual(['Wavelengths', 'Pixel', 'Coordinate system', 'Nodata value'])
  })
  it('in odd files', () => {
    expect(shown({ nodata: [0, 0, null, 1], wavelengthNm: [NaN, 500, NaN, NaN], crs: { name: '', epsg: 4326, kind: 'geographic', proj4: null } }))
      .toMatchObject({ 'Nodata value': 'differs by band', Wavelengths: '500 nm', 'Coordinate system': 'EPSG:4326' })
    expect(shown({ crs: { name: 'EPSG:4326', epsg: 4326, kind: 'geographic', proj4: null } })['Coordinate system']).toBe('EPSG:4326')
  })
})

it('messages below their path', () => {
  expect(messageBelow('/a.hdr', '/a.hdr: this is no scene.')).toBe('This is no scene.')
  expect(messageBelow('/a.hdr', '/a.hdr: permission denied')).toBe('Permission denied.')
  expect(messageBelow('/a.hdr', '/a.img: this is short.')).toBe('/a.img: this is short.')
})
