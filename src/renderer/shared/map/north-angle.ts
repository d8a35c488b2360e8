import type { SceneView } from '../../../preload/contract'

type Transform = NonNullable<NonNullable<SceneView['facts']>['transform']>

/** Degrees clockwise from the top of the picture to the map's north (the direction in which y grows); null when the transform is none. */
export function northAngle({ a, b, d, e }: Transform): number | null {
  const determinant = a * e - b * d
  if (!Number.isFinite(determinant) || determinant === 0) return null
  // the way over the raster that leaves x as it is and makes y larger
  const [col, row] = [-b / determinant, a / determinant]
  const degrees = (Math.atan2(col, -row) * 180) / Math.PI
  // no minus zero
  return degrees + 0
}
