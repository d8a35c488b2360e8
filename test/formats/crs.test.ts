import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Crs, GeoKey } from '../../src/main/cube/georeference'
import {
  crsFromEnviMapInfo, crsFromEpsg, crsFromGeoKeys, crsFromWkt, enviMapInfoProjection, geoKeysForCrs, wktForCrs,
} from '../../src/main/formats/crs'
import { DATUM_FAMILIES } from '../../src/main/formats/crs/datum-families'
import { parseWkt } from '../../src/main/formats/crs/wkt-tree'
import { openGeoTiff } from '../../src/main/formats/geotiff/reader'
import { gdalPython, hasGdal } from './gdal'

/** Every code that the datum families claim. */
const familyCodes = DATUM_FAMILIES.flatMap((family) => [
  family.geographicEpsg,
  ...[family.north, family.south].flatMap((range) =>
    range === null ? [] : Array.from({ length: range.last - range.first + 1 }, (_, i) => range.base + range.first + i)),
])

const ENVI_STRING = 'PROJCS["UTM_Zone_32_Northern_Hemisphere",GEOGCS["GCS_WGS_1984 [WGS84] / U T M",DATUM["D_WGS_1984",'
  + 'SPHEROID["WGS84",6378137.0,298.2572201434283]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
  + 'PROJECTION["Transverse_Mercator"],PARAMETER["false_easting",500000.0],PARAMETER["false_northing",0.0],'
  + 'PARAMETER["central_meridian",9.0],PARAMETER["scale_factor",0.9996],PARAMETER["latitude_of_origin",0.0],UNIT["Meter",1.0]]'

const CUSTOM = 'PROJCS["My grid",GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],'
  + 'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Azimuthal_Equal_Area"],'
  + 'PARAMETER["False_Easting",1000.0],PARAMETER["False_Northing",2000.0],PARAMETER["Central_Meridian",11.3],'
  + 'PARAMETER["Latitude_Of_Origin",48.0],UNIT["Meter",1.0]]'

describe('coordinate systems by EPSG code', () => {
  it('have the registry\'s name, kind and definition', () => {
    expect(crsFromEpsg(32632)).toEqual({ epsg: 32632, wkt: null, name: 'WGS 84 / UTM zone 32N', kind: 'projected', geoKeys: null })
    expect(crsFromEpsg(4326)).toMatchObject({ name: 'WGS 84', kind: 'geographic' })
    expect(wktForCrs(crsFromEpsg(3035))).toContain('Lambert_Azimuthal_Equal_Area')
  })

  it('are kept when the table does not hold them', () => {
    expect(crsFromEpsg(1999)).toEqual({ epsg: 1999, wkt: null, name: 'EPSG:1999', kind: 'unknown', geoKeys: null })
    expect(wktForCrs(crsFromEpsg(1999))).toBeNull()
  })

  it.skipIf(!hasGdal)('mean the same to PROJ', () => {
    const codes = [32632, 32719, 25833, 4326, 4258, 3035, 2154, 27700, 3857, 31468, 26911, 26711]
    // datum names change between PROJ's versions, so compare figures: the same point projected by both definitions
    const distances = gdalPython<number[]>(`
out = []
for code, wkt in input:
    ours, truth = osr.SpatialReference(), osr.SpatialReference()
    ours.ImportFromWkt(wkt); truth.ImportFromEPSG(code)
    places = []
    for s in (ours, truth):
        s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        base = s.CloneGeogCS()
        base.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        x, y, _ = osr.CoordinateTransformation(base, s).TransformPoint(8.5, 47.25)
        places.append((x, y, base.GetSemiMajor(), base.GetInvFlattening(), s.GetLinearUnits()))
    out.append(max(abs(p - q) for p, q in zip(*places)))
print(json.dumps(out))`, codes.map((code) => [code, wktForCrs(crsFromEpsg(code))]))
    expect(distances).toHaveLength(codes.length)
    for (const distance of distances) expect(distance).toBeLessThan(1e-5)
  })
})

