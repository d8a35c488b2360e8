import type { Notice } from '../cube/cube-header'
import type { AffineTransform } from '../cube/georeference'
import type { SampleType } from '../cube/sample-type'

export { sceneRepairsSchema, type SceneRepairs } from '../cube/scene-repairs'

/** What the window knows of a scene without reading pixels. Arrays that speak of bands have length `bands`. */
export interface SceneFacts {
  format: 'ENVI' | 'GeoTIFF' | 'MATLAB'
  /** Absolute paths, the one with the pixels first. */
  files: string[]
  sizeBytes: number
  /** Of the files' content: another one where other files stand in their place. */
  fingerprint: string
  rows: number
  cols: number
  bands: number
  sampleType: SampleType
  interleave: 'bsq' | 'bil' | 'bip'
  wavelengthNm: number[] | null
  fwhmNm: number[] | null
  /** All false when the file says nothing. */
  badBands: boolean[]
  bandNames: string[] | null
  nodata: (number | null)[]
  gain: number[] | null
  offset: number[] | null
  /** Pixel to map, from the outer upper-left corner. */
  transform: AffineTransform | null
  crs: { name: string; epsg: number | null; kind: 'projected' | 'geographic' | 'unknown'; /** For proj4: a PROJ string or well-known text; null when none is known. */ proj4: string | null } | null
  pixelSize: { x: number; y: number; unit: string } | null
  description: string | null
  /** 0-based bands to show as red, green, blue. */
  rgb: [number, number, number]
  notices: Notice[]
  /** Raw metadata for the table, key and value as in the file. */
  metadata: [key: string, value: string][]
  /** Windows of it are slow to read (compressed in large pieces): a working copy is made on import. */
  needsWorkingCopy: boolean
  /** Reduced editions for pictures: whether they would help (if not, the scene is small or its file has its own), and whether they are in use. */
  overviews: 'unneeded' | 'missing' | 'ready'
}
