import { z } from 'zod'

/** A measured number. Unlike zod's own, it may be infinite (PSNR of equal pictures) or NaN (nothing to measure). */
export const measuredSchema = z.custom<number>((value) => typeof value === 'number', 'expected a number')

/** The six indices in the standard convention. PSNR in dB, SAM in degrees, RMSE in the scaled data's unit. */
const qualitySchema = z.object({
  psnr: measuredSchema,
  ssim: measuredSchema,
  samDegrees: measuredSchema,
  correlation: measuredSchema,
  ergas: measuredSchema,
  rmse: measuredSchema,
})

const methodSchema = z.enum(['fine-tuned', 'base', 'back-projection', 'bicubic'])

/** How the fine-tuned weights did on the held-out block beside everything that costs no training. */
export const verdictSchema = z.object({
  /** What the model will use from now on: the fine-tuned weights only when they beat all others. */
  adopted: methodSchema,
  /** One sentence for people. */
  reason: z.string(),
  /** High-resolution pixels of the held-out block that were compared. */
  validPixels: z.int(),
  /** `base` is absent when training started from random weights. */
  methods: z.array(z.object({ method: methodSchema, quality: qualitySchema })),
})

/** What a job tells beside progress, by kind. */
export const jobEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('train-step'),
    payload: z.object({
      /** 1-based, of the whole training (a resumed run continues the count). */
      step: z.int(),
      /** Steps planned; grows or shrinks with the speed when the budget is a time. */
      steps: z.int(),
      loss: measuredSchema,
      learningRate: measuredSchema,
      samplesPerSecond: measuredSchema,
    }),
  }),
  z.object({
    kind: z.literal('train-validation'),
    payload: z.object({
      step: z.int(),
      psnr: measuredSchema,
      samDegrees: measuredSchema,
      bicubicPsnr: measuredSchema,
      backProjectionPsnr: measuredSchema,
      /** null when training started from random weights. */
      basePsnr: measuredSchema.nullable(),
    }),
  }),
  z.object({ kind: z.literal('verdict'), payload: verdictSchema }),
  z.object({
    kind: z.literal('tile'),
    payload: z.object({
      /** 0-based, in the order of the work. */
      index: z.int(),
      count: z.int(),
      /** Window of the finished tile in the output. */
      row: z.int(),
      col: z.int(),
      rows: z.int(),
      cols: z.int(),
    }),
  }),
])

export type Verdict = z.infer<typeof verdictSchema>
export type JobEvent = z.infer<typeof jobEventSchema>
