import type { Crs } from '../../cube/georeference'
import { crsFromEpsg } from './crs-from-epsg'
import { datumOfWkt, utmOfWkt } from './crs-from-wkt'
import { DATUM_FAMILIES, epsgOfUtm, FAMILY_BY_ENVI_NAME, FAMILY_BY_WKT_NAME, plainName, utmOfEpsg } from './datum-families'

/** The parts of ENVI's `map info` that name the system. `datum` is empty when it is none that ENVI knows by name. */
interface EnviProjection {
  name: string
  zone?: number
  hemisphere?: 'North' | 'South'
  datum: string
}

const GEOGRAPHIC_NAME = 'Geographic Lat/Lon'

/**
 * The system named by the comma-separated parts of ENVI's `map info`:
 * `[projection, x, y, easting, northing, dx, dy, ...]`, then zone, hemisphere and datum for UTM, or the datum alone.
 * Null for 'Arbitrary' and pixel coordinates. A projection that the field only names has `epsg` null: its parameters
 * stand in `coordinate system string`, which the reader prefers.
 */
export function crsFromEnviMapInfo(parts: readonly string[]): Crs | null {
  const [name = '', , , , , , , ...rest] = parts.map((part) => part.trim())
  const named = rest.filter((part) => part !== '' && !part.includes('='))
  const projection = plainName(name)
  if (projection === '' || projection === 'arbitrary' || projection === 'pixel') return null
  const datumName = named.at(-1) ?? ''
  const family = FAMILY_BY_ENVI_NAME.get(plainName(datumName)) ?? FAMILY_BY_WKT_NAME.get(plainName(datumName))
  if (projection === 'utm') {
    const zone = Number(named[0])
    const hemisphere = /^s/i.test(named[1] ?? '') || zone < 0 ? 'South' : 'North'
    const epsg = family === undefined ? null : epsgOfUtm({ family, zone: Math.abs(zone), hemisphere })
    if (epsg !== null) return crsFromEpsg(epsg)
    return unnamed(`UTM zone ${named[0] ?? '?'}${hemisphere === 'North' ? 'N' : 'S'} (${datumName || 'no datum'})`, 'projected')
  }
  if (projection.startsWith('geographic')) {
    return family === undefined ? unnamed(`${name} (${datumName || 'no datum'})`, 'geographic') : crsFromEpsg(family.geographicEpsg)
  }
  return unnamed(name, 'projected')
}

/** What ENVI's `map info` says of a system; a system that ENVI can't name goes by its own name, commas removed. */
export function enviMapInfoProjection(crs: Crs): EnviProjection {
  const utm = (crs.epsg === null ? null : utmOfEpsg(crs.epsg)) ?? (crs.wkt === null ? null : utmOfWkt(crs.wkt))
  if (utm !== null) {
    return { name: 'UTM', zone: utm.zone, hemisphere: utm.hemisphere, datum: utm.family.enviNames[0] ?? '' }
  }
  const family = DATUM_FAMILIES.find((candidate) => candidate.geographicEpsg === crs.epsg) ?? (crs.wkt === null ? null : datumOfWkt(crs.wkt))
  const datum = family?.enviNames[0] ?? ''
  if (crs.kind === 'geographic') return { name: GEOGRAPHIC_NAME, datum }
  return { name: crs.name.replace(/[,{}=\s]+/g, ' ').trim() || 'Unknown', datum }
}

function unnamed(name: string, kind: Crs['kind']): Crs {
  return { epsg: null, wkt: null, name, kind, geoKeys: null }
}
