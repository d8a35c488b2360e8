import { z } from 'zod'
import type { JobKind } from './job-spec'
import { measuredSchema, receiptSchema, verdictSchema } from './job-event'

const trainResultSchema = z.object({
  /** Model folder that was written. */
  model: z.string(),
  scale: z.int(),
  steps: z.int(),
  /** Time spent training, interrupted runs included. */
  seconds: z.number(),
  /** Why it ended: the budget, no more progress on the held-out block, or the user wanted what there was. */
  ended: z.enum(['steps', 'minutes', 'early-stop', 'stop-and-keep']),
  /** null when the scene is too small to hold a block out. */
  verdict: verdictSchema.nullable(),
})

const upscaleResultSchema = z.object({
  /** Files written, the one with the pixels first. */
  files: z.array(z.string()),
  /** The one of them with the expected errors; absent when they were not asked for. */
  errorFile: z.string().exactOptional(),
  sizeBytes: z.number(),
  rows: z.int(),
  cols: z.int(),
  bands: z.int(),
  tiles: z.int(),
  seconds: z.number(),
  /** Values that had to be clamped to the range of the output's type. */
  clamped: z.int(),
  /** Metadata of the source that the output's format can't hold. */
  dropped: z.array(z.object({ field: z.string(), reason: z.string() })),
  /** null when the job was asked not to look. */
  receipt: receiptSchema.nullable(),
})

const selfTestResultSchema = z.object({
  /** Version of the native TensorFlow library. */
  tensorflow: z.string(),
  /** Version of the binding between Node and the library. */
  binding: z.string(),
  /** e.g. 'CPU:0', 'GPU:0'. */
  devices: z.array(z.string()),
  steps: z.int(),
  seconds: z.number(),
  firstLoss: measuredSchema,
  lastLoss: measuredSchema,
})

const prepareResultSchema = z.object({
  /** Files written, the one with the pixels first. */
  files: z.array(z.string()),
  sizeBytes: z.number(),
  seconds: z.number(),
})

const analyseResultSchema = z.object({
  file: z.string(),
  rows: z.int(),
  cols: z.int(),
  /** What each band of the file holds, for people. */
  bandNames: z.array(z.string()),
  /** Where the file lies on the scene: scene pixels of its corner, and how many of them one of its pixels covers along an axis. */
  origin: z.object({ row: z.int(), col: z.int() }),
  pixelSize: z.number(),
  seconds: z.number(),
})

export type TrainResult = z.infer<typeof trainResultSchema>
export type UpscaleResult = z.infer<typeof upscaleResultSchema>
export type SelfTestResult = z.infer<typeof selfTestResultSchema>
export type PrepareResult = z.infer<typeof prepareResultSchema>
export type AnalyseResult = z.infer<typeof analyseResultSchema>

export interface JobResults {
  train: TrainResult
  upscale: UpscaleResult
  'self-test': SelfTestResult
  prepare: PrepareResult
  analyse: AnalyseResult
}

export const jobResultSchemas: { [K in JobKind]: z.ZodType<JobResults[K]> } = {
  train: trainResultSchema,
  upscale: upscaleResultSchema,
  'self-test': selfTestResultSchema,
  prepare: prepareResultSchema,
  analyse: analyseResultSchema,
}
