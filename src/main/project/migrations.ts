import { StudioError } from '../common/errors'
import { PROJECT_VERSION } from './project-file'

/** Makes a project file of version N + 1 from one of version N; may change what it is given. */
type Migration = (file: Record<string, unknown>) => Record<string, unknown>

/** The first entry makes version 2 from version 1, and so on: one for each version before the current one. */
const MIGRATIONS: readonly Migration[] = []

/**
 * Brings the content of a project file to the current version; what it holds is checked afterwards, by the schema.
 * Errors: 'malformed' (no project file), 'unsupported' (written by a newer version of the program).
 */
export function migrate(json: unknown, path: string, migrations: readonly Migration[] = MIGRATIONS, current: number = PROJECT_VERSION): Record<string, unknown> {
  if (!isProject(json)) {
    throw new StudioError('malformed', `${path}: this is not the file of a DACN Studio project.`, { file: path, remedy: 'Choose the folder of a project, or restore the file from a backup.' })
  }
  if (json.version > current) {
    throw new StudioError('unsupported', `${path}: written by a newer version of DACN Studio (format ${json.version}; this one reads up to ${current}).`, {
      file: path, remedy: 'Update DACN Studio; the project was left as it is.',
    })
  }
  return migrations.slice(json.version - 1).reduce<Record<string, unknown>>((file, step, index) => ({ ...step(file), version: json.version + index + 1 }), json)
}

function isProject(json: unknown): json is Record<string, unknown> & { version: number } {
  if (typeof json !== 'object' || json === null || !('format' in json) || !('version' in json)) return false
  return json.format === 'dacn-project' && Number.isInteger(json.version) && (json.version as number) >= 1
}
