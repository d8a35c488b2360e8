import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { refineGeoreference, type AffineTransform, type Crs, type Georeference } from '../../src/main/cube/georeference'
import { crsFromEpsg, crsFromGeoKeys, crsFromWkt } from '../../src/main/formats/crs'
import { gdalPython, hasGdal } from './gdal'
import { gdalViews, testHeader, testOptions, testSamples, writeWhole, type GdalView } from './geotiff-writing'

const folder = mkdtempSync(join(tmpdir(), 'dacn-geotiff-geo-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const NORTH_UP: AffineTransform = { a: 0.7, b: 0, c: 669681.6, d: 0, e: -0.7, f: 5328085 }

async function write(name: string, georeference: Partial<Georeference> | null): Promise<string> {
  const whole = georeference === null ? null : { transform: NORTH_UP, crs: null, pixelIsPoint: false, groundControlPoints: [], ...georeference }
  const path = join(folder, `${name}.tif`)
  await writeWhole(path, testHeader(20, 30, 2, 'uint8', { georeference: whole }), testOptions(), testSamples(20, 30, 2, 'uint8'))
  return path
}

async function view(name: string, georeference: Partial<Georeference> | null): Promise<GdalView> {
  return gdalViews([await write(name, georeference)])[0] as GdalView
}

function expectTransform(seen: GdalView, { a, b, c, d, e, f }: AffineTransform): void {
  expect(seen.transform).not.toBeNull()
  seen.transform?.forEach((value, i) => {
    expect(Math.abs(value - ([c, a, b, f, d, e][i] ?? NaN))).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)))
  })
}

