import type { StudioErrorJson } from '../main/common/errors'
import type { Progress } from '../main/common/job-context'
import type { JobState } from '../main/jobs/job-state'
import type { Analysis } from '../main/jobs/analysis-spec'
import type { LayerRecord, ModelRecord, ResultRecord, RunRecord, SceneRecord, TrainingPlan, UpscalePlan } from '../main/project/project-file'
import type { SceneFacts, SceneRepairs } from '../main/scenes/scene-facts'
import type { RecentProject } from '../main/project/recent-projects'
import type { RunCurves } from '../main/project/run-curves'
import type { RunPatches } from '../main/project/run-patches'
import type { Settings } from '../main/project/settings'
import type { PixelWindow } from '../main/cube/pixel-window'

/**
 * Everything that passes between the window and the main process: each request and event once. The preload script lets
 * through the channels listed here and nothing else; main checks every payload against `ipc/payload-schemas.ts`, which the
 * compiler holds to these types. Pixels do not pass here: see `pixel-contract.ts`.
 *
 * Words: `null` as a payload = nothing to say; `null` as a reply of a request that opens a dialog = the user cancelled it.
 */

export type { RecentProject, RunCurves, RunPatches }

/** Electron keeps only an error's message, so errors travel as values. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: StudioErrorJson }

/** A scene as the window sees it: its record, and how it is at the moment. */
export interface SceneView extends SceneRecord {
  /** Absolute path. */
  path: string
  /** 'changed': the file is no longer the one that was imported. */
  state: 'ready' | 'preparing' | 'missing' | 'changed'
  /** What the file says, with the user's repairs applied; null while it is missing. */
  facts: SceneFacts | null
  /** Why the file is not to be had or not the one that was imported, and what to do; null = nothing is wrong. */
  problem: StudioErrorJson | null
}

export interface ModelView extends ModelRecord {
  /** The model's card; null when the folder is damaged (`damage` says how). */
  card: ModelCard | null
  damage: StudioErrorJson | null
}

export interface ModelCard {
  preset: 'studio' | 'paper'
  scale: number
  parameters: number
  /** File names of the scenes it was tuned on; empty for the shipped weights. */
  scenes: string[]
  bands: number | null
  /** Of a model that is tied to bands; null = serves any sensor. */
  wavelengthNm: number[] | null
  /** Of the sensor blur that it has learnt, in pixels of the finer grid; null = block means. */
  gaussianSigma: number | null
  verdict: RunRecord['verdict']
  seconds: number | null
  steps: number | null
  seed: number | null
  /** Application, TensorFlow, device, precision, when. */
  provenance: { application: string; tensorflow: string; device: string; precision: string; createdUtc: string }
}

export interface ResultView extends ResultRecord {
  /** Absolute paths; empty until it is written and its layer is open, a moment after the state says 'done'. */
  paths: string[]
  missing: boolean
  /**
   * Layers `bicubic:ID` (the scene interpolated to the result's pixels and bands) and `difference:ID` (what the result has more)
   * can be asked for pixels: float32 in stored units, no data = NaN. True while the scene and the result are there and fit.
   */
  derived: boolean
}

/** A map of numbers computed of a scene or result; its pixels are layer `analysis:ID`. */
export interface LayerView extends LayerRecord {
  /** Absolute path of the GeoTIFF. */
  path: string
  missing: boolean
}

/** A formula as it is understood with the bands of a scene. */
export interface FormulaCheck {
  /** With band numbers and wavelengths in place of what was typed; null when it can't be understood. */
  meaning: string | null
  /** What is wrong with it, for people; null = nothing. */
  problem: string | null
}

/** The open project; the lists are small, arrays of bands are in the scenes' facts. */
export interface ProjectView {
  id: string
  name: string
  folder: string
  scenes: SceneView[]
  models: ModelView[]
  runs: RunRecord[]
  results: ResultView[]
  /** Of scenes of the project, in the order they were made. */
  layers: LayerView[]
  /** What `project.undo` would bring back, for its label; null = nothing. */
  undo: string | null
  /** What the user should know of the project: a damaged file that was replaced, a disk that refuses to save. */
  notices: string[]
}

