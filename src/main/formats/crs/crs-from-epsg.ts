import type { Crs } from '../../cube/georeference'
import { lookUpEpsg } from './epsg-table'
import { wktFromGeoKeys } from './wkt-from-geo-keys'

/** The system of an EPSG code. A code that the table does not hold is kept, named 'EPSG:code', of unknown kind. */
export function crsFromEpsg(code: number): Crs {
  const entry = lookUpEpsg(code)
  return { epsg: code, wkt: null, name: entry?.name ?? `EPSG:${code}`, kind: entry?.kind ?? 'unknown', geoKeys: null }
}

/** A definition that proj4 understands: PROJ's of the EPSG code, else the source's well-known text; null when neither is there. */
export function proj4ForCrs(crs: Crs): string | null {
  const registered = crs.epsg === null ? null : lookUpEpsg(crs.epsg)
  return registered?.proj4 ?? wktForCrs(crs)
}

/**
 * The system as well-known text (WKT 1): the source's own, else that of its EPSG code, else one composed of its GeoTIFF
 * keys; null when none of them says enough.
 */
export function wktForCrs(crs: Crs): string | null {
  if (crs.wkt !== null) return crs.wkt
  const registered = crs.epsg === null ? null : lookUpEpsg(crs.epsg)?.wkt ?? null
  return registered ?? (crs.geoKeys === null || crs.epsg !== null ? null : wktFromGeoKeys(crs.geoKeys))
}
