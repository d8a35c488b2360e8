import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../common/errors'
import { readConfigFile, writeConfigFile } from './config-file'
import { holdsProject } from './project'

/** A project on this machine that was open before. */
export interface RecentProject {
  /** Of the entry, not of the project: a project and its copy are two entries. */
  id: string
  name: string
  folder: string
  openedUtc: string
  /** The folder is gone or holds no project any more. */
  missing: boolean
}

const entrySchema = z.object({ projectId: z.string(), name: z.string(), folder: z.string().min(1), openedUtc: z.string() })
type Entry = z.infer<typeof entrySchema>

const MOST = 20

/** The projects opened last, newest first, kept in `recent.json` of the configuration folder. A damaged file counts as none. */
export class RecentProjects {
  private readonly path: string
  private last: Promise<unknown> = Promise.resolve()

  constructor(configFolder: string) {
    this.path = join(configFolder, 'recent.json')
  }

  async list(): Promise<RecentProject[]> {
    return Promise.all((await this.read()).map(async ({ name, folder, openedUtc }) =>
      ({ id: entryId(folder), name, folder, openedUtc, missing: !await holdsProject(folder) })))
  }

  /** Throws 'not-found' for an entry that was forgotten meanwhile. */
  async folderOf(id: string): Promise<string> {
    const entry = (await this.read()).find(({ folder }) => entryId(folder) === id)
    if (entry === undefined) throw new StudioError('not-found', 'This project is not in the list of recent ones any more.', { remedy: 'Open it by its folder.' })
    return entry.folder
  }

  /** Puts a project that was opened, or renamed, in front. Where it was before it moved is forgotten. */
  async add(project: { id: string; name: string; folder: string }): Promise<void> {
    const added: Entry = { projectId: project.id, name: project.name, folder: resolve(project.folder), openedUtc: new Date().toISOString() }
    await this.change(async (entries) => {
      const kept = await Promise.all(entries.map(async (entry) =>
        entry.folder !== added.folder && (entry.projectId !== added.projectId || await holdsProject(entry.folder)) ? [entry] : []))
      return [added, ...kept.flat()].slice(0, MOST)
    })
  }

  async forget(id: string): Promise<void> {
    await this.change((entries) => Promise.resolve(entries.filter(({ folder }) => entryId(folder) !== id)))
  }

  private async read(): Promise<Entry[]> {
    const { json } = await readConfigFile(this.path)
    return (Array.isArray(json) ? json : []).flatMap((entry) => {
      const parsed = entrySchema.safeParse(entry)
      return parsed.success ? [parsed.data] : []
    })
  }

  private async change(edit: (entries: Entry[]) => Promise<Entry[]>): Promise<void> {
    const turn = this.last.then(async () => { await writeConfigFile(this.path, await edit(await this.read())) })
    this.last = turn.catch(() => undefined)
    await turn
  }
}

function entryId(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 16)
}
