import { z } from 'zod'
import { pixelWindowSchema } from '../cube/pixel-window'
import { polygonSchema } from '../cube/polygon-spans'

/** What can be computed of every pixel of a scene or of a result. Missing and bad bands take no part in any of it. */
export const analysisSchema = z.discriminatedUnion('kind', [
  /**
   * Angle in degrees between each spectrum and the mean one of a part of the scene, in physical units: a window, or the
   * pixels of it whose centres lie in a polygon.
   */
  z.strictObject({ kind: z.literal('spectral-angle'), window: pixelWindowSchema, corners: polygonSchema.exactOptional() }),
  /** Root mean square over the bands of what a reduced result differs from its input, a value an input pixel, stored units. */
  z.strictObject({ kind: z.literal('consistency') }),
  /** Angle in degrees between the spectra of a result and of the bicubic enlargement of its input. */
  z.strictObject({ kind: z.literal('bicubic-angle') }),
  /** See `analysis/formula`. */
  z.strictObject({ kind: z.literal('formula'), formula: z.string().min(1).max(500), /** What it is known by, e.g. NDVI. */ label: z.string().min(1).max(60).exactOptional() }),
  /** The first three principal components, in standard deviations. */
  z.strictObject({ kind: z.literal('components') }),
])
export type Analysis = z.infer<typeof analysisSchema>
