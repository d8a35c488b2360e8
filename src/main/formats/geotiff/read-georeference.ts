import type { Notice } from '../../cube/cube-header'
import { pixelToMap, type AffineTransform, type Crs, type GeoKey, type Georeference, type GroundControlPoint } from '../../cube/georeference'
import { crsFromGeoKeys } from '../crs'
import type { TiffDirectory } from './tiff-directory'
import { GEO_KEY, RASTER_TYPE, TAG } from './tiff-tags'

/**
 * Transform, coordinate system and control points of an image; null when it has none of them. The transform is
 * brought to the outer corner of the first pixel also when the file speaks of pixel centres (OGC 19-008r4, annex B.6).
 * What makes no sense (a pixel size of 0, a singular matrix, a key outside its table) is left out with a notice.
 */
export async function readGeoreference(directory: TiffDirectory, notices: Notice[]): Promise<Georeference | null> {
  const keys = await readGeoKeys(directory, notices)
  const pixelIsPoint = keys.some(({ id, value }) => id === GEO_KEY.rasterType && value === RASTER_TYPE.pixelIsPoint)
  const origin = pixelIsPoint ? 0.5 : 0
  const stated = await readTransform(directory, notices)
  let transform = stated
  if (stated !== null) {
    const { x, y } = pixelToMap(stated, -origin, -origin)
    transform = { ...stated, c: x, f: y }
  }
  const groundControlPoints = stated === null ? await readControlPoints(directory, origin) : []
  const crs = readCrs(keys)
  if (transform === null && crs === null && groundControlPoints.length === 0) return null
  return { transform, crs, pixelIsPoint, groundControlPoints }
}

function readCrs(keys: GeoKey[]): Crs | null {
  return keys.some(({ id }) => id !== GEO_KEY.rasterType) ? crsFromGeoKeys(keys) : null
}

async function readTransform(directory: TiffDirectory, notices: Notice[]): Promise<AffineTransform | null> {
  const [scaleX = 0, scaleY = 0] = (await directory.numbers(TAG.modelPixelScale)) ?? []
  const tie = await directory.numbers(TAG.modelTiepoint)
  const matrix = await directory.numbers(TAG.modelTransformation)
  let transform: AffineTransform | null = null
  if (scaleX !== 0 && scaleY !== 0 && tie !== null && tie.length >= 6) {
    const [col = 0, row = 0, , x = 0, y = 0] = tie
    if (scaleY < 0) {
      notices.push({ code: 'pixel-height-negative', message: 'The pixel height is negative; as most software does, its absolute value was used (rows run south).' })
    }
    const height = Math.abs(scaleY)
    transform = { a: scaleX, b: 0, c: x - col * scaleX, d: 0, e: -height, f: y + row * height }
  } else if (matrix !== null && matrix.length >= 16) {
    const [a = 0, b = 0, , c = 0, d = 0, e = 0, , f = 0] = matrix
    transform = { a, b, c, d, e, f }
  }
  if (transform === null) return null
  const usable = Object.values(transform).every(Number.isFinite) && transform.a * transform.e - transform.b * transform.d !== 0
  if (usable) return transform
  notices.push({ code: 'transform-ignored', message: 'The pixel-to-map transform is not invertible; it was left out.' })
  return null
}

async function readControlPoints(directory: TiffDirectory, origin: number): Promise<GroundControlPoint[]> {
  const tie = (await directory.numbers(TAG.modelTiepoint)) ?? new Float64Array(0)
  const points: GroundControlPoint[] = []
  for (let at = 0; at + 6 <= tie.length; at += 6) {
    const [col = 0, row = 0, , x = 0, y = 0, z = 0] = tie.subarray(at, at + 6)
    points.push({ col: col + origin, row: row + origin, x, y, z })
  }
  return points.every(({ col, row, x, y }) => [col, row, x, y].every(Number.isFinite)) ? points : []
}

async function readGeoKeys(directory: TiffDirectory, notices: Notice[]): Promise<GeoKey[]> {
  const table = await directory.numbers(TAG.geoKeyDirectory)
  if (table === null) return []
  const doubles = (await directory.numbers(TAG.geoDoubleParams)) ?? new Float64Array(0)
  const ascii = (await directory.bytes(TAG.geoAsciiParams)) ?? new Uint8Array(0)
  const keys: GeoKey[] = []
  let damaged = 0
  const announced = Math.min(table[3] ?? 0, Math.floor(table.length / 4) - 1)
  for (let at = 4; at < 4 * (announced + 1); at += 4) {
    const [id = 0, location = 0, count = 0, value = 0] = table.subarray(at, at + 4)
    const end = value + count
    if (location === 0) keys.push({ id, value })
    else if (location === TAG.geoDoubleParams && end <= doubles.length && count > 0) keys.push({ id, value: oneOrMore(doubles.subarray(value, end)) })
    else if (location === TAG.geoAsciiParams && end <= ascii.length) keys.push({ id, value: asciiOf(ascii.subarray(value, end)) })
    else if (location === TAG.geoKeyDirectory && end <= table.length && count > 0) keys.push({ id, value: oneOrMore(table.subarray(value, end)) })
    else damaged++
  }
  if (damaged > 0 || announced !== table[3]) {
    notices.push({ code: 'geo-keys-damaged', message: 'Some keys of the coordinate system lie outside their table; they were left out.' })
  }
  return keys
}

function oneOrMore(values: Float64Array): number | number[] {
  return values.length === 1 ? (values[0] as number) : [...values]
}

function asciiOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').replace(/[|\0]+$/, '')
}
