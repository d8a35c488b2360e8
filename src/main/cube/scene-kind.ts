import type { CubeHeader } from './cube-header'
import type { Georeference } from './georeference'

/** What tells sensors and their scenes apart, from the header alone; null = unknown. */
export interface SceneKind {
  bands: number
  /** First and last centre wavelength of the usable bands, nm. */
  rangeNm: [first: number, last: number] | null
  /** Side of a pixel on the ground, metres: the geometric mean of its two. */
  pixelMetres: number | null
}

export function sceneKind({ bands, wavelengthNm, badBands, georeference }: CubeHeader): SceneKind {
  const usable = (wavelengthNm ?? []).filter((nm, band) => Number.isFinite(nm) && badBands?.[band] !== true)
  return { bands, rangeNm: usable.length === 0 ? null : [Math.min(...usable), Math.max(...usable)], pixelMetres: pixelMetres(georeference) }
}

/** Metres of a degree of latitude. */
const METRES_PER_DEGREE = 111_320

function pixelMetres(georeference: Georeference | null): number | null {
  const transform = georeference?.transform ?? null
  const crs = georeference?.crs ?? null
  if (transform === null || crs === null || crs.kind === 'unknown') return null
  const { a, b, d, e, f } = transform
  const side = Math.sqrt(Math.abs(a * e - b * d))
  if (!(side > 0)) return null
  if (crs.kind === 'projected') return side * linearUnit(crs.wkt)
  return side * METRES_PER_DEGREE * Math.sqrt(Math.max(0.01, Math.cos((f * Math.PI) / 180)))
}

/** Metres of the unit of a projected system: the last one that its text states; 1 without. */
function linearUnit(wkt: string | null): number {
  const sizes = [...(wkt ?? '').matchAll(/(?:LENGTH)?UNIT\["[^"]*",\s*([\d.eE+-]+)/g)].map((match) => Number(match[1]))
  const last = sizes[sizes.length - 1]
  return last !== undefined && last > 0 ? last : 1
}
