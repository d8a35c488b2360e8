import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { PROJECT_FILE } from './project-file'

/** Where things lie in a project's folder. */
export interface ProjectLayout {
  file: string
  /** The state before the last save: taken when `file` is damaged. */
  previous: string
  lock: string
  /** A folder a model. */
  models: string
  /** `ID.jsonl` and `ID.patches` a run. */
  runs: string
  /** Where upscaled scenes go unless the user says otherwise. */
  results: string
  /** A folder of working copies a scene, named by its id; may be deleted at any time. */
  cache: string
  /** Files of records that were removed, a folder each, until the project is closed. */
  removed: string
}

export function projectLayout(folder: string): ProjectLayout {
  return {
    file: join(folder, PROJECT_FILE),
    previous: join(folder, `${PROJECT_FILE}.previous`),
    lock: join(folder, 'project.lock'),
    models: join(folder, 'models'),
    runs: join(folder, 'runs'),
    results: join(folder, 'results'),
    cache: join(folder, 'cache'),
    removed: join(folder, 'removed'),
  }
}

/** A fresh id such as 'run-3f09ab12cd'. */
export function newId(kind: 'project' | 'scene' | 'model' | 'run' | 'result' | 'layer'): string {
  return `${kind}-${randomBytes(5).toString('hex')}`
}
