import { z } from 'zod'
import { studioErrorSchema } from '../common/parse'
import { pixelWindowSchema } from '../cube/pixel-window'
import { sceneRepairsSchema } from '../cube/scene-repairs'
import { sceneFactsSchema } from './scene-facts-schema'

/** What main asks the process that reads scenes and packs models, each request once: what it carries and what comes back. Checked on both sides. */

/**
 * A layer is what the window asks pixels of: a scene, a result, the scene interpolated to the result's pixels or what the
 * result differs from that, what was computed of them, or a file that is about to be imported.
 */
export const layerNameSchema = z.string().regex(/^(scene|result|bicubic|difference|analysis|candidate):[A-Za-z0-9._-]{1,128}$/)

const fileSchema = z.strictObject({
  /** Absolute path of either file of a pair. */
  path: z.string().min(1),
  /** Which array of a MATLAB file; null = the only or largest one. */
  variable: z.string().nullable(),
  repairs: sceneRepairsSchema,
})

const sceneSourceSchema = fileSchema.extend({
  /** A copy of the scene to read pixels from, made by a 'prepare' job; null = from the scene itself. */
  workingCopy: z.string().min(1).nullable(),
  /** Its overviews, made by a 'prepare' job; absent = those of the scene's own file, if it has any. */
  overviews: z.string().min(1).exactOptional(),
})
export type SceneSource = z.infer<typeof sceneSourceSchema>

const derivedSourceSchema = z.strictObject({
  kind: z.enum(['bicubic', 'difference']),
  /** Layers that it is computed of; they are opened when it is first asked something. */
  scene: layerNameSchema,
  result: layerNameSchema,
  /** How the result lies on the scene: the part, the bands of the scene in the result's order, and how much finer it is. */
  place: z.strictObject({ window: pixelWindowSchema, bands: z.array(z.int().min(0)).min(1), scale: z.int().min(1) }),
})
export type DerivedSource = z.infer<typeof derivedSourceSchema>

const openedSceneSchema = z.strictObject({
  facts: sceneFactsSchema,
  /** As training records it: the same for the same content, wherever it lies. */
  fingerprint: z.string(),
})
export type OpenedScene = z.infer<typeof openedSceneSchema>

const inspectionSchema = z.strictObject({
  /** null when the file can't be taken; `error` says why. */
  scene: openedSceneSchema.nullable(),
  error: studioErrorSchema.nullable(),
  /** Cubes of a MATLAB file, when there is more than one to choose from, largest first. */
  variables: z.array(z.string()),
})
export type SceneInspection = z.infer<typeof inspectionSchema>

const forecastRequestSchema = z.strictObject({
  /** Open layers of the scenes to train on. */
  layers: z.array(layerNameSchema).min(1),
  /** Total scale of the upscaling. */
  scale: z.literal([2, 3, 4, 8]),
  preset: z.enum(['studio', 'paper']),
  /** The held-out block as the user wants it; null = chosen. */
  validation: pixelWindowSchema.nullable(),
})

const forecastSchema = z.strictObject({
  /** Held-out block of the first scene; null where none can be chosen. */
  validation: pixelWindowSchema.nullable(),
  /** Pixels around the block that are not trained on either. */
  guard: z.int(),
  /** Multiple that corners and sides of the block keep. */
  align: z.int(),
  /** Resident memory of the training's process at its peak; 0 when it can't run. */
  memoryBytes: z.number(),
  /** Of the first scene; null where it can't be measured. */
  bandShift: z.strictObject({ rows: z.number(), cols: z.number(), confidence: z.number() }).nullable(),
  /** 0..7 of `dataset/symmetry`: those that training may use on the first scene. */
  symmetries: z.array(z.int()),
  /** Why it can't run; null = it can. */
  refusal: studioErrorSchema.nullable(),
})
export type GroundForecast = z.infer<typeof forecastSchema>

const definitions = {
  /** Makes a layer known, or gives it another source, and opens it. */
  open: { payload: z.strictObject({ layer: layerNameSchema, source: sceneSourceSchema }), reply: openedSceneSchema },
  /** Makes a layer known that is computed of two others, or gives it another source; reads nothing. */
  derive: { payload: z.strictObject({ layer: layerNameSchema, source: derivedSourceSchema }), reply: z.null() },
  /** Withdraws a layer: questions about it are cancelled, its files closed. */
  close: { payload: z.strictObject({ layer: layerNameSchema }), reply: z.null() },
  /** Looks at a file without keeping it open. A file that is no scene is an answer, not an error. */
  inspect: { payload: fileSchema, reply: inspectionSchema },
  /** Fingerprint of the scene at a path, without looking at anything else. */
  fingerprint: { payload: z.strictObject({ path: z.string().min(1), variable: z.string().nullable() }), reply: z.string() },
  /** How training would use the ground of scenes, and whether it could. */
  forecast: { payload: forecastRequestSchema, reply: forecastSchema },
  /** Packs a finished model's folder into one file. */
  pack: { payload: z.strictObject({ folder: z.string().min(1), file: z.string().min(1) }), reply: z.null() },
  /** Unpacks the file of a model into a new folder. */
  unpack: { payload: z.strictObject({ file: z.string().min(1), folder: z.string().min(1) }), reply: z.null() },
}

type Definitions = typeof definitions
export type SceneRequestName = keyof Definitions
export type ScenePayload<K extends SceneRequestName> = z.infer<Definitions[K]['payload']>
export type SceneReply<K extends SceneRequestName> = z.infer<Definitions[K]['reply']>

export const sceneReplySchemas: { [K in SceneRequestName]: z.ZodType<SceneReply<K>> } = {
  open: definitions.open.reply,
  derive: definitions.derive.reply,
  close: definitions.close.reply,
  inspect: definitions.inspect.reply,
  fingerprint: definitions.fingerprint.reply,
  forecast: definitions.forecast.reply,
  pack: definitions.pack.reply,
  unpack: definitions.unpack.reply,
}

const id = z.int().min(0)

/** From main. 'port' comes with a message port of the window, on which pixel questions arrive. */
export const toScenesSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('port') }),
  z.strictObject({ name: z.literal('open'), id, payload: definitions.open.payload }),
  z.strictObject({ name: z.literal('derive'), id, payload: definitions.derive.payload }),
  z.strictObject({ name: z.literal('close'), id, payload: definitions.close.payload }),
  z.strictObject({ name: z.literal('inspect'), id, payload: definitions.inspect.payload }),
  z.strictObject({ name: z.literal('fingerprint'), id, payload: definitions.fingerprint.payload }),
  z.strictObject({ name: z.literal('forecast'), id, payload: definitions.forecast.payload }),
  z.strictObject({ name: z.literal('pack'), id, payload: definitions.pack.payload }),
  z.strictObject({ name: z.literal('unpack'), id, payload: definitions.unpack.payload }),
])
export type ToScenes = z.infer<typeof toScenesSchema>

/** To main: the answer to request `id`; the request's name says how `value` looks. */
export const fromScenesSchema = z.discriminatedUnion('ok', [
  z.strictObject({ id, ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id, ok: z.literal(false), error: studioErrorSchema }),
])
export type FromScenes = z.infer<typeof fromScenesSchema>
