import { rename, stat } from 'node:fs/promises'
import { StudioError, toStudioError } from '../common/errors'
import { describeIssue } from './describe-issue'
import { readJsonFile } from './json-text'
import { migrate } from './migrations'
import { projectFileSchema, type ProjectFile } from './project-file'
import { projectLayout } from './project-layout'

/** Far more than a project of thousands of results takes. */
const MAX_BYTES = 64e6

export interface LoadedProject {
  file: ProjectFile
  /** What the file says, to be kept as the previous state. */
  text: string
  /** For the user, when the state before the last save had to be taken; the file on disk is gone then. */
  notice: string | null
}

/**
 * Reads and checks the project file of `folder`. A damaged one is put aside as `project.json.broken` and the state before
 * the last save is taken instead. Errors: 'not-found' (no project here), 'unsupported' (newer version), 'io', and when there is
 * no earlier state either 'malformed', 'truncated' or 'too-large'.
 */
export async function readProject(folder: string): Promise<LoadedProject> {
  const { file: path, previous } = projectLayout(folder)
  let damage: StudioError
  try {
    return { ...await readProjectFile(path), notice: null }
  } catch (error) {
    damage = toStudioError(error, path)
    if (damage.tag === 'unsupported' || damage.tag === 'io') throw damage
  }
  const earlier = await readProjectFile(previous).catch((error: unknown) => toStudioError(error, previous))
  if (earlier instanceof StudioError) {
    if (earlier.tag === 'unsupported') throw earlier
    throw damage.tag === 'not-found' && earlier.tag === 'not-found' ? noProject(folder) : withRemedy(damage, previous)
  }
  const saved = (await stat(previous)).mtime.toISOString()
  if (damage.tag === 'not-found') return { ...earlier, notice: `${path} was missing: the project is as it was before its last save (${saved}).` }
  const broken = `${path}.broken`
  await rename(path, broken)
  return { ...earlier, notice: `${damage.message} The project is as it was before its last save (${saved}); the damaged file was kept as ${broken}.` }
}

/** Reads one file, without a look at the previous state. */
async function readProjectFile(path: string): Promise<{ file: ProjectFile; text: string }> {
  const { json, text } = await readJsonFile(path, MAX_BYTES)
  return { file: checkProject(migrate(json, path), path), text }
}

function checkProject(json: unknown, path: string): ProjectFile {
  const parsed = projectFileSchema.safeParse(json)
  if (!parsed.success) throw malformed(path, describeIssue(parsed.error))
  const { scenes, models, runs, results, layers = [] } = parsed.data
  const ids = [...scenes, ...models, ...runs, ...results, ...layers].map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw malformed(path, `the id "${twice}" is used twice`)
  return parsed.data
}

function malformed(path: string, what: string): StudioError {
  return new StudioError('malformed', `${path}: ${what}.`, { file: path, remedy: 'Restore the file from a backup.' })
}

export function noProject(folder: string): StudioError {
  return new StudioError('not-found', `${folder}: there is no project in this folder.`, { file: folder, remedy: 'Choose a folder that holds a project.json, or make a new project.' })
}

function withRemedy(damage: StudioError, previous: string): StudioError {
  return new StudioError(damage.tag, damage.message, {
    ...(damage.file === undefined ? {} : { file: damage.file }),
    cause: damage,
    remedy: `Restore the file from a backup: the state before the last save, ${previous}, can't be used either.`,
  })
}
