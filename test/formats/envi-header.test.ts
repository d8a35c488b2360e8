import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import { looksLikeEnviHeader, parseEnviHeader, readEnviHeaderText } from '../../src/main/formats/envi/header-text'
import { interpretEnviHeader } from '../../src/main/formats/envi/interpret-header'
import { temporaryFolder } from './envi-files'

const BASE = 'samples = 3\nlines = 2\nbands = 4\ndata type = 2\ninterleave = bsq\nbyte order = 0\nheader offset = 0\n'

function read(extra: string, base = BASE): CubeHeader {
  return interpretEnviHeader(parseEnviHeader(`ENVI\n${base}${extra}`, '/d/scene.hdr')).header
}

const codes = (header: CubeHeader): string[] => header.notices.map((notice) => notice.code)

describe('header text', () => {
  it('reads keys in any case and spacing, comments, braces over lines, and any line ends', () => {
    const text = 'ENVI\n; a comment = no field\n  Data  Type =2\ndescription={two\n lines, a = b\n; note\n end}\nBand Names = {a,\nb,}\n'
    for (const ends of ['\n', '\r\n', '\r']) {
      const { fields } = parseEnviHeader(text.replaceAll('\n', ends), 'x.hdr')
      expect(fields).toEqual([['data type', '2'], ['description', '{two\n lines, a = b\n; note\n end}'], ['band names', '{a,\nb,}']])
    }
  })

  it('reads Latin-1, UTF-8 and UTF-16 with and without a mark', async () => {
    const folder = await temporaryFolder()
    const text = `ENVI\n${BASE}description = {Größe µm}\n`
    const utf16 = Buffer.from(text, 'utf16le')
    const encodings: Record<string, Buffer> = {
      latin1: Buffer.from(text, 'latin1'),
      utf8: Buffer.from(text, 'utf8'),
      utf8mark: Buffer.from(`\uFEFF${text}`, 'utf8'),
      utf16: utf16,
      utf16mark: Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
      utf16be: Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
    }
    for (const [name, bytes] of Object.entries(encodings)) {
      const path = join(folder, `${name}.hdr`)
      await writeFile(path, bytes)
      expect(looksLikeEnviHeader(bytes), name).toBe(true)
      expect(interpretEnviHeader(await readEnviHeaderText(path)).header.description, name).toBe('Größe µm')
    }
  })

  it('takes the last of repeated fields and tells', () => {
    const header = read('sensor type = A\nsensor type = B\nstray words\n')
    expect(header.metadata.kind === 'envi' && header.metadata.fields.filter(([key]) => key === 'sensor type')).toEqual([['sensor type', 'B']])
    expect(codes(header)).toEqual(expect.arrayContaining(['header-field-repeated', 'header-line-ignored']))
  })

  it('is not fooled by field names of objects', () => {
    const header = read('__proto__ = {x}\nconstructor = y\n')
    expect(header.metadata.kind === 'envi' && header.metadata.fields.slice(-2)).toEqual([['__proto__', '{x}'], ['constructor', 'y']])
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })
})