describe.skipIf(!hasGdal)('georeference written to GeoTIFF, as GDAL sees it', () => {
  it('north-up, area and point: the outer corner stays', async () => {
    const crs = crsFromEpsg(32632)
    const area = await view('area', { crs })
    expectTransform(area, NORTH_UP)
    expect(area.epsg).toBe('32632')
    expect(area.metadata['']?.AREA_OR_POINT).toBe('Area')
    const point = await view('point', { crs, pixelIsPoint: true })
    expectTransform(point, NORTH_UP)
    expect(point.metadata['']?.AREA_OR_POINT).toBe('Point')
  })

  it('point after refinement: the shifted tie point of formats.md', async () => {
    const georeference = { transform: NORTH_UP, crs: crsFromEpsg(32632), pixelIsPoint: true, groundControlPoints: [] }
    const paths = [await write('coarse', georeference), await write('fine', refineGeoreference(georeference, 2))]
    // the tie point as it stands in the file: GDAL left to take it for a corner
    const [coarse, fine] = gdalPython<number[][]>(`
gdal.SetConfigOption('GTIFF_POINT_GEO_IGNORE', 'YES')
print(json.dumps([gdal.Open(p).GetGeoTransform() for p in input]))`, paths)
    expect(fine?.[0]).toBeCloseTo((coarse?.[0] ?? NaN) - 0.7 / 2 + 0.7 / 4, 8)
    expect(fine?.[3]).toBeCloseTo((coarse?.[3] ?? NaN) + 0.7 / 2 - 0.7 / 4, 8)
    expect(coarse?.[0]).toBeCloseTo(669681.6 + 0.35, 8)
  })

  it('rotated, south-up and mirrored, as area and as point', async () => {
    const transforms: Record<string, AffineTransform> = {
      rotated: { a: 0.615, b: -0.334, c: 669681.6, d: -0.334, e: -0.615, f: 5328085 },
      southUp: { a: 30, b: 0, c: 500000, d: 0, e: 30, f: 4000000 },
      mirrored: { a: -30, b: 0, c: 500000, d: 0, e: -30, f: 4000000 },
      oblong: { a: 1.5, b: 0, c: -180, d: 0, e: -0.75, f: 90 },
    }
    const cases = Object.entries(transforms).flatMap(([name, transform]) => [false, true].map((pixelIsPoint) => ({ name, transform, pixelIsPoint })))
    const views = gdalViews(await Promise.all(cases.map(async ({ name, transform, pixelIsPoint }) =>
      write(`${name}-${pixelIsPoint}`, { transform, pixelIsPoint, crs: crsFromEpsg(32632) }))))
    cases.forEach(({ transform }, i) => {
      expectTransform(views[i] as GdalView, transform)
    })
  })

  it('no system in, none out; nothing in, nothing out', async () => {
    const bare = await view('bare', {})
    expectTransform(bare, NORTH_UP)
    expect(bare.wkt).toBe('')
    const barePoint = await view('bare-point', { pixelIsPoint: true })
    expectTransform(barePoint, NORTH_UP)
    // what GDAL also says of its own files that declare the raster type and no system
    expect(barePoint.wkt).toMatch(/^LOCAL_CS\["unnamed"/)
    const nothing = await view('nothing', null)
    expect(nothing).toMatchObject({ transform: null, wkt: '', gcps: [] })
  })

  it('control points in place of a transform', async () => {
    const groundControlPoints = [
      { col: 0.5, row: 0.25, x: 11, y: 48, z: 500 }, { col: 29.5, row: 0, x: 11.1, y: 48.01, z: 0 },
      { col: 0, row: 20, x: 11.02, y: 47.9, z: 0 }, { col: 30, row: 20, x: 11.12, y: 47.91, z: 0 },
    ]
    for (const pixelIsPoint of [false, true]) {
      const seen = await view(`gcps-${pixelIsPoint}`, { transform: null, groundControlPoints, crs: crsFromEpsg(4326), pixelIsPoint })
      expect(seen.gcps).toEqual(groundControlPoints.map(({ col, row, x, y, z }) => [col, row, x, y, z]))
      expect(seen.transform).toBeNull()
    }
  })

  it('EPSG codes, projected and geographic', async () => {
    const codes = [4326, 4258, 3035, 2154, 3857, 27700, 32719, 25833, 26911, 31468, 2272]
    const views = gdalViews(await Promise.all(codes.map(async (code) => write(`epsg-${code}`, { crs: crsFromEpsg(code) }))))
    expect(views.map(({ epsg }) => epsg)).toEqual(codes.map(String))
  })

  it('user-defined keys verbatim', async () => {
    const keys = [
      { id: 1024, value: 1 }, { id: 1025, value: 1 }, { id: 1026, value: 'unknown|' }, { id: 2048, value: 32767 },
      { id: 2049, value: 'GCS Name = unknown|Datum = Unknown based on GRS80 ellipsoid|Primem = Greenwich||' }, { id: 2050, value: 32767 },
      { id: 2054, value: 9102 }, { id: 2056, value: 7019 }, { id: 2057, value: 6378137 }, { id: 2059, value: 298.257222101 },
      { id: 2061, value: 0 }, { id: 3072, value: 32767 }, { id: 3074, value: 32767 }, { id: 3075, value: 10 }, { id: 3076, value: 9001 },
      { id: 3082, value: 1000 }, { id: 3083, value: 2000 }, { id: 3088, value: 11.3 }, { id: 3089, value: 48 },
    ]
    const seen = await view('user-defined', { crs: crsFromGeoKeys(keys) })
    expect(seen.epsg).toBeNull()
    for (const part of ['Lambert_Azimuthal_Equal_Area', '"longitude_of_center",11.3', '"latitude_of_center",48', '"false_easting",1000', '298.257222101']) {
      expect(seen.wkt).toContain(part)
    }
  })

  it('a text without a code, which GDAL takes for the same system', async () => {
    const wkts = gdalPython<string[]>(`
out = []
for text in input:
    s = osr.SpatialReference(); s.SetFromUserInput(text)
    out += [s.ExportToWkt(['FORMAT=WKT1_ESRI']), s.ExportToWkt(['FORMAT=WKT1_GDAL'])]
print(json.dumps(out))`, [
      '+proj=laea +lat_0=48 +lon_0=11.3 +x_0=1000 +y_0=2000 +ellps=GRS80 +units=m',
      '+proj=lcc +lat_1=30 +lat_2=60 +lat_0=45 +lon_0=5 +datum=WGS84 +units=m',
      '+proj=longlat +a=6371000 +b=6371000 +no_defs',
    ])
    const systems: Crs[] = wkts.map((wkt) => crsFromWkt(wkt))
    expect(systems.map((crs) => crs.epsg)).toEqual(wkts.map(() => null))
    const paths = await Promise.all(systems.map(async (crs, i) => write(`text-${i}`, { crs })))
    const same = gdalPython<string[]>(`
out = []
for path, wkt in input:
    s, t = gdal.Open(path).GetSpatialRef(), osr.SpatialReference()
    t.ImportFromWkt(wkt)
    for r in (s, t):
        if r is not None: r.MorphFromESRI()
    out.append('none' if s is None else 'same' if s.ExportToProj4() == t.ExportToProj4() else s.ExportToProj4() + ' is not ' + t.ExportToProj4())
print(json.dumps(out))`, paths.map((path, i) => [path, wkts[i]]))
    expect(same).toEqual(wkts.map(() => 'same'))
  })
})
