import { describe, expect, it } from 'vitest'
import { draftAsRead, repairsOf } from '../../../src/renderer/import/repair-draft'
import { unusableBands } from '../../../src/renderer/viewer/band-suggestions'
import { draftOfRepairs } from '../../../src/renderer/viewer/draft-of-repairs'
import { factsLine } from '../../../src/renderer/viewer/facts-line'
import { decimalsOf, formatCoordinates } from '../../../src/renderer/viewer/map-coordinates'
import { detailsAsText, matchingDetails, sceneDetails } from '../../../src/renderer/viewer/scene-details'
import { sceneProblem } from '../../../src/renderer/viewer/scene-problem'
import { shiftMeaning } from '../../../src/renderer/viewer/shift-meaning'
import { sceneFacts } from '../../ipc/facts'

const utm = { ...sceneFacts, transform: { a: 30, b: 0, c: 364_095, d: 0, e: -30, f: 5_809_965 }, crs: { name: 'WGS 84 / UTM zone 33N', epsg: 32633, kind: 'projected' as const, proj4: null }, pixelSize: { x: 30, y: 30, unit: 'm' } }

describe('map coordinates', () => {
  it('tell a tenth of a pixel', () => {
    expect([30, 10, 9, 1, 0.7, 0.00027].map(decimalsOf)).toEqual([0, 0, 1, 1, 2, 5])
  })
  it('are easting and northing in a projected system', () => {
    expect(formatCoordinates(utm, 0.5, 1.5)).toBe('E\u2009364\u2009140, N\u20095\u2009809\u2009950')
  })
  it('are degrees with their hemisphere on the ellipsoid', () => {
    const degrees = { transform: { a: 0.001, b: 0, c: -13.5, d: 0, e: -0.001, f: -0.25 }, crs: { name: 'WGS 84', epsg: 4326, kind: 'geographic' as const, proj4: null } }
    expect(formatCoordinates(degrees, 0, 0)).toBe('0.2500°\u2009S, 13.5000°\u2009W')
  })
  it('are plain numbers without a system, and none without a place', () => {
    expect(formatCoordinates({ ...utm, crs: null }, 0, 0)).toBe('x\u2009364\u2009095, y\u20095\u2009809\u2009965')
    expect(formatCoordinates({ ...utm, transform: { ...utm.transform, c: -1234.5, a: 0.5, e: -0.5 }, crs: null }, 0, 0)).toBe('x\u2009−1\u2009234.50, y\u20095\u2009809\u2009965.00')
    expect(formatCoordinates(sceneFacts, 0, 0)).toBeNull()
  })
})

describe('facts', () => {
  it('stand in a line', () => {
    expect(factsLine(utm)).toEqual(['50\u2009×\u200950\u2009px', '4 bands (1 bad)', '450–750\u2009nm', '30\u2009m', 'EPSG:32633', 'ENVI', '20.0\u2009kB'])
    expect(factsLine({ ...sceneFacts, bands: 1, badBands: [false], wavelengthNm: null })[1]).toBe('1 band')
  })
  it('are listed with corners, scaling and files, and searched by name and value', () => {
    const details = sceneDetails({ ...utm, gain: [1e-4, 1e-4, 1e-4, 1e-4], fwhmNm: [5.8, 6, 7, 11.4] })
    expect(details).toContainEqual(['Upper left corner', 'E\u2009364\u2009095, N\u20095\u2009809\u2009965'])
    expect(details).toContainEqual(['Lower right corner', 'E\u2009365\u2009595, N\u20095\u2009808\u2009465'])
    expect(details).toContainEqual(['Gain and offset', '× 0.0001 + 0'])
    expect(details).toContainEqual(['Band width (FWHM)', '5.8–11.4\u2009nm'])
    expect(details.slice(-2)).toEqual([['File', '/data/jasper.img'], ['', '/data/jasper.hdr']])
    expect(matchingDetails(details, ' NM').map(([name]) => name)).toContain('Band width (FWHM)')
    expect(matchingDetails(details, 'jasper.hdr')).toEqual([['', '/data/jasper.hdr']])
    expect(detailsAsText([['a', 'b\nc'], ['d', 'e']])).toBe('a\tb c\nd\te')
  })
})

describe('what is wrong with the file', () => {
  const path = '/data/jasper.hdr'
  it('nothing while it is as imported', () => {
    expect(sceneProblem({ state: 'ready', problem: null, path })).toBeNull()
    expect(sceneProblem({ state: 'preparing', problem: null, path })).toBeNull()
  })
  it('names the file and what to do', () => {
    expect(sceneProblem({ state: 'missing', problem: { tag: 'not-found', message: 'gone' }, path })).toMatchObject({ title: 'The file of this scene can’t be found', about: expect.stringContaining(path) as string })
    expect(sceneProblem({ state: 'missing', problem: { tag: 'malformed', message: 'The header is cut.', remedy: 'Copy it again.' }, path })).toMatchObject({ title: 'The file of this scene can’t be read', about: 'The header is cut. Copy it again.' })
    expect(sceneProblem({ state: 'changed', problem: null, path })?.about).toContain(path)
  })
})

describe('form of corrections made before', () => {
  const asRead = { ...sceneFacts, wavelengthNm: [450, 550, 650, 750], metadata: [['wavelength', '{0.45, 0.55, 0.65, 0.75}']] as [string, string][] }
  it.each([
    {},
    { wavelengthNm: null },
    { wavelengthNm: [450, 550, 650, 750] },
    { wavelengthNm: [0.45, 0.55, 0.65, 0.75] },
    { nodata: null },
    { nodata: -9999.5 },
    { badBands: [true, false, false, false] },
  ])('gives them back: %j', (repairs) => {
    expect(repairsOf(draftOfRepairs(repairs, asRead), asRead)).toEqual({ repairs })
  })
  it('is that of the file without any', () => {
    expect(draftOfRepairs({}, asRead)).toEqual(draftAsRead(asRead))
  })
})

describe('unusable bands', () => {
  it('hold nothing, or the same everywhere', () => {
    const statistics = [{ band: 0, min: 1, max: 2, validShare: 1 }, { band: 1, min: NaN, max: NaN, validShare: 0 }, { band: 2, min: 5, max: 5, validShare: 0.5 }]
    expect(unusableBands(statistics)).toEqual({ empty: [1], constant: [2] })
  })
})

describe('shift between bands', () => {
  const shift = { rows: 0.5, cols: 0, confidence: 0.9 }
  it('is told by what training may do', () => {
    expect(shiftMeaning(null)).toBe('all')
    expect(shiftMeaning({ ...shift, symmetries: [0, 1, 2, 3, 4, 5, 6, 7] })).toBe('all')
    expect(shiftMeaning({ ...shift, symmetries: [0, 2] })).toBe('some')
    expect(shiftMeaning({ ...shift, symmetries: [0] })).toBe('identity')
    expect(shiftMeaning({ ...shift, confidence: 0.2, symmetries: [0] })).toBe('unsure')
  })
})
