import { StudioError } from '../common/errors'
import { layerRecordSchema, modelRecordSchema, PROJECT_VERSION, projectFileSchema, resultRecordSchema, runRecordSchema, sceneRecordSchema } from './project-file'
import type { LayerRecord, ModelRecord, ProjectFile, ResultRecord, RunRecord, SceneRecord } from './project-file'
import { RecordList } from './record-list'
import { shippedModels } from './shipped-models'

/** States of work that a program has in its hands; none of them outlives the program. */
const UNDER_WAY: readonly RunRecord['state'][] = ['queued', 'running', 'paused']

export function isUnderWay({ state }: Pick<RunRecord, 'state'>): boolean {
  return UNDER_WAY.includes(state)
}

/** What an open project holds, in memory. */
export class ProjectContent {
  readonly id: string
  readonly createdUtc: string
  readonly scenes: RecordList<SceneRecord>
  /** The project's own; `allModels` has the shipped ones too. */
  readonly models: RecordList<ModelRecord>
  readonly runs: RecordList<RunRecord>
  readonly results: RecordList<ResultRecord>
  readonly layers: RecordList<LayerRecord>
  private readonly shipped: readonly ModelRecord[]
  private currentName: string

  /** @param changed hears of every change after this */
  constructor(file: ProjectFile, private readonly changed: () => void) {
    this.id = file.id
    this.createdUtc = file.createdUtc
    this.currentName = file.name
    this.scenes = new RecordList('scene', sceneRecordSchema, file.scenes, changed)
    this.models = new RecordList('model', modelRecordSchema, file.models, changed)
    this.runs = new RecordList('run', runRecordSchema, file.runs, changed)
    this.results = new RecordList('result', resultRecordSchema, file.results, changed)
    this.layers = new RecordList('layer', layerRecordSchema, file.layers ?? [], changed)
    this.shipped = shippedModels(file.createdUtc)
  }

  get name(): string {
    return this.currentName
  }

  /** Throws 'invalid-argument' for a name that is empty or very long. */
  rename(name: string): void {
    if (!projectFileSchema.shape.name.safeParse(name).success) throw new StudioError('invalid-argument', 'The name of a project has 1 to 300 characters.', { remedy: 'Choose another name.' })
    this.currentName = name
    this.changed()
  }

  /** The shipped models first. */
  get allModels(): readonly ModelRecord[] {
    return [...this.shipped, ...this.models.all]
  }

  /** A model of the project or of the program. Throws 'not-found'. */
  model(modelId: string): ModelRecord {
    return this.shipped.find(({ id }) => id === modelId) ?? this.models.get(modelId)
  }

  has(id: string): boolean {
    return [this.scenes, this.models, this.runs, this.results, this.layers].some((list) => list.find(id) !== undefined)
  }

  /** After the program ended in the middle: what was under way is 'interrupted', to be continued. */
  markInterrupted(): void {
    for (const run of this.runs.all.filter(isUnderWay)) this.runs.update(run.id, { state: 'interrupted', error: null })
    for (const result of this.results.all.filter(isUnderWay)) this.results.update(result.id, { state: 'interrupted', error: null })
  }

  toFile(): ProjectFile {
    return {
      format: 'dacn-project', version: PROJECT_VERSION, id: this.id, name: this.currentName, createdUtc: this.createdUtc,
      scenes: [...this.scenes.all], models: [...this.models.all], runs: [...this.runs.all], results: [...this.results.all],
      ...(this.layers.all.length === 0 ? {} : { layers: [...this.layers.all] }),
    }
  }
}