describe('coordinate systems by well-known text', () => {
  it('recognises what ENVI writes for UTM, shortened ellipsoid included', () => {
    expect(crsFromWkt(ENVI_STRING)).toEqual({
      epsg: 32632, wkt: ENVI_STRING, name: 'UTM_Zone_32_Northern_Hemisphere', kind: 'projected', geoKeys: null,
    })
  })

  it('keeps a system without a code', () => {
    expect(crsFromWkt(CUSTOM)).toEqual({ epsg: null, wkt: CUSTOM, name: 'My grid', kind: 'projected', geoKeys: null })
  })

  it('does not take a neighbour for UTM', () => {
    const changed = (from: string, to: string) => crsFromWkt(ENVI_STRING.replace(from, to)).epsg
    expect(changed('0.9996', '1.0')).toBeNull()
    expect(changed('central_meridian",9.0', 'central_meridian",9.5')).toBeNull()
    expect(changed('500000.0', '0.0')).toBeNull()
    expect(changed('UNIT["Meter",1.0]', 'UNIT["Foot_US",0.3048006096012192]')).toBeNull()
    expect(changed('Greenwich",0.0', 'Paris",2.33722917')).toBeNull()
    expect(changed('D_WGS_1984', 'D_Pulkovo_1942')).toBeNull()
    expect(changed('6378137.0', '6378245.0')).toBeNull()
  })

  it('survives malformed text', () => {
    for (const text of ['', 'garbage', 'PROJCS["x"', 'PROJCS["x",]', '["x"]', 'PROJCS["x"] tail', 'A['.repeat(5000), '"']) {
      expect(parseWkt(text)).toBeNull()
      expect(crsFromWkt(text)).toMatchObject({ epsg: null, kind: 'unknown' })
    }
  })

  it.skipIf(!hasGdal)('finds the code of every UTM zone and datum in all spellings of GDAL', () => {
    const spellings = gdalPython<[number, string[]][]>(`
out = []
for code in input:
    s = osr.SpatialReference(); s.ImportFromEPSG(code)
    texts = [s.ExportToWkt(['FORMAT=' + f]) for f in ('WKT1_GDAL', 'WKT1_ESRI', 'WKT2_2015', 'WKT2_2019')]
    bare = osr.SpatialReference(); bare.ImportFromWkt(texts[0].rsplit(',AUTHORITY', 1)[0] + ']')
    texts += [bare.ExportToWkt(['FORMAT=' + f]) for f in ('WKT1_GDAL', 'WKT2_2019')]
    out.append([code, texts])
print(json.dumps(out))`, familyCodes)
    expect(spellings).toHaveLength(familyCodes.length)
    for (const [code, texts] of spellings) expect(texts.map((text) => crsFromWkt(text).epsg), `EPSG:${code}`).toEqual(texts.map(() => code))
  })

  it.skipIf(!hasGdal)('reads the code of a compound system\'s horizontal part', () => {
    const wkt = gdalPython<string>('s = osr.SpatialReference(); s.SetFromUserInput("EPSG:32633+5773"); print(json.dumps(s.ExportToWkt()))')
    expect(crsFromWkt(wkt)).toMatchObject({ epsg: 32633, kind: 'projected' })
  })
})

