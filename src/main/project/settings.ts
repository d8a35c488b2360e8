import { z } from 'zod'

/** The user's choices for the whole program, kept in one file of the user's configuration folder. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Resident memory that upscaling is planned for. */
  memoryBudgetMb: z.int().min(512),
  /** Processor cores that jobs use; null = all. */
  threads: z.int().min(1).nullable(),
  /** 'auto' takes a GPU where TensorFlow found one. */
  device: z.enum(['auto', 'cpu']),
  precision: z.enum(['float32', 'bfloat16']),
  /** Where working copies of scenes go; null = inside each project. */
  cacheFolder: z.string().nullable(),
  /** What happens to running jobs when the window is closed. */
  onClose: z.enum(['ask', 'background', 'stop', 'cancel']),
})
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = {
  theme: 'system', memoryBudgetMb: 2048, threads: null, device: 'auto', precision: 'float32', cacheFolder: null, onClose: 'ask',
}
