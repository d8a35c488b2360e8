import type { CubeHeader } from '../../cube/cube-header'
import type { DroppedField } from '../../cube/cube-writer'
import type { Georeference } from '../../cube/georeference'
import { wktForCrs } from '../crs'
import { formatGeoPoints, formatMapInfo } from './map-fields'
import { sameFact } from './output-band-fields'

type Change = [key: string, raw: string | null]

/** Fields about the place on the map that must change so that the header says what `header` says; see `bandFields`. */
export function mapFields(header: CubeHeader, said: Georeference | null, dropped: DroppedField[]): Change[] {
  const wanted = header.georeference
  const changes: Change[] = []
  const transform = wanted?.transform ?? null
  const crs = wanted?.crs ?? null
  const sameCrs = sameFact([crs?.epsg, crs?.wkt, crs?.name], [said?.crs?.epsg, said?.crs?.wkt, said?.crs?.name])
  if (!sameCrs) {
    const wkt = crs === null ? null : wktForCrs(crs)
    changes.push(['coordinate system string', wkt === null ? null : `{${wkt.replace(/\s*\n\s*/g, '')}}`], ['projection info', null])
    if (crs !== null && wkt === null) {
      dropped.push({ field: 'coordinate system', reason: `Neither an EPSG code nor well-known text is known for '${crs.name}'; only its name is written.` })
    }
  }
  if (!sameCrs || !sameTransform(transform, said?.transform ?? null)) {
    const mapInfo = transform === null ? null : formatMapInfo(transform, crs)
    changes.push(['map info', mapInfo], ['pixel size', null])
    if (transform !== null && mapInfo === null) {
      dropped.push({ field: 'geotransform', reason: 'It is sheared, which an ENVI header can\'t express.' })
    }
  }
  changes.push(...pointFields(wanted, said, dropped))
  return changes
}

function sameTransform(p: Georeference['transform'], q: Georeference['transform']): boolean {
  return p === null || q === null ? p === q : sameFact([p.a, p.b, p.c, p.d, p.e, p.f].map(cleanZero), [q.a, q.b, q.c, q.d, q.e, q.f].map(cleanZero))
}

const cleanZero = (value: number): number => (Math.abs(value) < 1e-15 ? 0 : value)

function pointFields(wanted: Georeference | null, said: Georeference | null, dropped: DroppedField[]): Change[] {
  const points = wanted?.groundControlPoints ?? []
  const flat = (g: Georeference | null): number[] => (g?.groundControlPoints ?? []).flatMap((p) => [p.col, p.row, p.x, p.y].map(cleanZero))
  if (sameFact(flat(wanted), flat(said))) return []
  if (points.length === 0) return [['geo points', null]]
  if (wanted?.crs?.kind === 'geographic') return [['geo points', formatGeoPoints(points)]]
  dropped.push({ field: 'ground control points', reason: 'ENVI keeps them in longitude and latitude only; these are in another system.' })
  return [['geo points', null]]
}