describe('coordinate systems by GeoTIFF keys', () => {
  it('reads projected and geographic codes', () => {
    const hysu: GeoKey[] = [{ id: 1024, value: 1 }, { id: 1025, value: 1 }, { id: 1026, value: 'UTM_Zone_32_Northern_Hemisphere|' }, { id: 3072, value: 32632 }]
    expect(crsFromGeoKeys(hysu)).toEqual({ epsg: 32632, wkt: null, name: 'WGS 84 / UTM zone 32N', kind: 'projected', geoKeys: hysu })
    expect(crsFromGeoKeys([{ id: 1024, value: 2 }, { id: 2048, value: 4326 }])).toMatchObject({ epsg: 4326, kind: 'geographic' })
    // the geographic key of a projected system is its base, not the system
    expect(crsFromGeoKeys([{ id: 1024, value: 1 }, { id: 2048, value: 4326 }, { id: 3072, value: 32767 }]).epsg).toBeNull()
  })

  it('keeps user-defined systems, with the citation as name', () => {
    const keys: GeoKey[] = [{ id: 1024, value: 1 }, { id: 1026, value: 'unknown|' }, { id: 3072, value: 32767 }, { id: 3073, value: 'Forest grid|' }, { id: 3088, value: 11.3 }]
    expect(crsFromGeoKeys(keys)).toEqual({ epsg: null, wkt: null, name: 'Forest grid', kind: 'projected', geoKeys: keys })
  })

  it('gives source keys back verbatim, without the raster type', () => {
    const keys: GeoKey[] = [{ id: 1024, value: 1 }, { id: 1025, value: 2 }, { id: 3072, value: 32767 }, { id: 3088, value: 11.3 }]
    expect(geoKeysForCrs(crsFromGeoKeys(keys))).toEqual({ keys: keys.filter((key) => key.id !== 1025), notice: null })
  })

  it('embeds a text without a code and says so; reads it back', () => {
    const { keys, notice } = geoKeysForCrs(crsFromWkt(CUSTOM))
    expect(notice?.code).toBe('crs-as-text')
    expect(crsFromGeoKeys(keys ?? [])).toMatchObject({ epsg: null, wkt: CUSTOM, name: 'My grid', kind: 'projected' })
  })

  it('has no keys for a bare name', () => {
    const named: Crs = { epsg: null, wkt: null, name: 'State Plane', kind: 'projected', geoKeys: null }
    expect(geoKeysForCrs(named)).toMatchObject({ keys: null, notice: { code: 'crs-not-written' } })
  })
})

describe('coordinate systems in ENVI\'s map info', () => {
  const parts = (text: string) => text.split(',')

  it('reads UTM, geographic and arbitrary', () => {
    expect(crsFromEnviMapInfo(parts('UTM, 1.000, 1.000, 669639.600, 5328106.000, 0.7, 0.7, 32, North, WGS-84, units=Meters'))?.epsg).toBe(32632)
    expect(crsFromEnviMapInfo(parts('UTM, 1, 1, 383851.349, 5819308.225, 9, 9, 33, North,WGS-84'))?.epsg).toBe(32633)
    expect(crsFromEnviMapInfo(parts('UTM,1,1,0,0,30,30,19,South,WGS-84,units=Meters,rotation=12'))?.epsg).toBe(32719)
    expect(crsFromEnviMapInfo(parts('UTM,1,1,0,0,30,30,11,North,North America 1983'))?.epsg).toBe(26911)
    expect(crsFromEnviMapInfo(parts('Geographic Lat/Lon, 1, 1, 11.28, 48.08, 9.4e-006, 6.3e-006, WGS-84, units=Degrees'))?.epsg).toBe(4326)
    expect(crsFromEnviMapInfo(parts('Arbitrary, 1, 1, 0, 0, 1, 1, 0, North'))).toBeNull()
    expect(crsFromEnviMapInfo([])).toBeNull()
  })

  it('keeps what it can\'t resolve as a name', () => {
    expect(crsFromEnviMapInfo(parts('UTM,1,1,0,0,30,30,32,North,Moon 2000'))).toMatchObject({ epsg: null, kind: 'projected' })
    expect(crsFromEnviMapInfo(parts('Albers Conical Equal Area,1,1,0,0,30,30,WGS-84'))).toMatchObject({ epsg: null, name: 'Albers Conical Equal Area' })
    expect(crsFromEnviMapInfo(parts('UTM,1,1,0,0,30,30'))).toMatchObject({ epsg: null })
  })

  it('names every UTM zone and datum so that it reads back', () => {
    for (const code of familyCodes) {
      const { name, zone, hemisphere, datum } = enviMapInfoProjection(crsFromEpsg(code))
      const fields = [name, '1', '1', '0', '0', '30', '30', ...(zone === undefined ? [] : [String(zone), hemisphere ?? '']), datum]
      expect(crsFromEnviMapInfo(fields)?.epsg, fields.join()).toBe(code)
    }
  })

  it('names other systems by their own name', () => {
    expect(enviMapInfoProjection(crsFromWkt(CUSTOM))).toEqual({ name: 'My grid', datum: 'ETRS-89' })
    expect(enviMapInfoProjection(crsFromWkt(ENVI_STRING))).toEqual({ name: 'UTM', zone: 32, hemisphere: 'North', datum: 'WGS-84' })
    expect(enviMapInfoProjection({ epsg: null, wkt: null, name: 'a, {b}', kind: 'unknown', geoKeys: null })).toEqual({ name: 'a b', datum: '' })
  })
})