/** A file that was chosen, dropped or pasted, before it is accepted into the project. */
export interface ImportCandidate {
  /** Stands for the file from now on: accept it, or show its pixels as layer `candidate:HANDLE`. */
  handle: string
  path: string
  facts: SceneFacts | null
  error: StudioErrorJson | null
  /** Cubes of a MATLAB file, when there is more than one to choose from. */
  variables: string[]
  /** Name of the scene of the project that is the same file, if any. */
  duplicateOf: string | null
}

export interface JobView {
  id: string
  kind: 'train' | 'upscale' | 'prepare' | 'self-test' | 'analyse'
  /** e.g. 'Fine-tuning jasper-ridge'. */
  title: string
  /** Id of the run, result or scene that it works for; null for a self-test. */
  subject: string | null
  state: JobState
  startedUtc: string | null
  progress: Progress | null
  error: StudioErrorJson | null
}

export interface DeviceDescription {
  /** e.g. 'AMD EPYC 7B13 (2 cores)', 'NVIDIA RTX 4090'. */
  name: string
  kind: 'cpu' | 'gpu'
  /** Bytes of memory that are there in all. */
  memoryBytes: number
  freeBytes: number
  /** The processor has bfloat16 instructions, so that precision is worth offering. */
  bfloat16: boolean
}

export interface AppDescription {
  version: string
  electron: string
  chromium: string
  node: string
  tensorflow: string
  platform: string
  /** 'official' or where else the Electron binary came from. */
  electronSource: string
  cacheFolder: string
  cacheBytes: number
  logFile: string
  licences: { name: string; version: string; licence: string }[]
}

/** What a fine-tuning would take, before it starts. */
export interface TrainingForecast {
  memoryBytes: number
  freeMemoryBytes: number
  /** Until it ends at the latest. */
  seconds: number
  /** The held-out block that is used: the plan's, or the one that is chosen when the plan has none; null where none can be. */
  validation: PixelWindow | null
  /** Pixels around the block that are not trained on either. */
  guard: number
  /** Multiple that corners and sides of the block must keep. */
  align: number
  /** 0..7 of `dataset/symmetry.ts`. */
  symmetries: number[]
  bandShift: { rows: number; cols: number; confidence: number } | null
  device: string
  /** Why it can't run; null = it can. */
  refusal: StudioErrorJson | null
}

/** What an upscaling would take and lose, before it starts. One entry a scene. */
export interface UpscaleForecast {
  sceneId: string
  rows: number
  cols: number
  bands: number
  scale: number
  pixelSize: { x: number; y: number; unit: string } | null
  /** Bytes of the file before compression; the file is at most a little larger. */
  sizeBytes: number
  /** Bytes that it usually has when compressed, and has at least; `sizeBytes` when it is not compressed. */
  expectedBytes: number
  leastBytes: number
  freeDiskBytes: number
  memoryBytes: number
  freeMemoryBytes: number
  /** null when nothing was measured on this machine yet. */
  seconds: number | null
  dropped: { field: string; reason: string }[]
  /** e.g. the scene is unlike those that the model was tuned on. */
  warnings: string[]
  refusal: StudioErrorJson | null
}

export interface Requests {
  'app.describe': { payload: null; reply: AppDescription }
  'app.devices': { payload: null; reply: DeviceDescription[] }
  'app.openLog': { payload: null; reply: null }
  'app.copyText': { payload: { text: string }; reply: null }
  /** Saves bytes that the window made (a chart's PNG or CSV) where the user says; null when cancelled, else the path. */
  'app.saveFile': { payload: { suggestedName: string; content: Uint8Array }; reply: string | null }
  'settings.read': { payload: null; reply: Settings }
  'settings.change': { payload: Partial<Settings>; reply: Settings }
  /** Asks for the folder of working copies; those of before are removed and made again there. */
  'settings.chooseCacheFolder': { payload: null; reply: Settings | null }
  'settings.clearCache': { payload: null; reply: { freedBytes: number } }

  'recent.list': { payload: null; reply: RecentProject[] }
  'recent.forget': { payload: { id: string }; reply: RecentProject[] }
  /** Asks where the project is now. */
  'recent.locate': { payload: { id: string }; reply: ProjectView | null }

