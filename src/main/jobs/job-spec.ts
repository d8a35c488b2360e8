import { z } from 'zod'
import { pixelWindowSchema } from '../cube/pixel-window'
import { sceneRepairsSchema } from '../cube/scene-repairs'
import { analysisSchema } from './analysis-spec'

/** What a job is asked to do. Specs cross process boundaries, so they are plain data and are checked on arrival. */

/** How low-resolution pixels come from high-resolution ones: the mean of scale x scale pixels, or a Gaussian (sigma in fine pixels). */
export const kernelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('block') }),
  z.strictObject({ kind: z.literal('gaussian'), sigma: z.number().positive() }),
])

export const SCALES = [2, 3, 4, 8] as const
export const PRECISIONS = ['float32', 'bfloat16'] as const
export const QUALITIES = ['fast', 'best'] as const
export type Precision = (typeof PRECISIONS)[number]

const scaleSchema = z.literal(SCALES)
const precisionSchema = z.enum(PRECISIONS)
const threadsSchema = z.int().min(1).exactOptional()
/** Absent = a GPU where TensorFlow finds one. */
const deviceSchema = z.literal('cpu').exactOptional()

const trainSpecSchema = z.strictObject({
  kind: z.literal('train'),
  /** Paths of the scenes to learn from. */
  scenes: z.array(z.string().min(1)).min(1),
  /** The part of each scene to use, null = all of it; as long as `scenes`. */
  windows: z.array(pixelWindowSchema.nullable()).exactOptional(),
  /** Which array of a MATLAB file each scene is, null = the only or largest one; as long as `scenes`. */
  variables: z.array(z.string().nullable()).exactOptional(),
  /** What the user corrected in the header of each scene; as long as `scenes`. */
  repairs: z.array(sceneRepairsSchema).exactOptional(),
  /** Held-out block in pixels of the scene (of its window); absent = chosen by the program. One scene only. */
  validation: pixelWindowSchema.exactOptional(),
  scale: scaleSchema,
  preset: z.enum(['studio', 'paper']),
  /** Model folder to write. */
  out: z.string().min(1),
  /** Model folder to start from; absent = the weights that the product ships, 'none' = random ones. */
  base: z.string().exactOptional(),
  /** Time budget for the whole job; with `steps` whichever ends first. */
  minutes: z.number().positive().exactOptional(),
  steps: z.int().min(1).exactOptional(),
  seed: z.int(),
  /** Continue the interrupted training in `out`. */
  resume: z.boolean(),
  kernel: kernelSchema,
  precision: precisionSchema,
  /** CPU threads of TensorFlow; absent = all cores. */
  threads: threadsSchema,
  device: deviceSchema,
  /** Where the published text and the published notebook differ, which to follow; `paper` preset only. */
  paperVariant: z.enum(['text', 'notebook']).exactOptional(),
})

const upscaleSpecSchema = z.strictObject({
  kind: z.literal('upscale'),
  scene: z.string().min(1),
  variable: z.string().exactOptional(),
  /** What the user corrected in the scene's header. */
  repairs: sceneRepairsSchema.exactOptional(),
  /** File to write; its extension chooses the format. */
  out: z.string().min(1),
  /** Model folder. */
  model: z.string().min(1),
  /** Continue the interrupted upscaling into `out`. */
  resume: z.boolean(),
  /** With `resume`: the file is whole already, only the receipt is to be made. */
  written: z.boolean().exactOptional(),
  /** Resident memory that the job may use in all. */
  memoryBudgetMb: z.number().min(256),
  sampleType: z.enum(['source', 'float32']),
  compression: z.enum(['none', 'deflate', 'zstd']),
  interleave: z.enum(['bsq', 'bil', 'bip']),
  /** Correct the result so that reducing it gives the input again. */
  consistency: z.boolean(),
  /** 'best': the mean of what the network makes of turned copies; 'fast': one pass. Absent = 'best'. */
  quality: z.enum(QUALITIES).exactOptional(),
  /** GeoTIFF to write with the expected error of each pixel, in a folder that exists; absent = none. */
  uncertainty: z.string().regex(/.\.tiff?$/i).exactOptional(),
  window: pixelWindowSchema.exactOptional(),
  /** Bands to write (0-based, in this order); absent = all. */
  bands: z.array(z.int().min(0)).min(1).refine((bands) => new Set(bands).size === bands.length, 'a band is named twice').exactOptional(),
  /** Read the written file again and compare it with the scene; absent = yes. */
  receipt: z.boolean().exactOptional(),
  precision: precisionSchema,
  threads: threadsSchema,
  device: deviceSchema,
})

/** A short training of a tiny network on numbers made on the spot: shows that TensorFlow loads, computes and learns. */
const selfTestSpecSchema = z.strictObject({
  kind: z.literal('self-test'),
  seconds: z.number().positive(),
  precision: precisionSchema,
  threads: threadsSchema,
  device: deviceSchema,
})

/**
 * What makes a scene quick to look at, in a folder that is made if absent; an earlier file is replaced. A copy of a scene whose
 * windows are slow to read (ENVI, line-interleaved, uncompressed, its header beside it), or with `overviews` the scene
 * reduced by 2, 4, 8 and so on (GeoTIFF, band-interleaved, uncompressed).
 */
const prepareSpecSchema = z.strictObject({
  kind: z.literal('prepare'),
  scene: z.string().min(1),
  variable: z.string().exactOptional(),
  out: z.string().regex(/.\.(img|tif)$/),
  overviews: z.strictObject({
    /** Values that are left out of the means, one entry a band; null = none. */
    nodata: z.array(z.number().nullable()).min(1),
  }).exactOptional(),
}).refine(({ out, overviews }) => out.endsWith('.tif') === (overviews !== undefined), 'a copy is an .img file, overviews are a .tif file')

/** A map of numbers computed of a scene, or of a result of it, as a GeoTIFF of 32-bit floats. */
const analyseSpecSchema = z.strictObject({
  kind: z.literal('analyse'),
  analysis: analysisSchema,
  scene: z.string().min(1),
  variable: z.string().exactOptional(),
  repairs: sceneRepairsSchema.exactOptional(),
  /** The result whose pixels are meant; absent = those of the scene. */
  result: z.strictObject({
    path: z.string().min(1),
    /** The part of the scene that it shows. */
    window: pixelWindowSchema,
    /** Bands of the scene (0-based) in its order. */
    bands: z.array(z.int().min(0)).min(1),
    scale: scaleSchema,
    kernel: kernelSchema,
  }).exactOptional(),
  /** File to write, in a folder that exists. */
  out: z.string().regex(/.\.tiff?$/i),
})

export const jobSpecSchema = z.discriminatedUnion('kind', [trainSpecSchema, upscaleSpecSchema, selfTestSpecSchema, prepareSpecSchema, analyseSpecSchema])

export type TrainSpec = z.infer<typeof trainSpecSchema>
export type UpscaleSpec = z.infer<typeof upscaleSpecSchema>
export type SelfTestSpec = z.infer<typeof selfTestSpecSchema>
export type PrepareSpec = z.infer<typeof prepareSpecSchema>
export type AnalyseSpec = z.infer<typeof analyseSpecSchema>

export interface JobSpecs {
  train: TrainSpec
  upscale: UpscaleSpec
  'self-test': SelfTestSpec
  prepare: PrepareSpec
  analyse: AnalyseSpec
}

export type JobKind = keyof JobSpecs
export type JobSpec = JobSpecs[JobKind]
