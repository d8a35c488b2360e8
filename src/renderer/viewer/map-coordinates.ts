import { text } from '../text'
import type { SceneFacts } from './types'

const THIN = '\u2009'

/** Decimals that tell a tenth of a pixel. */
export function decimalsOf(pixel: number): number {
  return Number.isFinite(pixel) && pixel > 0 ? Math.min(9, Math.max(0, 1 - Math.floor(Math.log10(pixel)))) : 3
}

/**
 * Map coordinates of a place on the pixel grid (0, 0 = outer upper-left corner), as people write them in its system:
 * easting and northing, degrees with their hemisphere, or x and y. null for a scene without a place on earth.
 */
export function formatCoordinates({ transform, crs }: Pick<SceneFacts, 'transform' | 'crs'>, row: number, col: number): string | null {
  if (transform === null) return null
  const { a, b, c, d, e, f } = transform
  const [x, y] = [a * col + b * row + c, d * col + e * row + f]
  const decimals = decimalsOf(Math.min(Math.hypot(a, d), Math.hypot(b, e)))
  const { easting, northing, degree } = text.viewer.status
  switch (crs?.kind) {
    case 'geographic': return `${Math.abs(y).toFixed(decimals)}${degree}${THIN}${y < 0 ? 'S' : 'N'}, ${Math.abs(x).toFixed(decimals)}${degree}${THIN}${x < 0 ? 'W' : 'E'}`
    case 'projected': return `${easting}${THIN}${grouped(x, decimals)}, ${northing}${THIN}${grouped(y, decimals)}`
    case 'unknown': case undefined: return `x${THIN}${grouped(x, decimals)}, y${THIN}${grouped(y, decimals)}`
  }
}

/** 5 805 345.0 */
function grouped(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const sign = value < 0 ? '−' : ''
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, THIN)}${fraction === undefined ? '' : `.${fraction}`}`
}
