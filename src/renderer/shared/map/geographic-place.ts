import proj4 from 'proj4'
import type { SceneView } from '../../../preload/contract'

type SceneFacts = NonNullable<SceneView['facts']>

/** Decimals of a degree that tell some metres. */
const DECIMALS = 5
const THIN = '\u2009'

/**
 * The way from places on the scene's pixel grid (0, 0 = outer upper left corner) to longitude and latitude (WGS 84, degrees);
 * null for a scene whose system is unknown or is one of latitude and longitude itself.
 */
export function geographicConverter({ transform, crs }: Pick<SceneFacts, 'transform' | 'crs'>): ((row: number, col: number) => { longitude: number; latitude: number } | null) | null {
  if (transform === null || crs?.proj4 == null || crs.kind !== 'projected') return null
  let converter: proj4.Converter
  try {
    converter = proj4(crs.proj4, 'WGS84')
  } catch {
    // a projection that proj4 does not know
    return null
  }
  const { a, b, c, d, e, f } = transform
  return (row, col) => {
    const [longitude = NaN, latitude = NaN] = converter.forward([a * col + b * row + c, d * col + e * row + f])
    return Number.isFinite(longitude) && Number.isFinite(latitude) ? { longitude, latitude } : null
  }
}

/** 52.38912° N, 13.06451° E */
export function formatGeographic({ longitude, latitude }: { longitude: number; latitude: number }): string {
  return `${Math.abs(latitude).toFixed(DECIMALS)}°${THIN}${latitude < 0 ? 'S' : 'N'}, ${Math.abs(longitude).toFixed(DECIMALS)}°${THIN}${longitude < 0 ? 'W' : 'E'}`
}
