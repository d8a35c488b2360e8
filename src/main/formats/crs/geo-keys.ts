import type { Notice } from '../../cube/cube-header'
import type { Crs, GeoKey } from '../../cube/georeference'
import { crsFromEpsg, wktForCrs } from './crs-from-epsg'
import { crsFromWkt } from './crs-from-wkt'
import { isEpsgCode } from './epsg-table'

/** GeoTIFF key ids, OGC 19-008r4. */
const MODEL_TYPE = 1024
const CITATION = 1026
const GEODETIC_CRS = 2048
const GEODETIC_CITATION = 2049
const PROJECTED_CRS = 3072
const PROJECTED_CITATION = 3073
const USER_DEFINED = 32767
const MODEL_PROJECTED = 1
const MODEL_GEOGRAPHIC = 2

/** Says whether a sample's place is the pixel's area (1) or its centre point (2); the writer states it by itself. */
const RASTER_TYPE_KEY = 1025

/** How ESRI and GDAL put a system that has no code into a citation. */
const WKT_PREFIX = 'ESRI PE String = '

/** The system that GeoTIFF keys state; the keys themselves are kept for a verbatim copy. */
export function crsFromGeoKeys(keys: GeoKey[]): Crs {
  const model = numberKey(keys, MODEL_TYPE)
  const projected = numberKey(keys, PROJECTED_CRS)
  const geodetic = numberKey(keys, GEODETIC_CRS)
  const hasProjection = projected !== null || model === MODEL_PROJECTED
  const code = hasProjection ? projected : geodetic
  const kind = hasProjection ? 'projected' : geodetic !== null || model === MODEL_GEOGRAPHIC ? 'geographic' : 'unknown'
  if (code !== null && isEpsgCode(code)) return { ...crsFromEpsg(code), kind, geoKeys: keys }

  const citations = [PROJECTED_CITATION, CITATION, GEODETIC_CITATION].flatMap((id) => textKey(keys, id) ?? [])
  const embedded = citations.find((text) => text.startsWith(WKT_PREFIX))
  if (embedded !== undefined) return { ...crsFromWkt(embedded.slice(WKT_PREFIX.length)), geoKeys: keys }
  const name = citations.find((text) => text !== '' && text !== 'unknown') ?? 'user-defined'
  return { epsg: null, wkt: null, name, kind, geoKeys: keys }
}

/**
 * The GeoTIFF keys of a system: the source's own verbatim, else those of its EPSG code. A system known only as
 * well-known text goes into a citation that GDAL and ESRI software read, and `notice` says that others do not;
 * `keys` is null when nothing is known but a name. The raster type key (1025) is the writer's and never included.
 */
export function geoKeysForCrs(crs: Crs): { keys: GeoKey[] | null; notice: Notice | null } {
  if (crs.geoKeys !== null) return { keys: crs.geoKeys.filter((key) => key.id !== RASTER_TYPE_KEY), notice: null }
  const kind = crs.kind === 'unknown' && crs.epsg !== null ? crsFromEpsg(crs.epsg).kind : crs.kind
  if (crs.epsg !== null && isEpsgCode(crs.epsg) && kind !== 'unknown') {
    const name = crsFromEpsg(crs.epsg).name
    const own = kind === 'projected'
      ? [{ id: CITATION, value: name }, { id: PROJECTED_CRS, value: crs.epsg }]
      : [{ id: GEODETIC_CRS, value: crs.epsg }, { id: GEODETIC_CITATION, value: name }]
    return { keys: [{ id: MODEL_TYPE, value: kind === 'projected' ? MODEL_PROJECTED : MODEL_GEOGRAPHIC }, ...own], notice: null }
  }
  const wkt = wktForCrs(crs)
  if (wkt === null || !isAscii(wkt)) {
    return {
      keys: null,
      notice: {
        code: 'crs-not-written',
        message: `The coordinate system "${crs.name}" has neither an EPSG code nor a usable definition: it was not written as GeoTIFF keys.`,
      },
    }
  }
  return {
    keys: [
      { id: MODEL_TYPE, value: USER_DEFINED },
      { id: CITATION, value: isAscii(crs.name) ? crs.name : 'unknown' },
      { id: GEODETIC_CRS, value: USER_DEFINED },
      { id: PROJECTED_CITATION, value: `${WKT_PREFIX}${wkt}` },
    ],
    notice: {
      code: 'crs-as-text',
      message: `The coordinate system "${crs.name}" has no EPSG code: it was written as text, which GDAL and ESRI software read and others may not.`,
    },
  }
}

function numberKey(keys: GeoKey[], id: number): number | null {
  const value = keys.find((key) => key.id === id)?.value
  const first = Array.isArray(value) ? value[0] : value
  return typeof first === 'number' ? first : null
}

/** Text of a key without the `|` that ends it in the file. */
function textKey(keys: GeoKey[], id: number): string | null {
  const value = keys.find((key) => key.id === id)?.value
  return typeof value === 'string' ? value.replace(/[|\0\s]+$/, '') : null
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e\s]*$/.test(text) && !text.includes('|')
}
