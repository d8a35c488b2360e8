import type { AffineTransform, GeoKey, Georeference } from '../../cube/georeference'
import type { DroppedField } from '../../cube/cube-writer'
import { geoKeysForCrs } from '../crs'
import { GEO_KEY, RASTER_TYPE, TAG } from './tiff-tags'
import { asciiField, doubleField, shortField, type TiffField } from './ifd-layout'

/**
 * GeoTIFF tags of a georeference. Pixel sizes with a tie point when rows run south and columns east, else the full
 * matrix; control points as tie points when there is no transform. With pixel-is-point the stated places are the
 * pixels' centres, so the outer corners stay where they are. No georeference, no tags.
 */
export function geoTags(georeference: Georeference | null): { fields: TiffField[]; dropped: DroppedField[] } {
  const dropped: DroppedField[] = []
  if (georeference === null) return { fields: [], dropped }
  const { transform, crs, pixelIsPoint, groundControlPoints } = georeference
  const origin = pixelIsPoint ? 0.5 : 0
  const fields: TiffField[] = []
  if (transform !== null) {
    fields.push(...transformFields(transform, origin))
    if (groundControlPoints.length > 0) {
      dropped.push({ field: 'ground control points', reason: 'A GeoTIFF holds either a transform or control points; the transform was written.' })
    }
  } else if (groundControlPoints.length > 0) {
    const points = groundControlPoints.flatMap(({ col, row, x, y, z }) => [col - origin, row - origin, 0, x, y, z])
    fields.push(doubleField(TAG.modelTiepoint, points))
  }
  const { keys, notice } = crs === null ? { keys: null, notice: null } : geoKeysForCrs(crs)
  if (notice !== null) dropped.push({ field: 'coordinate system', reason: notice.message })
  if (keys !== null || pixelIsPoint) {
    const rasterType = { id: GEO_KEY.rasterType, value: pixelIsPoint ? RASTER_TYPE.pixelIsPoint : RASTER_TYPE.pixelIsArea }
    fields.push(...geoKeyFields([...(keys ?? []), rasterType]))
  }
  return { fields, dropped }
}

function transformFields(t: AffineTransform, origin: number): TiffField[] {
  const x = t.c + origin * (t.a + t.b)
  const y = t.f + origin * (t.d + t.e)
  if (t.b === 0 && t.d === 0 && t.a > 0 && t.e < 0) {
    return [doubleField(TAG.modelPixelScale, [t.a, -t.e, 0]), doubleField(TAG.modelTiepoint, [0, 0, 0, x, y, 0])]
  }
  return [doubleField(TAG.modelTransformation, [t.a, t.b, 0, x, t.d, t.e, 0, y, 0, 0, 0, 0, 0, 0, 0, 1])]
}

/** Keys whose value is a double whatever it looks like: OGC 19-008r4, section 7. */
function isDoubleKey(id: number): boolean {
  return [2053, 2055, 2057, 2058, 2059, 2061, 2062, 5120].includes(id) || (id >= 3077 && id <= 3096)
}

function geoKeyFields(keys: readonly GeoKey[]): TiffField[] {
  const sorted = [...keys].sort((p, q) => p.id - q.id)
  const directory = [1, 1, 0, sorted.length]
  const tail: number[] = []
  const doubles: number[] = []
  let ascii = ''
  for (const { id, value } of sorted) {
    if (typeof value === 'string') {
      const text = value.endsWith('|') ? value : `${value}|`
      directory.push(id, TAG.geoAsciiParams, Buffer.byteLength(text), Buffer.byteLength(ascii))
      ascii += text
      continue
    }
    const values = Array.isArray(value) ? value : [value]
    const isShort = !isDoubleKey(id) && values.every((v) => Number.isInteger(v) && v >= 0 && v <= 65535)
    if (isShort && values.length === 1) {
      directory.push(id, 0, 1, ...values)
    } else if (isShort) {
      directory.push(id, TAG.geoKeyDirectory, values.length, 4 + 4 * sorted.length + tail.length)
      tail.push(...values)
    } else {
      directory.push(id, TAG.geoDoubleParams, values.length, doubles.length)
      doubles.push(...values)
    }
  }
  return [
    shortField(TAG.geoKeyDirectory, [...directory, ...tail]),
    ...(doubles.length > 0 ? [doubleField(TAG.geoDoubleParams, doubles)] : []),
    ...(ascii === '' ? [] : [asciiField(TAG.geoAsciiParams, ascii)]),
  ]
}
