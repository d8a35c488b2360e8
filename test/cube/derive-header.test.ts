import { describe, expect, it } from 'vitest'
import { selectBands, type CubeHeader } from '../../src/main/cube/cube-header'
import { coarsenHeader, refineHeader, windowHeader } from '../../src/main/cube/derive-header'
import { pixelToMap } from '../../src/main/cube/georeference'
import { parseEnviHeader } from '../../src/main/formats/envi/header-text'
import { interpretEnviHeader } from '../../src/main/formats/envi/interpret-header'

function read(extra: string): CubeHeader {
  const text = `ENVI\nsamples = 7\nlines = 5\nbands = 2\ndata type = 2\ninterleave = bsq\nbyte order = 0\n${extra}`
  return interpretEnviHeader(parseEnviHeader(text, 'scene.hdr')).header
}

function field(header: CubeHeader, key: string): string | undefined {
  return header.metadata.kind === 'envi' ? header.metadata.fields.find(([name]) => name === key)?.[1] : undefined
}

/** The header that its own raw fields describe: raw text and model must tell the same. */
function reread(header: CubeHeader): CubeHeader {
  const fields = header.metadata.kind === 'envi' ? header.metadata.fields : []
  return interpretEnviHeader({ path: 'scene.hdr', fields, notices: [] }).header
}

function expectSamePlace(p: CubeHeader, q: CubeHeader): void {
  const s = p.georeference?.transform
  const t = q.georeference?.transform
  if (s == null || t == null) throw new Error('no transform')
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f'] as const) expect(s[key]).toBeCloseTo(t[key], 6)
}

const MAP = 'map info = {UTM, 1.5, 2.5, 669681.6, 5328085.0, 0.7, 0.7, 32, North, WGS-84, units=Meters}\n'

describe('refineHeader', () => {
  it('follows the table of fields', () => {
    const header = read(`${MAP}pixel size = {7.0e-001, 7.0e-001, units=Meters}\nx start = 4976\ny start = 1\nz plot titles = {a [b], c}\ndefault bands = {2}\n`)
    const fine = refineHeader(header, 2)
    expect([fine.rows, fine.cols, fine.bands]).toEqual([10, 14, 2])
    expect(field(fine, 'samples')).toBe('14')
    expect(field(fine, 'map info')).toBe('{UTM, 2, 4, 669681.6, 5328085.0, 0.35, 0.35, 32, North, WGS-84, units=Meters}')
    expect(field(fine, 'pixel size')).toBe('{0.35, 0.35, units=Meters}')
    expect(field(fine, 'x start')).toBe('9951')
    expect(field(fine, 'y start')).toBe('1')
    expect(field(fine, 'z plot titles')).toBe('{a [b], c}')
    expect(fine.defaultBands).toEqual([1])
    expectSamePlace(fine, reread(fine))
  })

  it.each([2, 3, 4, 8])('keeps the outer corners at %i times, rotated or not', (scale) => {
    for (const rotation of ['', ', rotation=-28.5']) {
      const header = read(MAP.replace('}', `${rotation}}`))
      const fine = refineHeader(header, scale)
      const [coarseMap, fineMap] = [header.georeference?.transform, fine.georeference?.transform]
      if (coarseMap == null || fineMap == null) throw new Error('no transform')
      for (const [row, col] of [[0, 0], [5, 0], [0, 7], [5, 7]] as const) {
        const expected = pixelToMap(coarseMap, col, row)
        const actual = pixelToMap(fineMap, col * scale, row * scale)
        expect(actual.x).toBeCloseTo(expected.x, 6)
        expect(actual.y).toBeCloseTo(expected.y, 6)
      }
      expectSamePlace(fine, reread(fine))
    }
  })

  it('moves geo points and RPC positions', () => {
    const coefficients = new Array(80).fill('0.5').join(', ')
    const header = read(`geo points = {1.0, 2.0, 48.1, 11.2, 7.5, 4.0, 48.2, 11.3}\nrpc info = {2, 3, 48, 11, 500, 2.5, 3.5, 1, 1, 500, ${coefficients}, 10, 20, 0}\n`)
    const fine = refineHeader(header, 2)
    expect(fine.georeference?.groundControlPoints.map(({ col, row }) => [col, row])).toEqual([[0, 2], [13, 6]])
    expect(reread(fine).georeference?.groundControlPoints).toEqual(fine.georeference?.groundControlPoints)
    const rpc = (field(fine, 'rpc info') ?? '').replace(/[{}]/g, '').split(',').map(Number)
    // the centre of pixel 2 is 2.5 pixels from the edge: 5 fine pixels, whose centre-based position is 4.5
    expect([rpc[0], rpc[1], rpc[5], rpc[6], rpc[10], rpc[90], rpc[91]]).toEqual([4.5, 6.5, 5, 7, 0.5, 20, 40])
  })

  it('removes what it does not understand, with a notice', () => {
    const fine = refineHeader(read('rpc info = {1, 2}\nx start = somewhere\n'), 2)
    expect(field(fine, 'rpc info')).toBeUndefined()
    expect(field(fine, 'x start')).toBeUndefined()
    expect(fine.notices.filter((notice) => notice.code === 'field-dropped')).toHaveLength(2)
  })

  it('changes the ENVI items of a GeoTIFF and drops its statistics', () => {
    const item = (name: string, value: string, domain = '') => ({ name, value, band: null, domain, role: '' })
    const header: CubeHeader = {
      ...read(''),
      metadata: { kind: 'tiff', textTags: [], items: [item('x_start', '11', 'ENVI'), item('STATISTICS_MEAN', '3'), item('sensor', 'HySpex')] },
    }
    const { metadata } = refineHeader(header, 2)
    expect(metadata.kind === 'tiff' && metadata.items).toEqual([item('x_start', '21', 'ENVI'), item('sensor', 'HySpex')])
  })

  it('refuses fractions', () => {
    for (const scale of [0, -1, 1.5, NaN]) expect(() => refineHeader(read(''), scale)).toThrow(/whole number/)
  })
})

