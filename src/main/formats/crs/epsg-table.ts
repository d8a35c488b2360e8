import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../../common/project-root'

const epsgEntry = z.object({ kind: z.string(), name: z.string(), wkt: z.string().nullable(), proj4: z.string().nullish() })

export interface EpsgEntry {
  name: string
  kind: 'projected' | 'geographic' | 'unknown'
  /** WKT 1, OGC flavour; null where the table holds none. */
  wkt: string | null
  /** Definition for PROJ, with the usual way to WGS 84; null where the table holds none. */
  proj4: string | null
}

/** Codes that a GeoTIFF key can hold and that stand for a system of the registry: 32767 means user-defined. */
export function isEpsgCode(code: number): boolean {
  return Number.isInteger(code) && code >= 1024 && code < 32767
}

const cache = new Map<number, EpsgEntry | null>()

/**
 * What the EPSG registry says about `code`, or null for a code that it does not hold. Reads one small file of the
 * package `epsg-index` (ISC) on the first call for a code.
 */
export function lookUpEpsg(code: number): EpsgEntry | null {
  const known = cache.get(code)
  if (known !== undefined) return known
  const entry = isEpsgCode(code) ? readEntry(code) : null
  cache.set(code, entry)
  return entry
}

/** One of several ways to get to WGS 84: no part of the definition, and with it PROJ sees another system. */
const TRANSFORMATION = /,(?:TOWGS84\[[^\]]*\]|EXTENSION\["PROJ4_GRIDS","[^"]*"\])/g

function readEntry(code: number): EpsgEntry | null {
  const load = createRequire(join(projectRoot, 'package.json'))
  let json: unknown
  try {
    json = load(`epsg-index/s/${code}.json`)
  } catch {
    return null
  }
  const parsed = epsgEntry.safeParse(json)
  if (!parsed.success) return null
  const { kind, name, wkt, proj4 } = parsed.data
  return { name, proj4: proj4 ?? null, wkt: wkt?.replace(TRANSFORMATION, '') ?? null, kind: kind === 'CRS-PROJCRS' ? 'projected' : kind.startsWith('CRS-GEOG') ? 'geographic' : 'unknown' }
}