describe('well-known text of systems that GeoTIFF keys define by parameters', () => {
  it('is null when the keys say too little', () => {
    const system = (keys: GeoKey[]) => wktForCrs(crsFromGeoKeys(keys))
    expect(system([{ id: 1024, value: 1 }, { id: 3072, value: 32767 }])).toBeNull()
    expect(system([{ id: 1024, value: 1 }, { id: 2048, value: 4326 }, { id: 3072, value: 32767 }])).toBeNull()
    expect(system([{ id: 1024, value: 1 }, { id: 2048, value: 4326 }, { id: 3072, value: 32767 }, { id: 3075, value: 27 }, { id: 3076, value: 9001 }])).toBeNull()
    expect(system([{ id: 1024, value: 2 }, { id: 2048, value: 32767 }, { id: 2057, value: 6378137 }, { id: 2059, value: 298 }, { id: 2054, value: 9105 }])).toBeNull()
  })

  it.skipIf(!hasGdal)('means the same to PROJ', async () => {
    const systems = [
      '+proj=laea +lat_0=48 +lon_0=11.3 +x_0=1000 +y_0=2000 +ellps=GRS80 +units=m',
      '+proj=tmerc +lat_0=1 +lon_0=13.5 +k=0.9999 +x_0=3500000 +y_0=10 +ellps=bessel +units=m',
      '+proj=lcc +lat_1=30 +lat_2=60 +lat_0=45 +lon_0=5 +x_0=7 +y_0=8 +datum=WGS84 +units=m',
      '+proj=lcc +lat_1=46.5 +lat_0=46.5 +lon_0=3 +k_0=0.99987742 +x_0=600000 +y_0=2200000 +ellps=clrk80 +units=m',
      '+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=23 +lon_0=-96 +x_0=5 +y_0=6 +datum=NAD83 +units=us-ft',
      '+proj=stere +lat_0=90 +lat_ts=90 +lon_0=-45 +k=0.994 +x_0=2000000 +y_0=2000000 +datum=WGS84 +units=m',
      '+proj=longlat +a=6371000 +b=6371000 +no_defs',
    ]
    const folder = mkdtempSync(join(tmpdir(), 'dacn-crs-'))
    const paths = systems.map((_, i) => join(folder, `${i}.tif`))
    gdalPython(`
for path, text in input:
    s = osr.SpatialReference(); s.SetFromUserInput(text)
    d = gdal.GetDriverByName('GTiff').Create(path, 2, 2, 1)
    d.SetGeoTransform([0, 1, 0, 0, 0, -1]); d.SetSpatialRef(s); d = None
print(1)`, systems.map((text, i) => [paths[i], text]))
    const wkts = await Promise.all(paths.map(async (path) => {
      const reader = await openGeoTiff(path)
      await reader.close()
      const crs = reader.header.georeference?.crs
      expect(crs?.epsg).toBeNull()
      return crs == null ? null : wktForCrs(crs)
    }))
    expect(systems.filter((_, i) => wkts[i] === null)).toEqual([])
    const distances = gdalPython<number[]>(`
out = []
for path, wkt in input:
    ours = osr.SpatialReference(); ours.ImportFromWkt(wkt)
    places = []
    for s in (ours, gdal.Open(path).GetSpatialRef()):
        s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        base = s.CloneGeogCS()
        base.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        x, y, _ = osr.CoordinateTransformation(base, s).TransformPoint(8.5, 47.25)
        places.append((x, y, base.GetSemiMajor(), base.GetInvFlattening(), s.GetLinearUnits()))
    out.append(max(abs(p - q) for p, q in zip(*places)))
print(json.dumps(out))`, paths.map((path, i) => [path, wkts[i]]))
    rmSync(folder, { recursive: true, force: true })
    distances.forEach((distance, i) => {
      expect(distance, systems[i]).toBeLessThan(1e-5)
    })
  })
})
