import type { Crs } from '../../cube/georeference'
import { lookUpEpsg } from './epsg-table'

/** The system of an EPSG code. A code that the table does not hold is kept, named 'EPSG:code', of unknown kind. */
export function crsFromEpsg(code: number): Crs {
  const entry = lookUpEpsg(code)
  return { epsg: code, wkt: null, name: entry?.name ?? `EPSG:${code}`, kind: entry?.kind ?? 'unknown', geoKeys: null }
}

/** The system as well-known text: the source's own, else OGC WKT 1 of its EPSG code; null when neither is known. */
export function wktForCrs(crs: Crs): string | null {
  return crs.wkt ?? (crs.epsg === null ? null : lookUpEpsg(crs.epsg)?.wkt ?? null)
}