describe('what the fields mean', () => {
  it('assumes what is usually left out', () => {
    const header = read('', 'samples = 3\nlines = 2\nbands = 1\ndata type = 4\n')
    expect(header).toMatchObject({ interleave: 'bsq', byteOrder: 'little', wavelengthNm: null, georeference: null })
    expect(codes(header)).toEqual(['byte-order-assumed'])
    expect(codes(read(''))).toEqual([])
  })

  it('reads every list about bands', () => {
    const header = read([
      'wavelength units = Micrometers', 'wavelength = {0.4 0.5\n0.6, 0.7}', 'fwhm = {0.005,0.006,0.007,0.008}', 'bbl = {1, 0, 1.0, 0.5}',
      'band names = {a, b (x = 1), , d}', 'data gain values = {1e-4, 2e-4, 3E-4, 4d-4}', 'data offset values = {0, 1, 2, 3}',
      'default bands = {3, 2, 1}', 'data ignore value = -9999', 'description = {  }',
    ].join('\n'))
    expect(header).toMatchObject({
      wavelengthNm: [400, 500, 600, 700], fwhmNm: [5, 6, 7, 8], badBands: [false, true, false, false], bandNames: ['a', 'b (x = 1)', '', 'd'],
      gain: [1e-4, 2e-4, 3e-4, 4e-4], offset: [0, 1, 2, 3], defaultBands: [2, 1, 0], nodata: [-9999, -9999, -9999, -9999], description: null,
    })
    expect(codes(header)).toEqual(['bbl-not-binary'])
  })

  it('keeps the scene when a list is wrong, and leaves the list out', () => {
    const header = read('wavelength = {1,2,3}\nfwhm = {a, b, c, d}\nbbl = {1,1}\nband names = {a, b}\ndata gain values = {1}\n')
    expect(header).toMatchObject({ wavelengthNm: null, fwhmNm: null, badBands: null, bandNames: null, gain: null })
    expect(codes(header)).toEqual(['list-length', 'list-length', 'list-unreadable', 'list-length', 'list-length'])
    expect(header.notices.some(({ message }) => message.includes("'wavelength' has 3 entries for 4 bands"))).toBe(true)
  })

  it('ignores default bands that are out of range or no RGB', () => {
    for (const bands of ['{0, 1, 2}', '{1, 2, 5}', '{1, 2}', '{x}', '{1.5}', '{-1}']) {
      const header = read(`default bands = ${bands}\n`)
      expect(header.defaultBands, bands).toBeNull()
      expect(codes(header)).toEqual(['default-bands-ignored'])
    }
    expect(read('default bands = 2\n').defaultBands).toEqual([1])
    expect(read('default bands = {}\n').notices).toEqual([])
  })

  it('takes the gain from the reflectance scale factor unless gains are given', () => {
    expect(read('reflectance scale factor = 10000.000000\n').gain).toEqual([1e-4, 1e-4, 1e-4, 1e-4])
    expect(read('reflectance scale factor = 0\n').gain).toBeNull()
    const both = read('reflectance scale factor = 10000\ndata gain values = {1,2,3,4}\n')
    expect(both.gain).toEqual([1, 2, 3, 4])
    expect(codes(both)).toEqual(['scale-factor-beside-gains'])
  })

  it.each([['nan', NaN], ['-inf', -Infinity], ['-3.4e38', -3.4e38], ['{-99}', -99], ['0', 0]])('reads the ignore value %s', (text, value) => {
    expect(read(`data ignore value = ${text}\n`, BASE.replace('data type = 2', 'data type = 4')).nodata[0]).toBe(value)
  })

  it.each([['12', '-9999'], ['2', 'nan'], ['2', '0.5'], ['1', '256'], ['4', '1e39']])('leaves out an ignore value that samples of type %s can not have: %s', (type, text) => {
    const header = read(`data ignore value = ${text}\n`, BASE.replace('data type = 2', `data type = ${type}`))
    expect(header.nodata).toEqual([null, null, null, null])
    expect(codes(header)).toEqual(['nodata-ignored'])
  })

  it('gives 64-bit integers a notice', () => {
    expect(codes(read('', BASE.replace('data type = 2', 'data type = 15')))).toEqual(['precision-64-bit'])
  })

  it('reads places on the map', () => {
    const utm = read('map info = {UTM, 1, 1, 500000, 5000000, 2, 3, 33, South, WGS-84, units=Meters}\n').georeference
    expect(utm).toMatchObject({ transform: { a: 2, b: 0, c: 500000, d: 0, e: -3, f: 5000000 }, crs: { epsg: 32733, kind: 'projected' } })
    expect(read('map info = {Geographic Lat/Lon, 1.5, 1.5, 11, 48, 0.1, 0.2, WGS-84}\n').georeference)
      .toMatchObject({ transform: { a: 0.1, c: 10.95, f: 48.1 }, crs: { epsg: 4326, kind: 'geographic' } })
    expect(read('map info = {Arbitrary, 1, 1, 0, 0, 1, 1, 0, North}\n').georeference).toMatchObject({ crs: null, transform: { a: 1, e: -1 } })
    const broken = read('map info = {UTM, 1, 1, x, 5, 2, 2}\n')
    expect(broken.georeference).toBeNull()
    expect(codes(broken)).toEqual(['map-info-unreadable'])
    expect(read('map info = {UTM, 1, 1, 5, 5, 0, 2}\n').georeference).toBeNull()
  })

  it('turns rotated pixels about the reference pixel', () => {
    const t = read('map info = {UTM, 2.5, 3.5, 1000, 2000, 2, 2, 32, North, WGS-84, rotation=90}\n').georeference?.transform
    if (t == null) throw new Error('no transform')
    // A quarter turn counter-clockwise: columns lead north, rows lead east.
    expect([t.a, t.b, t.d, t.e].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0, 2, 2, -0])
    expect([t.a * 1.5 + t.b * 2.5 + t.c, t.d * 1.5 + t.e * 2.5 + t.f]).toEqual([1000, 2000])
  })
})
