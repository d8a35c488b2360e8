import { z } from 'zod'
import { sceneRepairsSchema } from '../cube/scene-repairs'
import { paperShapeSchema } from './paper/shape'
import { studioShapeSchema } from './studio/shape'

export const CHECKPOINT_VERSION = 1

const fileName = z.string().regex(/^[a-z-]+\.f32$/)
const vectorEntry = z.strictObject({ file: fileName, length: z.int().min(0), sha256: z.string().length(64) })
export type VectorEntry = z.infer<typeof vectorEntry>

const tensorEntry = z.strictObject({ name: z.string().max(200), shape: z.array(z.int().min(1)).max(8) })

const kernel = z.union([z.strictObject({ kind: z.literal('block') }), z.strictObject({ kind: z.literal('gaussian'), sigma: z.number().positive() })])

const window = z.strictObject({ row: z.int(), col: z.int(), rows: z.int(), cols: z.int() })

const method = z.enum(['fine-tuned', 'base', 'back-projection', 'bicubic'])
export type Method = z.infer<typeof method>

/** The six indices in the standard convention; the same held-out pixels for every method. */
const qualitySchema = z.strictObject({
  psnr: z.number(), ssim: z.number(), samDegrees: z.number(), correlation: z.number(), ergas: z.number(), rmse: z.number(),
})
export type Quality = z.infer<typeof qualitySchema>

/** What one method gains over another on the held-out pixels, in dB, with its standard error (null = can't be told). */
const gainSchema = z.strictObject({ method, over: method, decibels: z.number(), standardError: z.number().min(0).nullable() })
export type Gain = z.infer<typeof gainSchema>

/** How the expected error of a pixel follows from what is known without truth: see `inference/expected-error`. */
const errorModelSchema = z.strictObject({ floor: z.number().min(0), spread: z.number().min(0), detail: z.number().min(0) })
export type ErrorModel = z.infer<typeof errorModelSchema>

/** How well the expected errors of a model hold on ground that they were not fitted on. */
const coverageSchema = z.strictObject({
  /** Pixels that were counted. */
  pixels: z.int().min(0),
  /** Shares of them whose error is at most the expected one, and at most twice that. */
  withinOne: z.number().min(0).max(1),
  withinTwo: z.number().min(0).max(1),
})
export type Coverage = z.infer<typeof coverageSchema>

const verdictSchema = z.strictObject({
  /** What serves when the model is used. */
  adopted: method,
  reason: z.string(),
  /** Why the fine-tuned weights do not serve; absent where they do, where there are none, and in older models. */
  refused: z.string().exactOptional(),
  validPixels: z.int(),
  methods: z.array(z.strictObject({ method, quality: qualitySchema })),
  /** Every method over each that costs less; absent in older models. */
  gains: z.array(gainSchema).exactOptional(),
  /** Of what serves; absent in older models and those that tell no error. */
  coverage: coverageSchema.exactOptional(),
})
export type Verdict = z.infer<typeof verdictSchema>

const sceneSource = z.strictObject({
  file: z.string(),
  fingerprint: z.string(),
  rows: z.int(),
  cols: z.int(),
  bands: z.int(),
  /** First and last centre wavelength of its usable bands, nm; absent when unknown, as in older models. */
  rangeNm: z.tuple([z.number(), z.number()]).exactOptional(),
  /** Side of its pixels on the ground; absent when unknown, as in older models. */
  pixelMetres: z.number().positive().exactOptional(),
  /** Held-out block in scene pixels, and the guard around it that was not trained on either. */
  validation: window.nullable(),
  guard: z.int().min(0),
  bandShift: z.strictObject({ rows: z.number(), cols: z.number(), confidence: z.number() }).nullable(),
  symmetries: z.array(z.int().min(0).max(7)),
  /** What the user had corrected in the scene's header; absent when nothing. */
  repairs: sceneRepairsSchema.exactOptional(),
})

const trainingProgress = z.strictObject({
  seed: z.int(),
  step: z.int().min(0),
  steps: z.int().min(0),
  batch: z.int().min(1),
  crop: z.int().min(1),
  peakLearningRate: z.number(),
  warmUpSteps: z.int(),
  random: z.tuple([z.int(), z.int(), z.int(), z.int()]),
  bestStep: z.int(),
  bestScore: z.number().nullable(),
  /** Learning-curve points so far. */
  history: z.array(z.strictObject({ step: z.int(), loss: z.number(), psnr: z.number().nullable() })),
  /** Losses since the last point of the curve. */
  lossSum: z.number(),
  lossCount: z.int(),
  seconds: z.number(),
})
export type TrainingProgress = z.infer<typeof trainingProgress>

export const checkpointManifestSchema = z.strictObject({
  format: z.literal('dacn-model'),
  version: z.literal(CHECKPOINT_VERSION),
  /** 'running': a run that can be continued, nothing to serve yet; 'finished': a model. */
  state: z.enum(['running', 'finished']),
  network: z.discriminatedUnion('preset', [studioShapeSchema, paperShapeSchema]),
  /** How often the network is applied: 8x is 2x three times. */
  passes: z.int().min(1).max(3),
  parameters: z.array(tensorEntry),
  buffers: z.array(tensorEntry),
  kernel,
  /** Spectral components that the network sharpens (studio). */
  components: z.int().min(0),
  /** Centre wavelengths that a band-tied (`paper`) model was trained on; null = serves any sensor. */
  wavelengthNm: z.array(z.number()).nullable(),
  /** Bands of the source (0-based) that a band-tied model was trained on: its identity where wavelengths are missing. */
  trainedBands: z.array(z.int().min(0)).exactOptional(),
  /** Stored value = scaled value * this (paper: one constant a scene); 1 for studio, which standardises each scene. */
  valueScale: z.number(),
  sources: z.array(sceneSource),
  training: trainingProgress.nullable(),
  verdict: verdictSchema.nullable(),
  /** Turns that the serving weights have learnt with (0-7, see `dataset/symmetry`); absent in older models. */
  symmetries: z.array(z.int().min(0).max(7)).min(1).exactOptional(),
  /** Fitted on the held-out block, for what serves; absent in base weights and older models. */
  errorModel: errorModelSchema.exactOptional(),
  provenance: z.strictObject({ application: z.string(), tensorflow: z.string(), device: z.string(), precision: z.string(), createdUtc: z.string() }),
  vectors: z.record(z.string().regex(/^[a-z-]+$/), vectorEntry),
})

export type CheckpointManifest = z.infer<typeof checkpointManifestSchema>
