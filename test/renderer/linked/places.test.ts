import { describe, expect, it } from 'vitest'
import { formatGeographic, geographicConverter } from '../../../src/renderer/shared/map/geographic-place'
import { northAngle } from '../../../src/renderer/shared/map/north-angle'
import { metresPerPixel, scaleBar } from '../../../src/renderer/shared/map/scale-bar'
import { insetSize, visibleShare } from '../../../src/renderer/linked/visible-share'
import { gdalPython, hasGdal } from '../../formats/gdal'
import { formatArea, pixelArea } from '../../../src/renderer/linked/region-area'

const utm = { name: 'WGS 84 / UTM zone 33N', epsg: 32633, kind: 'projected' as const, proj4: '+proj=utm +zone=33 +datum=WGS84 +units=m +no_defs +type=crs' }
const transform = { a: 30, b: 0, c: 366_000, d: 0, e: -30, f: 5_806_000 }

describe('latitude and longitude', () => {
  it.runIf(hasGdal)('are those of PROJ', () => {
    const [latitude, longitude] = gdalPython<[number, number]>(`
source, target = osr.SpatialReference(), osr.SpatialReference()
source.ImportFromEPSG(32633); target.ImportFromEPSG(4326)
print(json.dumps(osr.CoordinateTransformation(source, target).TransformPoint(366000 + 30 * 10.5, 5806000 - 30 * 20.5)[:2]))`)
    const found = geographicConverter({ transform, crs: utm })?.(20.5, 10.5)
    expect(found?.latitude).toBeCloseTo(latitude, 8)
    expect(found?.longitude).toBeCloseTo(longitude, 8)
  })
  it('are there for well-known text too, and not where the system is unknown or is in degrees already', () => {
    const wkt = 'PROJCS["UTM 33N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",15],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]'
    expect(geographicConverter({ transform, crs: { ...utm, proj4: wkt } })?.(0, 0)?.longitude).toBeCloseTo(geographicConverter({ transform, crs: utm })?.(0, 0)?.longitude ?? NaN, 8)
    for (const crs of [null, { ...utm, proj4: null }, { ...utm, kind: 'geographic' as const }, { ...utm, proj4: '+proj=nonsense' }]) expect(geographicConverter({ transform, crs })).toBeNull()
    expect(geographicConverter({ transform: null, crs: utm })).toBeNull()
  })
  it('are written with their hemispheres', () => {
    expect(formatGeographic({ latitude: 52.3945823, longitude: 13.0363571 })).toBe('52.39458°\u2009N, 13.03636°\u2009E')
    expect(formatGeographic({ latitude: -33.5, longitude: -70.25 })).toBe('33.50000°\u2009S, 70.25000°\u2009W')
  })
})

describe('north', () => {
  it.each([
    ['up', { ...transform }, 0], ['down', { ...transform, e: 30 }, 180],
    // the raster's rows run to the east: north is to the left
    ['left', { a: 0, b: 30, c: 0, d: 30, e: 0, f: 0 }, 90],
    ['aslant', { a: 30 * Math.cos(0.5), b: 30 * Math.sin(0.5), c: 0, d: 30 * Math.sin(0.5), e: -30 * Math.cos(0.5), f: 0 }, -0.5 * (180 / Math.PI)],
  ])('is %s', (_name, one, expected) => {
    const angle = northAngle(one) ?? NaN
    // the direction on the raster, brought to the map, has no easting
    const [col, row] = [Math.sin((angle * Math.PI) / 180), -Math.cos((angle * Math.PI) / 180)]
    expect(one.a * col + one.b * row).toBeCloseTo(0, 9)
    expect(one.d * col + one.e * row).toBeGreaterThan(0)
    expect(Math.abs(angle)).toBeCloseTo(Math.abs(expected), 9)
  })
  it('is nowhere without a map', () => { expect(northAngle({ ...transform, a: 0 })).toBeNull() })
})

describe('scale bar', () => {
  it('has a round length that fits', () => {
    expect(scaleBar(30, 2)).toEqual({ width: (1000 / 30) * 2, label: '1\u2009km' })
    expect(scaleBar(2, 6.5)).toEqual({ width: 65, label: '20\u2009m' })
    expect(scaleBar(0.05, 60).label).toBe('10\u2009cm')
    expect(scaleBar(null, 3)).toEqual({ width: 60, label: '20\u2009px' })
    for (let zoom = 0.02; zoom < 64; zoom *= 1.1) {
      const { width } = scaleBar(3.7, zoom)
      expect(width).toBeLessThanOrEqual(120 + 1e-9)
      expect(width).toBeGreaterThan(47)
    }
  })
  it('knows metres of feet and degrees', () => {
    const whole = { rows: 100, cols: 100, transform: null, crs: null }
    expect(metresPerPixel({ ...whole, pixelSize: { x: 10, y: 10, unit: 'ft' } })).toBeCloseTo(3.048, 9)
    expect(metresPerPixel({ ...whole, crs: { ...utm, kind: 'geographic' }, transform: { a: 0.001, b: 0, c: 13, d: 0, e: -0.001, f: 60.05 }, pixelSize: { x: 0.001, y: 0.001, unit: '°' } })).toBeCloseTo(55.66, 1)
    expect(metresPerPixel({ ...whole, pixelSize: { x: 10, y: 10, unit: 'map units' } })).toBeNull()
    expect(metresPerPixel({ ...whole, pixelSize: null })).toBeNull()
  })
})

describe('the small map of the whole', () => {
  it('keeps the shape, and frames what is shown', () => {
    expect(insetSize({ rows: 200, cols: 100 })).toEqual({ width: 64, height: 128 })
    expect(insetSize({ rows: 5, cols: 1000 })).toEqual({ width: 128, height: 24 })
    expect(visibleShare({ row: 50, col: 25, zoom: 2 }, { x: 50, y: 25 }, { rows: 100, cols: 100 })).toEqual({ top: 0.375, bottom: 0.625, left: 0, right: 0.5 })
  })
})

describe('areas', () => {
  it('are those of pixels on the ground, also turned and in feet', () => {
    const transform = { a: 0.6, b: -0.8, c: 0, d: -0.8, e: -0.6, f: 0 }
    expect(pixelArea({ transform, pixelSize: { x: 1, y: 1, unit: 'm' } })).toBeCloseTo(1, 12)
    expect(pixelArea({ transform: { a: 10, b: 0, c: 0, d: 0, e: -20, f: 0 }, pixelSize: { x: 10, y: 20, unit: 'ft' } })).toBeCloseTo(200 * 0.3048 ** 2, 9)
    expect([pixelArea({ transform, pixelSize: { x: 1, y: 1, unit: '°' } }), pixelArea({ transform: null, pixelSize: null })]).toEqual([null, null])
  })
  it('are written in square metres, hectares and square kilometres', () => {
    expect([4.9, 1234.4, 9999, 12_345, 9_994_000, 12_345_678, 4.56e9].map(formatArea)).toEqual(['4.9\u2009m²', '1\u2009234\u2009m²', '9\u2009999\u2009m²', '1.23\u2009ha', '999\u2009ha', '12.3\u2009km²', '4\u2009560\u2009km²'])
  })
})
