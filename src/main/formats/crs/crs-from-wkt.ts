import type { Crs } from '../../cube/georeference'
import { epsgOfUtm, FAMILY_BY_WKT_NAME, plainName, type DatumFamily, type UtmZone } from './datum-families'
import { isEpsgCode } from './epsg-table'
import { childNode, childNodes, nodeName, parseWkt, type WktNode } from './wkt-tree'

const PROJECTED = ['PROJCS', 'PROJCRS', 'PROJECTEDCRS']
const GEOGRAPHIC = ['GEOGCS', 'GEOGCRS', 'GEOGRAPHICCRS', 'GEODCRS', 'GEODETICCRS']
const UNITS = ['UNIT', 'LENGTHUNIT', 'ANGLEUNIT']
const WRAPPERS = ['COMPD_CS', 'COMPOUNDCRS', 'BOUNDCRS', 'SOURCECRS']

/**
 * The coordinate reference system of a well-known text (WKT 1 in OGC or ESRI spelling, or WKT 2), which is kept as it is.
 * The EPSG code is the text's own when it states one; otherwise UTM zones and geographic systems of the common datums
 * are recognised by datum and parameters. Anything else, malformed text included, has `epsg` null.
 */
export function crsFromWkt(wkt: string): Crs {
  const text = wkt.trim()
  const root = horizontal(parseWkt(text))
  if (root === null) return { epsg: null, wkt: text, name: firstQuoted(text), kind: 'unknown', geoKeys: null }
  const kind = PROJECTED.includes(root.keyword) ? 'projected' : GEOGRAPHIC.includes(root.keyword) ? 'geographic' : 'unknown'
  const utm = utmOfNode(root)
  const epsg = statedEpsg(root) ?? (utm !== null ? epsgOfUtm(utm) : geographicEpsg(root))
  return { epsg, wkt: text, name: nodeName(root) || 'unknown', kind, geoKeys: null }
}

/** The UTM zone that the parameters of a well-known text describe (whatever its name), or null. */
export function utmOfWkt(wkt: string): UtmZone | null {
  const root = horizontal(parseWkt(wkt))
  return root === null ? null : utmOfNode(root)
}

/** The unit of a well-known text's horizontal coordinates: its name, and its size in metres (projected) or radians; null when not stated. */
export function unitOfWkt(wkt: string): { name: string; size: number } | null {
  const root = horizontal(parseWkt(wkt))
  const axis = root === null ? null : childNode(root, 'AXIS')
  const unit = root === null ? null : childNode(root, ...UNITS) ?? (axis === null ? null : childNode(axis, ...UNITS))
  const size = unit?.values[1]
  return typeof size === 'number' ? { name: nodeName(unit), size } : null
}

/** The datum of a well-known text when it is one of the common ones, else null. */
export function datumOfWkt(wkt: string): DatumFamily | null {
  const root = horizontal(parseWkt(wkt))
  if (root === null) return null
  return datumFamily(GEOGRAPHIC.includes(root.keyword) ? root : childNode(root, 'GEOGCS', 'BASEGEOGCRS', 'BASEGEODCRS'))
}

function firstQuoted(text: string): string {
  return /"([^"]*)"/.exec(text.slice(0, 1000))?.[1] ?? 'unknown'
}

/** The horizontal part of a compound or bound system. */
function horizontal(root: WktNode | null): WktNode | null {
  let node = root
  while (node !== null && WRAPPERS.includes(node.keyword)) {
    node = childNode(node, ...PROJECTED, ...GEOGRAPHIC, 'SOURCECRS')
  }
  return node
}

function statedEpsg(node: WktNode): number | null {
  const authority = childNode(node, 'AUTHORITY', 'ID')
  const [name, code] = authority?.values ?? []
  if (typeof name !== 'string' || name.toUpperCase() !== 'EPSG' || typeof code === 'object') return null
  return isEpsgCode(Number(code)) ? Number(code) : null
}

function geographicEpsg(node: WktNode): number | null {
  if (!GEOGRAPHIC.includes(node.keyword) || !isInDegrees(node)) return null
  return datumFamily(node)?.geographicEpsg ?? null
}

function isInDegrees(geographic: WktNode): boolean {
  const unit = childNode(geographic, 'UNIT', 'ANGLEUNIT') ?? childNode(geographic, 'AXIS')
  const holder = unit?.keyword === 'AXIS' ? childNode(unit, 'ANGLEUNIT') : unit
  const size = holder?.values[1]
  return typeof size !== 'number' || Math.abs(size - Math.PI / 180) < 1e-9
}

function datumFamily(geographic: WktNode | null): DatumFamily | null {
  if (geographic === null) return null
  const meridian = childNode(geographic, 'PRIMEM', 'PRIMEMERIDIAN')
  if (meridian !== null && meridian.values[1] !== 0) return null
  const datum = childNode(geographic, 'DATUM', 'GEODETICDATUM', 'TRF', 'ENSEMBLE')
  const family = FAMILY_BY_WKT_NAME.get(plainName(nodeName(datum)))
  if (datum === null || family === undefined) return null
  // a name alone is no proof: ENVI writes shortened figures for the ellipsoid, so compare loosely
  const [, semiMajor, inverseFlattening] = childNode(datum, 'SPHEROID', 'ELLIPSOID')?.values ?? []
  if (typeof semiMajor !== 'number' || typeof inverseFlattening !== 'number') return null
  const fits = Math.abs(semiMajor - family.semiMajorM) < 0.5 && Math.abs(inverseFlattening - family.inverseFlattening) < 1e-3
  return fits ? family : null
}

function utmOfNode(node: WktNode): UtmZone | null {
  if (!PROJECTED.includes(node.keyword) || !isInMetres(node)) return null
  const family = datumFamily(childNode(node, 'GEOGCS', 'BASEGEOGCRS', 'BASEGEODCRS'))
  const conversion = childNode(node, 'CONVERSION') ?? node
  const method = plainName(nodeName(childNode(conversion, 'PROJECTION', 'METHOD')))
  if (family === null || method !== 'transversemercator') return null
  const parameters = new Map(
    childNodes(conversion, 'PARAMETER').map((parameter) => [plainName(nodeName(parameter)), Number(parameter.values[1])]),
  )
  const value = (...names: string[]) => names.map((name) => parameters.get(name)).find((v) => v !== undefined) ?? NaN
  const zone = (value('centralmeridian', 'longitudeofnaturalorigin') + 183) / 6
  const falseNorthing = value('falsenorthing')
  const standard = value('latitudeoforigin', 'latitudeofnaturalorigin') === 0
    && value('scalefactor', 'scalefactoratnaturalorigin') === 0.9996
    && value('falseeasting') === 500000
    && (falseNorthing === 0 || falseNorthing === 10_000_000)
  if (!standard || !Number.isInteger(zone) || zone < 1 || zone > 60) return null
  return { family, zone, hemisphere: falseNorthing === 0 ? 'North' : 'South' }
}

function isInMetres(projected: WktNode): boolean {
  const axis = childNode(projected, 'AXIS')
  const unit = childNode(projected, 'UNIT', 'LENGTHUNIT') ?? (axis === null ? null : childNode(axis, 'LENGTHUNIT'))
  return unit?.values[1] === 1
}