  'project.current': { payload: null; reply: ProjectView | null }
  /** Asks for a place and makes a folder there. */
  'project.create': { payload: null; reply: ProjectView | null }
  /** Asks for a project's folder. */
  'project.open': { payload: null; reply: ProjectView | null }
  'project.openRecent': { payload: { id: string }; reply: ProjectView }
  /** The project with the scene that comes along, made on first use in the user's documents. */
  'project.openSample': { payload: null; reply: ProjectView }
  'project.rename': { payload: { name: string }; reply: null }
  'project.close': { payload: null; reply: null }
  'project.undo': { payload: null; reply: null }
  'project.showInFolder': { payload: null; reply: null }

  /** Asks for files. */
  'import.choose': { payload: null; reply: ImportCandidate[] | null }
  /** Paths that the user dropped or pasted. */
  'import.inspect': { payload: { paths: string[] }; reply: ImportCandidate[] }
  'import.chooseVariable': { payload: { handle: string; variable: string }; reply: ImportCandidate }
  /** The facts as they would be with these repairs. */
  'import.repair': { payload: { handle: string; repairs: SceneRepairs }; reply: ImportCandidate }
  /** Takes the candidate into the project; gives the scene's id. */
  'import.accept': { payload: { handle: string; name: string; repairs: SceneRepairs }; reply: { sceneId: string } }
  'import.dismiss': { payload: { handle: string }; reply: null }

  'scene.rename': { payload: { sceneId: string; name: string }; reply: null }
  /** What the file says by itself, without the user's repairs. */
  'scene.factsAsRead': { payload: { sceneId: string }; reply: SceneFacts }
  'scene.repair': { payload: { sceneId: string; repairs: SceneRepairs }; reply: null }
  /** Asks for the file's new place. `anyway` takes a file that is not the same one. */
  'scene.relink': { payload: { sceneId: string; anyway: boolean }; reply: { linked: boolean } | null }
  'scene.remove': { payload: { sceneId: string }; reply: null }
  'scene.showInFolder': { payload: { sceneId: string }; reply: null }

  'training.forecast': { payload: { sceneIds: string[]; plan: TrainingPlan }; reply: TrainingForecast }
  /** Starts or queues a fine-tuning; gives the run's id. */
  'training.start': { payload: { sceneIds: string[]; plan: TrainingPlan }; reply: { runId: string } }
  /** Goes on with a run that was interrupted. */
  'training.continue': { payload: { runId: string }; reply: null }
  'run.curves': { payload: { runId: string }; reply: RunCurves }
  /** null when there are none (yet). */
  'run.patches': { payload: { runId: string }; reply: RunPatches | null }
  'run.rename': { payload: { runId: string; name: string }; reply: null }
  'run.remove': { payload: { runId: string }; reply: null }

  'model.rename': { payload: { modelId: string; name: string }; reply: null }
  'model.remove': { payload: { modelId: string }; reply: null }
  /** Asks where to; one file. */
  'model.export': { payload: { modelId: string }; reply: string | null }
  /** Asks for a file; gives the model's id. */
  'model.import': { payload: null; reply: { modelId: string } | null }

  'upscale.forecast': { payload: { sceneIds: string[]; plan: UpscalePlan }; reply: UpscaleForecast[] }
  /** Asks for a file (one scene) or a folder (several), then starts or queues; gives the results' ids. `warning`: the disk may be too small. */
  'upscale.start': { payload: { sceneIds: string[]; plan: UpscalePlan }; reply: { resultIds: string[]; warning: string | null } | null }
  'upscale.continue': { payload: { resultId: string }; reply: null }
  'result.rename': { payload: { resultId: string; name: string }; reply: null }
  /** From the list; with `deleteFiles` the files go to the system's trash. */
  'result.remove': { payload: { resultId: string; deleteFiles: boolean }; reply: null }
  'result.showInFolder': { payload: { resultId: string }; reply: null }

  'analysis.checkFormula': { payload: { sceneId: string; formula: string }; reply: FormulaCheck }
  /** Starts or queues a computation; `resultId` null = of the scene itself. The layer is in the project once the job is done. */
  'analysis.start': { payload: { sceneId: string; resultId: string | null; analysis: Analysis }; reply: { layerId: string; jobId: string } }
  /** Copies the layer's GeoTIFF where the user says; null when cancelled, else the path. */
  'analysis.export': { payload: { layerId: string }; reply: string | null }
  'analysis.remove': { payload: { layerId: string }; reply: null }
  /**
   * Saves spectra (values [names, bands], NaN = none) as an ENVI spectral library where the user says; null when
   * cancelled, else the path.
   */
  'analysis.saveLibrary': { payload: { suggestedName: string; names: string[]; wavelengthNm: number[] | null; values: Float32Array }; reply: string | null }

