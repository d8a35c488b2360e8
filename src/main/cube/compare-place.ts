import type { ComparedField, HeaderComparison } from './compared-field'
import { pixelToMap, type AffineTransform, type Crs } from './georeference'

/** Distance of corners, in output pixels, that is only the rounding of numbers. */
const CORNER_TOLERANCE = 1e-3

/**
 * The place on the map: outer corners, pixel size, coordinate system, control points and the declared raster space.
 * `reasonFor` says why a field is gone, '' when nobody knows.
 */
export function comparePlace({ source, expected, written, scale }: HeaderComparison, reasonFor: (field: string) => string): ComparedField[] {
  const before = source.georeference
  const wanted = expected.georeference
  const found = written.georeference
  if (wanted === null || before === null) return []
  const fields: ComparedField[] = []
  const add = (field: string, kept: boolean, note: string): void => {
    const reason = kept ? '' : reasonFor(field)
    fields.push({ field, kept, note: reason === '' ? note : `${note}: ${reason}` })
  }
  if (wanted.transform !== null) {
    const placed = found?.transform ?? null
    const off = placed === null ? null : cornersOff(wanted.transform, placed, expected)
    add('corners', off !== null && off <= CORNER_TOLERANCE, off === null ? 'no place on the map' : off <= CORNER_TOLERANCE ? 'where they were' : `off by up to ${off.toPrecision(3)} output pixels`)
    const [old, now] = [pixelSize(before.transform ?? wanted.transform), placed === null ? null : pixelSize(placed)]
    const fits = now?.every((side, axis) => Math.abs(side * scale - (old[axis] as number)) <= 1e-6 * (old[axis] as number)) === true
    add('pixel size', fits, `${old.map(short).join(' x ')} became ${now === null ? 'unknown' : now.map(short).join(' x ')}`)
  }
  if (wanted.crs !== null) {
    const now = found?.crs ?? null
    const kept = now !== null && (sameCrs(wanted.crs, now) || (reasonFor('coordinate system') === '' && otherWords(wanted.crs, now)))
    add('coordinate system', kept, kept ? crsName(wanted.crs) : `${crsName(wanted.crs)} became ${now === null ? 'none' : crsName(now)}`)
  }
  if (wanted.groundControlPoints.length > 0) {
    const [old, now] = [wanted.groundControlPoints, found?.groundControlPoints ?? []]
    const kept = old.length === now.length && old.every((point, i) => {
      const other = now[i]
      return other !== undefined && Math.hypot(point.col - other.col, point.row - other.row) <= CORNER_TOLERANCE && close(point.x, other.x) && close(point.y, other.y)
    })
    add('ground control points', kept, kept ? String(old.length) : `${old.length} became ${now.length}`)
  }
  if (wanted.pixelIsPoint) add('PixelIsPoint', found?.pixelIsPoint === true, 'pixels are declared as points')
  return fields
}

function cornersOff(p: AffineTransform, q: AffineTransform, { rows, cols }: { rows: number; cols: number }): number {
  const side = Math.min(...pixelSize(p))
  return Math.max(...[[0, 0], [cols, 0], [0, rows], [cols, rows]].map(([col, row]) => {
    const [a, b] = [pixelToMap(p, col as number, row as number), pixelToMap(q, col as number, row as number)]
    return Math.hypot(a.x - b.x, a.y - b.y) / side
  }))
}

function pixelSize({ a, b, d, e }: AffineTransform): [number, number] {
  return [Math.hypot(a, d), Math.hypot(b, e)]
}

function sameCrs(p: Crs, q: Crs): boolean {
  if (p.epsg !== null && q.epsg !== null) return p.epsg === q.epsg
  const tidy = (wkt: string): string => wkt.replace(/\s+/g, '').toLowerCase()
  if (p.wkt !== null && q.wkt !== null && tidy(p.wkt) === tidy(q.wkt)) return true
  return p.name.toLowerCase() === q.name.toLowerCase() && p.kind === q.kind
}

/**
 * Said as well-known text in one file and as GeoTIFF keys in the other, which can't be compared here: then the writer's
 * word counts, who lists what it could not translate.
 */
function otherWords(p: Crs, q: Crs): boolean {
  const keysOnly = ({ epsg, wkt, geoKeys }: Crs): boolean => epsg === null && wkt === null && geoKeys !== null
  return p.kind === q.kind && ((keysOnly(p) && q.wkt !== null) || (p.wkt !== null && keysOnly(q)))
}

function crsName({ epsg, name }: Crs): string {
  return epsg === null ? name : `${name} (EPSG:${epsg})`
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)))
}

function close(p: number, q: number): boolean {
  return Math.abs(p - q) <= 1e-9 * Math.max(1, Math.abs(p), Math.abs(q))
}
