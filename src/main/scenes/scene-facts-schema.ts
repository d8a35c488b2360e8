import { z } from 'zod'
import { SAMPLE_TYPES, type SampleType } from '../cube/sample-type'
import type { SceneFacts } from './scene-facts'

/** Headers of strange files hold NaN and infinities, which are theirs to hold. */
const anyNumber = z.custom<number>((value) => typeof value === 'number', 'expected a number')
const count = z.int().min(1)

/** `SceneFacts` that came from the scene process. */
export const sceneFactsSchema: z.ZodType<SceneFacts> = z.strictObject({
  format: z.enum(['ENVI', 'GeoTIFF', 'MATLAB']),
  files: z.array(z.string()),
  sizeBytes: z.number(),
  fingerprint: z.string(),
  rows: count,
  cols: count,
  bands: count,
  sampleType: z.enum(Object.keys(SAMPLE_TYPES) as SampleType[]),
  interleave: z.enum(['bsq', 'bil', 'bip']),
  wavelengthNm: z.array(anyNumber).nullable(),
  fwhmNm: z.array(anyNumber).nullable(),
  badBands: z.array(z.boolean()),
  bandNames: z.array(z.string()).nullable(),
  nodata: z.array(anyNumber.nullable()),
  gain: z.array(anyNumber).nullable(),
  offset: z.array(anyNumber).nullable(),
  transform: z.strictObject({ a: anyNumber, b: anyNumber, c: anyNumber, d: anyNumber, e: anyNumber, f: anyNumber }).nullable(),
  crs: z.strictObject({ name: z.string(), epsg: z.int().nullable(), kind: z.enum(['projected', 'geographic', 'unknown']), proj4: z.string().nullable() }).nullable(),
  pixelSize: z.strictObject({ x: anyNumber, y: anyNumber, unit: z.string() }).nullable(),
  description: z.string().nullable(),
  rgb: z.tuple([z.int(), z.int(), z.int()]),
  notices: z.array(z.object({ code: z.string(), message: z.string() })),
  metadata: z.array(z.tuple([z.string(), z.string()])),
  needsWorkingCopy: z.boolean(),
  overviews: z.enum(['unneeded', 'missing', 'ready']),
})
