import { z } from 'zod'

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
