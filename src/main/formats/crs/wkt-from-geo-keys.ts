import type { GeoKey } from '../../cube/georeference'
import { lookUpEpsg } from './epsg-table'

interface Method {
  name: string
  /** Parameter of WKT 1 and the keys that may hold it, the usual one first. */
  parameters: [name: string, ...keys: number[]][]
}

const FALSE_ORIGIN: Method['parameters'] = [['false_easting', 3082, 3086, 3090], ['false_northing', 3083, 3087, 3091]]
const NATURAL_ORIGIN: Method['parameters'] = [['latitude_of_origin', 3081, 3085, 3089], ['central_meridian', 3080, 3084, 3088]]
const PARALLELS: Method['parameters'] = [['standard_parallel_1', 3078], ['standard_parallel_2', 3079]]
const CENTRE: Method['parameters'] = [['latitude_of_center', 3089, 3081, 3085], ['longitude_of_center', 3088, 3080, 3084]]

/** By the value of ProjMethodGeoKey (3075), OGC 19-008r4 annex D: the projections that hyperspectral products come in. */
const METHODS: Readonly<Record<number, Method>> = {
  1: { name: 'Transverse_Mercator', parameters: [...NATURAL_ORIGIN, ['scale_factor', 3092], ...FALSE_ORIGIN] },
  8: {
    name: 'Lambert_Conformal_Conic_2SP',
    parameters: [
      ['latitude_of_origin', 3085, 3081], ['central_meridian', 3084, 3080], ...PARALLELS, ['false_easting', 3086, 3082], ['false_northing', 3087, 3083],
    ],
  },
  9: { name: 'Lambert_Conformal_Conic_1SP', parameters: [...NATURAL_ORIGIN, ['scale_factor', 3092], ...FALSE_ORIGIN] },
  10: { name: 'Lambert_Azimuthal_Equal_Area', parameters: [...CENTRE, ...FALSE_ORIGIN] },
  11: { name: 'Albers_Conic_Equal_Area', parameters: [...PARALLELS, ['latitude_of_center', 3081, 3089], ['longitude_of_center', 3080, 3088], ...FALSE_ORIGIN] },
  15: {
    name: 'Polar_Stereographic',
    parameters: [['latitude_of_origin', 3081], ['central_meridian', 3095, 3080], ['scale_factor', 3092], ...FALSE_ORIGIN],
  },
}

const [GEODETIC_CRS, GEODETIC_CITATION, ANGULAR_UNIT, SEMI_MAJOR, SEMI_MINOR, INVERSE_FLATTENING, PRIME_MERIDIAN] = [2048, 2049, 2054, 2057, 2058, 2059, 2061]
const [PROJECTED_CITATION, METHOD, LINEAR_UNIT, LINEAR_UNIT_SIZE] = [3073, 3075, 3076, 3077]
const DEGREE = 9102
/** Metres in the units of length that have a code. */
const METRES: Readonly<Record<number, number>> = { 9001: 1, 9002: 0.3048, 9003: 1200 / 3937 }

/**
 * WKT 1 of a system that GeoTIFF keys define by parameters rather than by code; null when a key is missing or of a
 * kind that is not handled (other methods than the six of `METHODS`, angles in grads).
 */
export function wktFromGeoKeys(keys: readonly GeoKey[]): string | null {
  const values = new Map(keys.map(({ id, value }) => [id, Array.isArray(value) ? value[0] : value]))
  const number = (...ids: number[]): number | null => {
    for (const id of ids) {
      const value = values.get(id)
      if (typeof value === 'number') return value
    }
    return null
  }
  const text = (id: number) => quotable(values.get(id))
  const geographic = geographicWkt(number, text(GEODETIC_CITATION))
  const method = number(METHOD)
  if (method === null || geographic === null) return number(3072) === null ? geographic : null
  const known = METHODS[method]
  const metres = METRES[number(LINEAR_UNIT) ?? 0] ?? number(LINEAR_UNIT_SIZE)
  if (known === undefined || metres === null) return null
  const parameters = known.parameters.map(([name, ...ids]) => {
    const value = number(...ids) ?? (name === 'scale_factor' ? 1 : name.startsWith('false_') ? 0 : null)
    return value === null ? null : `PARAMETER["${name}",${value}]`
  })
  if (parameters.includes(null)) return null
  const name = text(PROJECTED_CITATION) || 'unknown'
  const unit = metres === 1 ? 'UNIT["metre",1]' : `UNIT["unknown",${metres}]`
  return `PROJCS["${name}",${geographic},PROJECTION["${known.name}"],${parameters.join(',')},${unit}]`
}

function geographicWkt(number: (...ids: number[]) => number | null, citation: string): string | null {
  const code = number(GEODETIC_CRS)
  const registered = code === null ? null : lookUpEpsg(code)?.wkt ?? null
  if (registered !== null) return registered
  const semiMajor = number(SEMI_MAJOR)
  const semiMinor = number(SEMI_MINOR)
  // WKT writes 0 for a sphere
  const fromAxes = semiMajor === null || semiMinor === null ? null : semiMajor === semiMinor ? 0 : semiMajor / (semiMajor - semiMinor)
  const inverseFlattening = number(INVERSE_FLATTENING) ?? fromAxes
  if (semiMajor === null || inverseFlattening === null || (number(ANGULAR_UNIT) ?? DEGREE) !== DEGREE) return null
  const datum = (/Datum = ([^|]*)/.exec(citation)?.[1] ?? '').trim() || 'unknown'
  const meridian = number(PRIME_MERIDIAN) ?? 0
  return `GEOGCS["unknown",DATUM["${datum}",SPHEROID["unknown",${semiMajor},${inverseFlattening}]],`
    + `PRIMEM["${meridian === 0 ? 'Greenwich' : 'unknown'}",${meridian}],UNIT["degree",0.0174532925199433]]`
}

/** A citation without what would end a quoted text. */
function quotable(value: number | string | undefined): string {
  return typeof value === 'string' ? value.replaceAll('"', '').replace(/\|+$/, '') : ''
}