  'job.list': { payload: null; reply: JobView[] }
  'job.pause': { payload: { jobId: string }; reply: null }
  'job.resume': { payload: { jobId: string }; reply: null }
  /** Ends at the next good moment and keeps the best so far. */
  'job.stop': { payload: { jobId: string }; reply: null }
  'job.cancel': { payload: { jobId: string }; reply: null }
}

export interface Events {
  'project.changed': ProjectView | null
  'settings.changed': Settings
  /** All jobs of this session, when one begins, ends or changes state. */
  'jobs.changed': JobView[]
  'job.progress': { jobId: string; progress: Progress }
  /** New entries of a run's curves; `lines` when they are first known. */
  'run.grew': { runId: string; added: RunCurves }
  'run.patches': { runId: string; patches: RunPatches }
  /** A command of the application's menu that the window carries out: see `COMMANDS`. */
  'menu.command': Command
}

/** What menus, shortcuts and the command palette can ask the window to do. */
export const COMMANDS = [
  'new-project', 'open-project', 'open-sample', 'close-project', 'import-scenes', 'fine-tune', 'upscale', 'undo',
  'command-palette', 'settings', 'about', 'shortcuts', 'next-page', 'previous-page', 'toggle-theme',
] as const
export type Command = (typeof COMMANDS)[number]

export type RequestName = keyof Requests
export type EventName = keyof Events

/** Every channel, for the preload script's and main's checks; the compiler refuses a missing or superfluous one. */
export const REQUEST_NAMES = Object.keys({
  'app.describe': 0, 'app.devices': 0, 'app.openLog': 0, 'app.copyText': 0, 'app.saveFile': 0,
  'settings.read': 0, 'settings.change': 0, 'settings.chooseCacheFolder': 0, 'settings.clearCache': 0,
  'recent.list': 0, 'recent.forget': 0, 'recent.locate': 0,
  'project.current': 0, 'project.create': 0, 'project.open': 0, 'project.openRecent': 0, 'project.openSample': 0,
  'project.rename': 0, 'project.close': 0, 'project.undo': 0, 'project.showInFolder': 0,
  'import.choose': 0, 'import.inspect': 0, 'import.chooseVariable': 0, 'import.repair': 0, 'import.accept': 0, 'import.dismiss': 0,
  'scene.rename': 0, 'scene.factsAsRead': 0, 'scene.repair': 0, 'scene.relink': 0, 'scene.remove': 0, 'scene.showInFolder': 0,
  'training.forecast': 0, 'training.start': 0, 'training.continue': 0,
  'run.curves': 0, 'run.patches': 0, 'run.rename': 0, 'run.remove': 0,
  'model.rename': 0, 'model.remove': 0, 'model.export': 0, 'model.import': 0,
  'upscale.forecast': 0, 'upscale.start': 0, 'upscale.continue': 0, 'result.rename': 0, 'result.remove': 0, 'result.showInFolder': 0,
  'analysis.checkFormula': 0, 'analysis.start': 0, 'analysis.export': 0, 'analysis.remove': 0, 'analysis.saveLibrary': 0,
  'job.list': 0, 'job.pause': 0, 'job.resume': 0, 'job.stop': 0, 'job.cancel': 0,
} satisfies Record<RequestName, 0>) as RequestName[]

export const EVENT_NAMES = Object.keys({
  'project.changed': 0, 'settings.changed': 0, 'jobs.changed': 0, 'job.progress': 0, 'run.grew': 0, 'run.patches': 0, 'menu.command': 0,
} satisfies Record<EventName, 0>) as EventName[]

/** What the preload script puts on `window.dacn`. */
export interface DacnBridge {
  invoke<K extends RequestName>(name: K, payload: Requests[K]['payload']): Promise<Reply<Requests[K]['reply']>>
  /** Gives the way to stop listening. */
  subscribe<K extends EventName>(name: K, listener: (event: Events[K]) => void): () => void
  /** Absolute path of a file that was dropped on the window; '' for one that is not on disk. */
  pathOfFile(file: File): string
}

/** Message that hands the window its port to the scene process (`event.ports[0]`), anew whenever that process starts. */
export const PIXEL_PORT_MESSAGE = 'dacn.pixel-port'
