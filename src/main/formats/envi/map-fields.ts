import type { Notice } from '../../cube/cube-header'
import { enviNumber, enviNumberList, enviNumberText, enviText, joinEnviList, splitEnviList } from '../../cube/envi-list'
import type { AffineTransform, Crs, Georeference, GroundControlPoint } from '../../cube/georeference'
import { crsFromEnviMapInfo, crsFromEpsg, crsFromWkt, enviMapInfoProjection } from '../crs'

const WGS84 = 4326

/** Georeference out of `map info`, `coordinate system string` and `geo points`; null when the header has none of them. */
export function readGeoreference(field: (key: string) => string | null): { georeference: Georeference | null; notices: Notice[] } {
  const notices: Notice[] = []
  const mapInfo = field('map info')
  const transform = mapInfo === null ? null : readMapInfo(mapInfo)
  if (mapInfo !== null && transform === null) {
    notices.push({ code: 'map-info-unreadable', message: `The field 'map info' was not understood; the scene has no place on the map: ${mapInfo.slice(0, 120)}` })
  }
  const geoPoints = field('geo points')
  const groundControlPoints = geoPoints === null ? [] : readGeoPoints(geoPoints)
  if (geoPoints !== null && groundControlPoints.length === 0) {
    notices.push({ code: 'geo-points-unreadable', message: "The field 'geo points' was not understood and is not used." })
  }
  let crs = readCrs(field('coordinate system string'), transform === null ? null : mapInfo)
  if (crs === null && transform === null && groundControlPoints.length > 0) crs = crsFromEpsg(WGS84)
  if (field('projection info') !== null && crs !== null && crs.wkt === null && crs.epsg === null) {
    notices.push({ code: 'projection-info-kept', message: "The field 'projection info' is kept but not interpreted; the coordinate system is known by name only." })
  }
  if (transform === null && crs === null && groundControlPoints.length === 0) return { georeference: null, notices }
  return { georeference: { transform, crs, pixelIsPoint: false, groundControlPoints }, notices }
}

function readCrs(systemString: string | null, mapInfo: string | null): Crs | null {
  const wkt = systemString === null ? '' : enviText(systemString)
  if (wkt !== '') return crsFromWkt(wkt)
  return mapInfo === null ? null : crsFromEnviMapInfo(splitEnviList(mapInfo))
}

/**
 * `{projection, xref, yref, E, N, dx, dy, ..., rotation=degrees}`: pixel (xref, yref), counted from 1 at the outer
 * upper-left corner, lies at (E, N). Rotation is counter-clockwise, as GDAL reads it (but about the reference pixel,
 * where GDAL forgets the rotation when that is not 1, 1).
 */
function readMapInfo(raw: string): AffineTransform | null {
  const items = splitEnviList(raw)
  const numbers = items.slice(1, 7).map(enviNumber)
  if (numbers.length < 6 || numbers.some((value) => value === null || !Number.isFinite(value))) return null
  const [xref, yref, easting, northing, dx, dy] = numbers as [number, number, number, number, number, number]
  if (dx === 0 || dy === 0) return null
  const rotation = items.map((item) => /^rotation\s*=(.*)$/i.exec(item)?.[1]).find((text) => text !== undefined)
  const angleDegrees = rotation === undefined ? 0 : enviNumber(rotation)
  if (angleDegrees === null) return null
  // Exact for the usual angle, so that sizes keep their digits.
  const cos = angleDegrees === 0 ? 1 : Math.cos((angleDegrees * Math.PI) / 180)
  const sin = angleDegrees === 0 ? 0 : Math.sin((angleDegrees * Math.PI) / 180)
  const linear = { a: cos * dx, b: sin * dx, d: sin * dy, e: -cos * dy }
  const c = easting - linear.a * (xref - 1) - linear.b * (yref - 1)
  const f = northing - linear.d * (xref - 1) - linear.e * (yref - 1)
  return { ...linear, c, f }
}

function readGeoPoints(raw: string): GroundControlPoint[] {
  const values = enviNumberList(raw) ?? []
  if (values.length % 4 !== 0) return []
  return Array.from({ length: values.length / 4 }, (_, i) => {
    const [x, y, latitude, longitude] = values.slice(4 * i, 4 * i + 4) as [number, number, number, number]
    return { col: x - 1, row: y - 1, x: longitude, y: latitude, z: 0 }
  })
}

/** `map info` for a transform with its system; null when the transform has shear, which the field can't express. */
export function formatMapInfo(t: AffineTransform, crs: Crs | null): string | null {
  const angle = Math.atan2(t.b, t.a)
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const dx = Math.hypot(t.a, t.b)
  const dy = t.d * sin - t.e * cos
  const size = Math.hypot(t.d, t.e)
  const residual = Math.hypot(t.d - dy * sin, t.e + dy * cos)
  if (!(dx > 0) || !(size > 0) || residual > 1e-9 * size) return null
  const projection = crs === null ? { name: 'Arbitrary', datum: '' } : enviMapInfoProjection(crs)
  const items = [projection.name, '1', '1', ...[t.c, t.f, dx, dy].map(enviNumberText)]
  if (projection.zone !== undefined) items.push(String(projection.zone), projection.hemisphere ?? 'North')
  if (projection.datum !== '') items.push(projection.datum)
  const units = crs === null ? null : mapUnits(crs)
  if (units !== null) items.push(`units=${units}`)
  if (angle !== 0) items.push(`rotation=${enviNumberText((angle * 180) / Math.PI)}`)
  return joinEnviList(items)
}

/** ENVI's word for the unit of map coordinates; null (left out) for anything but degrees and metres. */
function mapUnits(crs: Crs): 'Degrees' | 'Meters' | null {
  if (crs.kind === 'unknown') return null
  if (crs.kind === 'geographic') return 'Degrees'
  const units = [...(crs.wkt ?? '').matchAll(/UNIT\["([^"]*)"/gi)]
  const linear = units.at(-1)?.[1]
  return linear === undefined || /^met/i.test(linear) ? 'Meters' : null
}

/** `geo points` of ground control points in longitude (x) and latitude (y). */
export function formatGeoPoints(points: readonly GroundControlPoint[]): string {
  return joinEnviList(points.flatMap((p) => [p.col + 1, p.row + 1, p.y, p.x].map(enviNumberText)), 4)
}
