import type { SceneView } from '../../preload/contract'
import { formatCount, formatNumber } from '../shared/format'
import { METRES } from '../shared/map/scale-bar'

type SceneFacts = NonNullable<SceneView['facts']>

const THIN = '\u2009'
const HECTARE = 10_000

/** Ground of one pixel of the scene in square metres; null where the map's unit is none of length. */
export function pixelArea({ transform, pixelSize }: Pick<SceneFacts, 'transform' | 'pixelSize'>): number | null {
  const metres = pixelSize === null ? undefined : METRES[pixelSize.unit]
  if (metres === undefined || transform === null) return null
  return Math.abs(transform.a * transform.e - transform.b * transform.d) * metres ** 2
}

/** 450 m², 1.23 ha, 12.3 km² */
export function formatArea(squareMetres: number): string {
  if (squareMetres < HECTARE) return `${squareMetres < 10 ? formatNumber(squareMetres, 3) : formatCount(squareMetres)}${THIN}m²`
  if (squareMetres < 1000 * HECTARE) return `${formatNumber(squareMetres / HECTARE, 3)}${THIN}ha`
  return `${squareMetres < 1e9 ? formatNumber(squareMetres / 1e6, 3) : formatCount(squareMetres / 1e6)}${THIN}km²`
}
