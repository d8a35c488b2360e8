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
  /** Why the fine-tuned weights do not serve, a part of `reason`; absent where they do, where there are none, and in older models. */
  refused: z.string().exactOptional(),
  /** High-resolution pixels of the held-out block that were compared. */
  validPixels: z.int(),
  /** `base` is absent when training started from random weights. */
  methods: z.array(z.object({ method: methodSchema, quality: qualitySchema })),
  /** Every method over each that costs less, in dB of PSNR, with the standard error (null = can't be told); absent in older models. */
  gains: z.array(z.object({ method: methodSchema, over: methodSchema, decibels: measuredSchema, standardError: z.number().nullable() })).exactOptional(),
  /** How often the expected errors of what serves hold on other ground; absent in older models and those that tell none. */
  coverage: z.object({ pixels: z.int(), withinOne: z.number(), withinTwo: z.number() }).exactOptional(),
})

/**
 * What is known of an upscaled file once it was read again: see `inference/receipt`. All numbers are finite, so that it
 * can be kept as JSON: what is reproduced exactly counts as 200 dB, what has no valid value is null.
 */
export const receiptSchema = z.object({
  /** The result reduced by the declared kernel against the input. */
  consistency: z.object({
    /** dB: mean over the bands that are not exact, peak = the input's range. */
    psnr: z.number().nullable(),
    /** The same for each band of the output. */
    bandPsnr: z.array(z.number().nullable()),
    /** Largest difference in stored values. */
    maxDifference: z.number(),
    /** Largest difference that the output's type excuses; null where the method is not exact and `threshold` alone decides. */
    allowedDifference: z.number().nullable(),
    /** The threshold for `psnr`, dB. */
    threshold: z.number(),
    /** Reduced values that are off because the output's type could not hold finer ones: they are not held against it. */
    clamped: z.int(),
    /** Output values that are missing where the input's pixel is not, or the other way round. */
    validityErrors: z.int(),
    passed: z.boolean(),
  }),
  /** Shift of the reduced result against the input in input pixels; null when it can't be measured. */
  alignment: z.object({ rows: z.number(), cols: z.number(), passed: z.boolean(), threshold: z.number() }).nullable(),
  /** Every header field of the source compared with the file that was written. */
  fields: z.array(z.object({ field: z.string(), kept: z.boolean(), note: z.string() })),
  /** Of the file with the pixels. */
  sha256: z.string(),
  /** Input pixels that were compared: valid in at least one band. */
  pixels: z.int(),
})
export type Receipt = z.infer<typeof receiptSchema>

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
      /** Memory of the whole job process. */
      residentBytes: z.int(),
      /** Of work since the training began, pauses left out; a resumed run continues the count. */
      seconds: z.number(),
    }),
  }),
  z.object({
    kind: z.literal('train-validation'),
    payload: z.object({
      /** 0 = the weights that training starts from. */
      step: z.int(),
      psnr: measuredSchema,
      samDegrees: measuredSchema,
      bicubicPsnr: measuredSchema,
      backProjectionPsnr: measuredSchema,
      /** null when training started from random weights. */
      basePsnr: measuredSchema.nullable(),
      /** As of a step. */
      seconds: z.number(),
    }),
  }),
  z.object({
    /** Pictures of the first scene's held-out block (its middle when it is large), before the first step and at each validation. */
    kind: z.literal('train-patches'),
    payload: z.object({
      step: z.int(),
      rows: z.int(),
      cols: z.int(),
      /** Each [rows, cols, 3] as red, green, blue, all with one stretch. */
      lowRes: z.instanceof(Uint8Array),
      bicubic: z.instanceof(Uint8Array),
      now: z.instanceof(Uint8Array),
      truth: z.instanceof(Uint8Array),
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
