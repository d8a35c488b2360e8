import { z } from 'zod'
import type { RequestName, Requests } from '../../preload/contract'
import { analysisSchema } from '../jobs/analysis-spec'
import { trainingPlanSchema, upscalePlanSchema } from '../project/project-file'
import { settingsSchema } from '../project/settings'
import { sceneRepairsSchema } from '../scenes/scene-facts'

// schemas are compiled by `new Function` otherwise, which the window's policy forbids and nothing here needs
z.config({ jitless: true })

const LONGEST_NAME = 200
const LONGEST_PATH = 4096
const LONGEST_TEXT = 1_000_000
/** A chart as a picture or table. */
const LARGEST_FILE_BYTES = 64e6
const LONGEST_FORMULA = 500
/** Scenes or files of one request. */
const MOST_ITEMS = 1000

const nothing = z.null()
const id = z.string().regex(/^[a-z0-9-]{1,64}$/)
const name = z.string().trim().min(1).max(LONGEST_NAME)
const path = z.string().min(1).max(LONGEST_PATH).refine((text) => !text.includes('\0'), 'holds a zero character')
const sceneIds = z.array(id).min(1).max(MOST_ITEMS).refine((ids) => new Set(ids).size === ids.length, 'names a scene twice')

const settings = settingsSchema.shape

/** What each request may carry. Held to the contract by the compiler; strict, so that nothing unknown comes through. */
export const payloadSchemas: { [K in RequestName]: z.ZodType<Requests[K]['payload']> } = {
  'app.describe': nothing,
  'app.devices': nothing,
  'app.openLog': nothing,
  'app.copyText': z.strictObject({ text: z.string().max(LONGEST_TEXT) }),
  'app.saveFile': z.strictObject({
    suggestedName: name,
    content: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= LARGEST_FILE_BYTES, 'is too large'),
  }),
  'settings.read': nothing,
  'settings.change': z.strictObject({
    theme: settings.theme.exactOptional(),
    memoryBudgetMb: settings.memoryBudgetMb.exactOptional(),
    threads: settings.threads.exactOptional(),
    device: settings.device.exactOptional(),
    precision: settings.precision.exactOptional(),
    // a folder is taken from a dialog only
    cacheFolder: z.null().exactOptional(),
    onClose: settings.onClose.exactOptional(),
  }),
  'settings.chooseCacheFolder': nothing,
  'settings.clearCache': nothing,

  'recent.list': nothing,
  'recent.forget': z.strictObject({ id }),
  'recent.locate': z.strictObject({ id }),

  'project.current': nothing,
  'project.create': nothing,
  'project.open': nothing,
  'project.openRecent': z.strictObject({ id }),
  'project.openSample': nothing,
  'project.rename': z.strictObject({ name }),
  'project.close': nothing,
  'project.undo': nothing,
  'project.showInFolder': nothing,

  'import.choose': nothing,
  'import.inspect': z.strictObject({ paths: z.array(path).min(1).max(MOST_ITEMS) }),
  'import.chooseVariable': z.strictObject({ handle: id, variable: z.string().min(1).max(LONGEST_NAME) }),
  'import.repair': z.strictObject({ handle: id, repairs: sceneRepairsSchema }),
  'import.accept': z.strictObject({ handle: id, name, repairs: sceneRepairsSchema }),
  'import.dismiss': z.strictObject({ handle: id }),

  'scene.rename': z.strictObject({ sceneId: id, name }),
  'scene.factsAsRead': z.strictObject({ sceneId: id }),
  'scene.repair': z.strictObject({ sceneId: id, repairs: sceneRepairsSchema }),
  'scene.relink': z.strictObject({ sceneId: id, anyway: z.boolean() }),
  'scene.remove': z.strictObject({ sceneId: id }),
  'scene.showInFolder': z.strictObject({ sceneId: id }),

  'training.forecast': z.strictObject({ sceneIds, plan: trainingPlanSchema }),
  'training.start': z.strictObject({ sceneIds, plan: trainingPlanSchema }),
  'training.continue': z.strictObject({ runId: id }),
  'run.curves': z.strictObject({ runId: id }),
  'run.patches': z.strictObject({ runId: id }),
  'run.rename': z.strictObject({ runId: id, name }),
  'run.remove': z.strictObject({ runId: id }),

  'model.rename': z.strictObject({ modelId: id, name }),
  'model.remove': z.strictObject({ modelId: id }),
  'model.export': z.strictObject({ modelId: id }),
  'model.import': nothing,

  'upscale.forecast': z.strictObject({ sceneIds, plan: upscalePlanSchema }),
  'upscale.start': z.strictObject({ sceneIds, plan: upscalePlanSchema }),
  'upscale.continue': z.strictObject({ resultId: id }),
  'result.rename': z.strictObject({ resultId: id, name }),
  'result.remove': z.strictObject({ resultId: id, deleteFiles: z.boolean() }),
  'result.showInFolder': z.strictObject({ resultId: id }),

  'analysis.checkFormula': z.strictObject({ sceneId: id, formula: z.string().max(LONGEST_FORMULA) }),
  'analysis.start': z.strictObject({ sceneId: id, resultId: id.nullable(), analysis: analysisSchema }),
  'analysis.export': z.strictObject({ layerId: id }),
  'analysis.remove': z.strictObject({ layerId: id }),
  'analysis.saveLibrary': z.strictObject({
    suggestedName: name,
    names: z.array(z.string().min(1).max(LONGEST_NAME)).min(1).max(MOST_ITEMS),
    wavelengthNm: z.array(z.number()).nullable(),
    values: z.instanceof(Float32Array).refine((values) => values.byteLength <= LARGEST_FILE_BYTES, 'is too large'),
  }),

  'job.list': nothing,
  'job.pause': z.strictObject({ jobId: id }),
  'job.resume': z.strictObject({ jobId: id }),
  'job.stop': z.strictObject({ jobId: id }),
  'job.cancel': z.strictObject({ jobId: id }),
}
