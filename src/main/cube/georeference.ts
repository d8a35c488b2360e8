/**
 * Pixel to map: x = a*col + b*row + c, y = d*col + e*row + f, with col and row measured from the *outer upper-left
 * corner* of the upper-left pixel (its centre is at 0.5, 0.5), whatever the file's own convention is.
 */
export interface AffineTransform {
  a: number
  b: number
  c: number
  d: number
  e: number
  f: number
}

/** A coordinate reference system as the source states it; several statements may be present. */
export interface Crs {
  /** EPSG code of the projected or geographic system, when it is known for sure. */
  epsg: number | null
  /** Well-known text (WKT 1, OGC or ESRI flavour) when the source carries one. */
  wkt: string | null
  /** For people, e.g. 'WGS 84 / UTM zone 32N'. */
  name: string
  kind: 'projected' | 'geographic' | 'unknown'
  /** GeoTIFF keys of the source, copied verbatim to a GeoTIFF output. */
  geoKeys: GeoKey[] | null
}

/** One GeoTIFF key: number (or array of numbers, or text) under its numeric id. */
export interface GeoKey {
  id: number
  value: number | number[] | string
}

/** col, row as in `AffineTransform` (outer corner of the upper-left pixel is 0, 0). */
export interface GroundControlPoint {
  col: number
  row: number
  x: number
  y: number
  z: number
}

export interface Georeference {
  transform: AffineTransform | null
  crs: Crs | null
  /** How the source declares its raster space; an output keeps the same declaration. */
  pixelIsPoint: boolean
  groundControlPoints: GroundControlPoint[]
}

export interface MapPoint {
  x: number
  y: number
}

export function pixelToMap(t: AffineTransform, col: number, row: number): MapPoint {
  return { x: t.a * col + t.b * row + t.c, y: t.d * col + t.e * row + t.f }
}

/** The transform of a raster whose pixels are `scale` times smaller; the outer corners stay where they are. */
export function refineTransform(t: AffineTransform, scale: number): AffineTransform {
  return { a: t.a / scale, b: t.b / scale, c: t.c, d: t.d / scale, e: t.e / scale, f: t.f }
}

/** The transform of the sub-raster whose upper-left pixel is (rowOffset, colOffset) of the original. */
export function offsetTransform(t: AffineTransform, rowOffset: number, colOffset: number): AffineTransform {
  const { x, y } = pixelToMap(t, colOffset, rowOffset)
  return { ...t, c: x, f: y }
}

/** Georeference after an upscaling by `scale` (>= 1), or a block-mean reduction when `scale` is below 1. */
export function refineGeoreference(g: Georeference, scale: number): Georeference {
  return {
    ...g,
    transform: g.transform === null ? null : refineTransform(g.transform, scale),
    groundControlPoints: g.groundControlPoints.map((p) => ({ ...p, col: p.col * scale, row: p.row * scale })),
  }
}

/** Georeference of the window that starts at (rowOffset, colOffset). */
export function offsetGeoreference(g: Georeference, rowOffset: number, colOffset: number): Georeference {
  return {
    ...g,
    transform: g.transform === null ? null : offsetTransform(g.transform, rowOffset, colOffset),
    groundControlPoints: g.groundControlPoints.map((p) => ({ ...p, col: p.col - colOffset, row: p.row - rowOffset })),
  }
}
