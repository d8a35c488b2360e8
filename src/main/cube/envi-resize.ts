import type { Notice } from './cube-header'
import { enviNumber, enviNumberText, joinEnviList, splitEnviList } from './envi-list'
import { pixelToMap, type AffineTransform } from './georeference'

/**
 * How the pixel grid of a derived scene lies over that of its source: pixels `scale` times finer (below 1: coarser)
 * inside the window that starts at (`rowOffset`, `colOffset`), given in source pixels, and is `rows` x `cols` new pixels.
 */
export interface GridChange {
  scale: number
  rowOffset: number
  colOffset: number
  rows: number
  cols: number
}

type Field = [key: string, rawValue: string]

/** ENVI counts pixels from 1 at the outer corner of the first one. */
const move = (position: number, offset: number, scale: number): number => (position - 1 - offset) * scale + 1

/**
 * The raw ENVI fields of a derived scene; all that don't speak of the pixel grid stay verbatim. A field that does, and
 * can't be understood, is removed with a notice, for it would be wrong.
 */
export function resizeEnviFields(
  fields: readonly Field[],
  change: GridChange,
  transform: AffineTransform | null,
): { fields: Field[]; notices: Notice[] } {
  const notices: Notice[] = []
  const resized = fields.flatMap(([key, raw]): Field[] => {
    const rescale = RESCALE[key]
    if (rescale === undefined) return [[key, raw]]
    const value = rescale(raw, change, transform)
    if (value !== null) return [[key, value]]
    notices.push({ code: 'field-dropped', message: `The header field '${key}' was not understood and is left out, since the pixel grid changed.` })
    return []
  })
  return { fields: resized, notices }
}

const RESCALE: Record<string, ((raw: string, change: GridChange, transform: AffineTransform | null) => string | null) | undefined> = {
  samples: (_raw, { cols }) => String(cols),
  lines: (_raw, { rows }) => String(rows),
  'map info': resizeMapInfo,
  'pixel size': resizePixelSize,
  'x start': (raw, { scale, colOffset }) => resizeStart(raw, scale, colOffset),
  'y start': (raw, { scale, rowOffset }) => resizeStart(raw, scale, rowOffset),
  'geo points': resizeGeoPoints,
  'rpc info': resizeRpcInfo,
}

/** {projection, xref, yref, E, N, dx, dy, ...}: the tie point keeps its place on the map, unless a window moves it. */
function resizeMapInfo(raw: string, change: GridChange, transform: AffineTransform | null): string | null {
  const items = splitEnviList(raw)
  const [xref, yref, , , dx, dy] = items.slice(1, 7).map(enviNumber)
  if (xref == null || yref == null || dx == null || dy == null) return null
  const { scale, rowOffset, colOffset } = change
  if (rowOffset === 0 && colOffset === 0) {
    items[1] = enviNumberText(move(xref, 0, scale))
    items[2] = enviNumberText(move(yref, 0, scale))
  } else {
    // A tie point outside the raster confuses programs that ignore it under a rotation: the new corner serves.
    if (transform === null) return null
    const corner = pixelToMap(transform, colOffset, rowOffset)
    items.splice(1, 4, '1', '1', enviNumberText(corner.x), enviNumberText(corner.y))
  }
  items[5] = enviNumberText(dx / scale)
  items[6] = enviNumberText(dy / scale)
  return joinEnviList(items)
}

/** {dx, dy, units=...} */
function resizePixelSize(raw: string, { scale }: GridChange): string | null {
  const items = splitEnviList(raw)
  const sizes = items.slice(0, 2).map(enviNumber)
  if (sizes.length === 0 || sizes.some((size) => size === null)) return null
  return joinEnviList([...sizes.map((size) => enviNumberText((size as number) / scale)), ...items.slice(2)])
}

/** Position of the first pixel within the scene that this one was cut from, on that scene's (scaled) grid. */
function resizeStart(raw: string, scale: number, offset: number): string | null {
  const start = enviNumber(raw)
  return start === null ? null : enviNumberText((start - 1 + offset) * scale + 1)
}

/** {x, y, latitude, longitude, ...} */
function resizeGeoPoints(raw: string, { scale, rowOffset, colOffset }: GridChange): string | null {
  const values = splitEnviList(raw).map(enviNumber)
  if (values.length % 4 !== 0 || values.some((value) => value === null)) return null
  return joinEnviList(values.map((value, i) => {
    if (i % 4 > 1) return enviNumberText(value as number)
    return enviNumberText(move(value as number, i % 4 === 0 ? colOffset : rowOffset, scale))
  }), 4)
}

/**
 * {line offset, sample offset, 3 more offsets, line scale, sample scale, ...}; positions count from 0 at the centre of
 * the first pixel. Items 90 and 91 are the position of a tile, in pixels.
 */
function resizeRpcInfo(raw: string, { scale, rowOffset, colOffset }: GridChange): string | null {
  const items = splitEnviList(raw)
  const values = items.map(enviNumber)
  if (values.length < 90 || values.some((value) => value === null)) return null
  const set = (index: number, value: (old: number) => number): void => {
    if (index < values.length) items[index] = enviNumberText(value(values[index] as number))
  }
  set(0, (line) => (line + 0.5 - rowOffset) * scale - 0.5)
  set(1, (sample) => (sample + 0.5 - colOffset) * scale - 0.5)
  set(5, (size) => size * scale)
  set(6, (size) => size * scale)
  set(90, (row) => row * scale)
  set(91, (col) => col * scale)
  return joinEnviList(items, 4)
}