describe('coarsenHeader', () => {
  it('undoes refineHeader', () => {
    const header = read(`${MAP}x start = 4976\npixel size = {0.7, 0.7}\ngeo points = {1.0, 2.0, 48.1, 11.2}\n`)
    const back = coarsenHeader(refineHeader(header, 3), 3)
    expect([back.rows, back.cols]).toEqual([5, 7])
    expect(field(back, 'map info')).toBe('{UTM, 1.5, 2.5, 669681.6, 5328085.0, 0.7, 0.7, 32, North, WGS-84, units=Meters}')
    expect(field(back, 'x start')).toBe('4976')
    expect(field(back, 'pixel size')).toBe('{0.7, 0.7}')
    expectSamePlace(back, header)
  })

  it('cuts what fills no block, and refuses when nothing is left', () => {
    const coarse = coarsenHeader(read(MAP), 2)
    expect([coarse.rows, coarse.cols]).toEqual([2, 3])
    expect(() => coarsenHeader(read(MAP), 6)).toThrow(/can't be reduced/)
  })
})

describe('windowHeader', () => {
  it.each(['', ', rotation=30'])('moves the upper-left corner (%s)', (rotation) => {
    const header = read(`${MAP.replace('}', `${rotation}}`)}x start = 10\ny start = 20\n`)
    const part = windowHeader(header, { row: 1, col: 2, rows: 3, cols: 4 })
    expect([part.rows, part.cols]).toEqual([3, 4])
    const [whole, cut] = [header.georeference?.transform, part.georeference?.transform]
    if (whole == null || cut == null) throw new Error('no transform')
    expect(pixelToMap(cut, 0, 0)).toEqual(pixelToMap(whole, 2, 1))
    expectSamePlace(part, reread(part))
    expect([field(part, 'x start'), field(part, 'y start')]).toEqual(['12', '21'])
  })
})

describe('selectBands of an ENVI header', () => {
  it('shortens every list that speaks of bands and keeps the rest', () => {
    const header = read('wavelength = {400, 500}\nfwhm = {5, 6}\nband names = {a, b}\nsolar irradiance = {1.5, 2.5}\nz plot titles = {p, q}\n')
    const one = selectBands(header, [1])
    expect(one.wavelengthNm).toEqual([500])
    expect(field(one, 'wavelength')).toBe('{500}')
    expect(field(one, 'band names')).toBe('{b}')
    expect(field(one, 'solar irradiance')).toBe('{2.5}')
    expect(field(one, 'z plot titles')).toBe('{p, q}')
    expect(reread(one).fwhmNm).toEqual(one.fwhmNm)
  })

  it('leaves out lists whose entries can\'t be told apart by band', () => {
    const header = read('wavelength = {400}\nz plot titles = {p, q}\n')
    expect(field(selectBands(header, [1]), 'wavelength')).toBeUndefined()
  })

  it('shortens the ENVI items of a GeoTIFF as well', () => {
    const item = (name: string, value: string, domain: string) => ({ name, value, band: null, domain, role: '' })
    const header: CubeHeader = {
      ...read(''), metadata: { kind: 'tiff', textTags: [], items: [item('solar_irradiance', '{1.5, 2.5}', 'ENVI'), item('fwhm', '{1, 2}', '')] },
    }
    const { metadata } = selectBands(header, [1])
    expect(metadata.kind === 'tiff' && metadata.items).toEqual([item('solar_irradiance', '{2.5}', 'ENVI'), item('fwhm', '{1, 2}', '')])
  })
})
