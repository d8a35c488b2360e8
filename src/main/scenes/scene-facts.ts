import { z } from 'zod'
import type { Notice } from '../cube/cube-header'
import type { AffineTransform } from '../cube/georeference'
import type { SampleType } from '../cube/sample-type'

/** What the user corrects in a scene's header; absent = as the file says. Kept in the project, never written to the file. */
export const sceneRepairsSchema = z.strictObject({
  /** Centre wavelengths in nm, one a band, e.g. after a wrong unit; null = none. */
  wavelengthNm: z.array(z.number().positive()).nullable().exactOptional(),
  /** One value for all bands; null = none. */
  nodata: z.number().nullable().exactOptional(),
  /** true = unusable, one a band. */
  badBands: z.array(z.boolean()).exactOptional(),
})
export type SceneRepairs = z.infer<typeof sceneRepairsSchema>

/** What the window knows of a scene without reading pixels. Arrays that speak of bands have length `bands`. */
export interface SceneFacts {
  format: 'ENVI' | 'GeoTIFF' | 'MATLAB'
  /** Absolute paths, the one with the pixels first. */
  files: string[]
  sizeBytes: number
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
  crs: { name: string; epsg: number | null; kind: 'projected' | 'geographic' | 'unknown' } | null
  pixelSize: { x: number; y: number; unit: string } | null
  description: string | null
  /** 0-based bands to show as red, green, blue. */
  rgb: [number, number, number]
  notices: Notice[]
  /** Raw metadata for the table, key and value as in the file. */
  metadata: [key: string, value: string][]
  /** Windows of it are slow to read (compressed in large pieces): a working copy is made on import. */
  needsWorkingCopy: boolean
}
