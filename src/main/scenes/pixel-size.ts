import type { Georeference } from '../cube/georeference'
import { unitOfWkt, wktForCrs } from '../formats/crs'

const RADIANS_PER_DEGREE = Math.PI / 180
/** Usual short names of units of length by their size in metres. */
const LENGTHS: readonly [metres: number, name: string][] = [[1, 'm'], [0.3048, 'ft'], [1200 / 3937, 'US ft'], [1000, 'km']]

/**
 * Width and height of a pixel on the map, along the raster's own axes, with the short name of the map's unit ('m', 'ft',
 * 'US ft', '°', or the system's own word; 'map units' where it states none). null without a place on the map.
 */
export function pixelSize(georeference: Georeference | null): { x: number; y: number; unit: string } | null {
  const transform = georeference?.transform ?? null
  if (georeference === null || transform === null) return null
  return { x: Math.hypot(transform.a, transform.d), y: Math.hypot(transform.b, transform.e), unit: mapUnit(georeference) }
}

function mapUnit({ crs }: Georeference): string {
  const wkt = crs === null ? null : wktForCrs(crs)
  const unit = wkt === null ? null : unitOfWkt(wkt)
  const isAngle = crs?.kind === 'geographic'
  if (unit === null) return isAngle ? '°' : 'map units'
  const near = (size: number): boolean => Math.abs(unit.size / size - 1) < 1e-9
  if (isAngle) return near(RADIANS_PER_DEGREE) ? '°' : unit.name
  return LENGTHS.find(([metres]) => near(metres))?.[1] ?? unit.name
}
