import type { SceneView } from '../../../preload/contract'
import { formatCount, formatNumber } from '../format'

type SceneFacts = NonNullable<SceneView['facts']>

export interface ScaleBar {
  /** Screen pixels. */
  width: number
  label: string
}

const THIN = '\u2009'
/** Of one degree of latitude, on a sphere. */
const METRES_PER_DEGREE = 111_320
/** Metres in a unit of length of maps. */
export const METRES: Record<string, number> = { m: 1, ft: 0.3048, 'US ft': 1200 / 3937, km: 1000 }

/** Width of a pixel of the scene on the ground in metres, in the middle of the scene; null where the map's unit is none of length or angle. */
export function metresPerPixel({ pixelSize, transform, rows, cols, crs }: Pick<SceneFacts, 'pixelSize' | 'transform' | 'rows' | 'cols' | 'crs'>): number | null {
  if (pixelSize === null) return null
  const metres = METRES[pixelSize.unit]
  if (metres !== undefined) return pixelSize.x * metres
  if (crs?.kind !== 'geographic' || pixelSize.unit !== '°' || transform === null) return null
  const latitude = transform.d * (cols / 2) + transform.e * (rows / 2) + transform.f
  return pixelSize.x * METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)
}

/**
 * A bar of a round length (1, 2 or 5 times a power of ten) that is at most `most` screen pixels wide where a scene pixel takes
 * `zoom` of them; in pixels of the scene when `metres` a pixel is null.
 */
export function scaleBar(metres: number | null, zoom: number, most = 120): ScaleBar {
  const unit = metres ?? 1
  const longest = (most / zoom) * unit
  const power = 10 ** Math.floor(Math.log10(longest))
  const length = ([5, 2, 1].find((step) => step * power <= longest) ?? 1) * power
  return { width: (length / unit) * zoom, label: metres === null ? `${formatNumber(length)}${THIN}px` : formatLength(length) }
}

function formatLength(metres: number): string {
  if (metres >= 1000) return `${formatCount(metres / 1000)}${THIN}km`
  return metres >= 1 ? `${formatCount(metres)}${THIN}m` : `${formatNumber(metres * 100)}${THIN}cm`
}
