import { z } from 'zod'
import { pixelWindowSchema } from '../cube/pixel-window'
import { analysisSchema } from '../jobs/analysis-spec'
import { receiptSchema, verdictSchema } from '../jobs/job-event'
import { kernelSchema, PRECISIONS, QUALITIES, SCALES } from '../jobs/job-spec'
import { sceneRepairsSchema } from '../scenes/scene-facts'
import { isStoredFile } from './stored-path'

export const PROJECT_FILE = 'project.json'
export const PROJECT_VERSION = 1

const id = z.string().regex(/^[a-z0-9-]{1,64}$/)
const name = z.string().min(1).max(300)
const utc = z.string()
const storedFile = z.string().max(4096).refine(isStoredFile, 'not a path, or not one below resources/')
const lastPath = z.string().max(4096).exactOptional()
const errorSchema = z.object({ tag: z.string(), message: z.string(), file: z.string().exactOptional(), remedy: z.string().exactOptional() })

/** How a fine-tuning is to be done: what the user sees and edits beside the button. */
export const trainingPlanSchema = z.strictObject({
  scale: z.literal(SCALES),
  preset: z.enum(['studio', 'paper']),
  /** Time budget. */
  minutes: z.number().positive(),
  /** Steps instead of a time budget, for reproducible runs. */
  steps: z.int().min(1).nullable(),
  seed: z.int().min(0),
  precision: z.enum(PRECISIONS),
  /** Held-out block in scene pixels; null = chosen by the program. */
  validation: pixelWindowSchema.nullable(),
  /** Model of the project to start from; null = the weights that the product ships. */
  baseModelId: id.nullable(),
  /** Gaussian point-spread function, sigma in pixels of the finer grid; null = block mean. */
  gaussianSigma: z.number().positive().nullable(),
})
export type TrainingPlan = z.infer<typeof trainingPlanSchema>

/** How an upscaling is to be done. */
export const upscalePlanSchema = z.strictObject({
  modelId: id,
  /** The part of the scene; null = all. */
  window: pixelWindowSchema.nullable(),
  format: z.enum(['geotiff', 'envi']),
  sampleType: z.enum(['source', 'float32']),
  compression: z.enum(['none', 'deflate', 'zstd']),
  /** null = the source's. */
  interleave: z.enum(['bsq', 'bil', 'bip']).nullable(),
  /** 0-based; 'good' leaves bad bands out. */
  bands: z.union([z.enum(['all', 'good']), z.array(z.int().min(0)).min(1)]),
  consistency: z.boolean(),
  /** 'best' takes the mean over turned copies; absent = 'best', as in the files of earlier programs. */
  quality: z.enum(QUALITIES).exactOptional(),
  /** Write the expected error of each pixel beside the result; absent = no. */
  uncertainty: z.boolean().exactOptional(),
  precision: z.enum(PRECISIONS),
})
export type UpscalePlan = z.infer<typeof upscalePlanSchema>

export const sceneRecordSchema = z.strictObject({
  id,
  name,
  /** The file that was chosen: see `StoredPath`. */
  file: storedFile,
  lastPath,
  /** Which array of a MATLAB file. */
  variable: z.string().nullable(),
  /** Of the files' content: says whether a file found elsewhere is the same scene. */
  fingerprint: z.string(),
  repairs: sceneRepairsSchema,
  addedUtc: utc,
})
export type SceneRecord = z.infer<typeof sceneRecordSchema>

const outcome = {
  /** 'interrupted': the program ended in the middle; it can be continued. */
  state: z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'interrupted']),
  createdUtc: utc,
  seconds: z.number().nullable(),
  error: errorSchema.nullable(),
}

export const runRecordSchema = z.strictObject({
  id,
  name,
  sceneIds: z.array(id).min(1),
  plan: trainingPlanSchema,
  ...outcome,
  /** Why a finished run ended. */
  ended: z.enum(['steps', 'minutes', 'early-stop', 'stop-and-keep']).nullable(),
  verdict: verdictSchema.nullable(),
  /** The model that came of it. */
  modelId: id.nullable(),
})
export type RunRecord = z.infer<typeof runRecordSchema>

export const modelRecordSchema = z.strictObject({
  id,
  name,
  origin: z.enum(['shipped', 'run', 'imported']),
  /** Folder below `models/` of the project; for 'shipped' below `resources/models`. */
  folder: z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/),
  runId: id.nullable(),
  addedUtc: utc,
})
export type ModelRecord = z.infer<typeof modelRecordSchema>

export const resultRecordSchema = z.strictObject({
  id,
  name,
  sceneId: id,
  plan: upscalePlanSchema,
  /** How it is brought back to the scene's pixels, as its model says; absent in the files of earlier programs. */
  reduction: z.strictObject({ scale: z.literal(SCALES), kernel: kernelSchema }).exactOptional(),
  /** The setting with which it was begun; absent in the files of earlier programs. */
  memoryBudgetMb: z.number().positive().exactOptional(),
  ...outcome,
  /** The file to write: see `StoredPath`. */
  file: storedFile,
  lastPath,
  /** All files written, like `file` and in the same folder, the one with the pixels first; empty until done. */
  files: z.array(storedFile),
  sizeBytes: z.number().nullable(),
  rows: z.int().nullable(),
  cols: z.int().nullable(),
  bands: z.int().nullable(),
  receipt: receiptSchema.nullable(),
})
export type ResultRecord = z.infer<typeof resultRecordSchema>

/** What a layer shows: an analysis, or the expected errors that an upscaling wrote. */
const layerContentSchema = z.discriminatedUnion('kind', [analysisSchema, z.strictObject({ kind: z.literal('expected-error') })])

/** A map of numbers that was computed of a scene or result: always finished, its file is there or was moved away. */
export const layerRecordSchema = z.strictObject({
  id,
  name,
  sceneId: id,
  /** The result that it was computed of; null = of the scene itself. */
  resultId: id.nullable(),
  analysis: layerContentSchema,
  createdUtc: utc,
  /** The GeoTIFF: see `StoredPath`. */
  file: storedFile,
  lastPath,
  rows: z.int(),
  cols: z.int(),
  /** What each band holds. */
  bandNames: z.array(z.string()).min(1),
  /** Scene pixels: of its upper left corner, and how many one of its pixels covers along an axis. */
  origin: z.strictObject({ row: z.int(), col: z.int() }),
  pixelSize: z.number().positive(),
})
export type LayerRecord = z.infer<typeof layerRecordSchema>

/** The file `project.json` of a project's folder. */
export const projectFileSchema = z.strictObject({
  format: z.literal('dacn-project'),
  version: z.literal(PROJECT_VERSION),
  id,
  name,
  createdUtc: utc,
  scenes: z.array(sceneRecordSchema),
  /** The shipped ones belong to every project and are not stored. */
  models: z.array(modelRecordSchema),
  runs: z.array(runRecordSchema),
  results: z.array(resultRecordSchema),
  /** Absent while there are none, as in the files of earlier programs. */
  layers: z.array(layerRecordSchema).exactOptional(),
})
export type ProjectFile = z.infer<typeof projectFileSchema>
