import type { ModelView } from '../../preload/contract'
import { toStudioError } from '../common/errors'
import { loadManifest } from '../model/checkpoint'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import type { Project } from '../project/project'
import { modelCard } from './model-card'

type Description = Pick<ModelView, 'card' | 'damage'>

/** The models of the open project, the shipped ones first, with what their folders say. */
export class ModelShelf {
  private readonly descriptions = new Map<string, Description>()

  constructor(private readonly project: Project, private readonly changed: () => void) {}

  /** Reads all models' descriptions again. Never rejects. */
  async refreshAll(): Promise<void> {
    await Promise.all(this.project.content.allModels.map(({ id }) => this.refresh(id)))
  }

  async refresh(modelId: string): Promise<void> {
    let description: Description
    try {
      description = { card: modelCard(await this.manifest(modelId)), damage: null }
    } catch (error) {
      description = { card: null, damage: toStudioError(error).toJSON() }
    }
    this.descriptions.set(modelId, description)
    this.changed()
  }

  /** A model's description from its folder. Errors: those of `loadManifest`, 'not-found' for an unknown model. */
  async manifest(modelId: string): Promise<CheckpointManifest> {
    return loadManifest(this.project.paths.modelFolder(modelId))
  }

  views(): ModelView[] {
    return this.project.content.allModels.map((model) => ({ ...model, ...(this.descriptions.get(model.id) ?? { card: null, damage: null }) }))
  }
}
