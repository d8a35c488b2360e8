import { mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { writeFileAtomic } from '../common/atomic-file'
import { StudioError, toStudioError } from '../common/errors'
import { Autosave, type SaveListener } from './autosave'
import { toJsonText } from './json-text'
import { ProjectContent } from './project-content'
import { PROJECT_FILE, PROJECT_VERSION, type ProjectFile } from './project-file'
import { newId, projectLayout } from './project-layout'
import { ProjectLock } from './project-lock'
import { ProjectPaths } from './project-paths'
import { noProject, readProject } from './read-project-file'
import { RemovedRecords } from './removed-records'
import { listRemoved, restoreRemoved } from './removed-files'
import { exists } from './stored-path'

/** What a project needs from the program around it. */
export interface ProjectSurroundings {
  /** Moves a file or folder to the system's trash. */
  trash(path: string): Promise<void>
}

export interface ProjectListener extends Partial<SaveListener> {
  /** The lists or the name changed; bursts are for the listener to thin. */
  changed?(): void
}

/** Changes within this time are saved together. */
const SAVE_DELAY_MS = 200

/**
 * An open project: its lists in memory, saved soon after each change, and its folder, which no other program writes to
 * meanwhile. Scenes stay where they are; models, curves, pictures and (by default) results lie in the folder.
 */
export class Project {
  readonly content: ProjectContent
  readonly paths: ProjectPaths
  readonly removed: RemovedRecords
  /** What the user should know about how the project was opened, e.g. that a damaged file was replaced. */
  readonly notices: string[] = []
  private readonly autosave: Autosave
  private readonly listeners = new Set<ProjectListener>()
  private isClosed = false

  /** @param savedText what is on disk, kept as the previous state by the next save; null = nothing yet */
  private constructor(
    readonly folder: string, file: ProjectFile, private savedText: string | null,
    private readonly lock: ProjectLock, private readonly surroundings: ProjectSurroundings,
  ) {
    this.content = new ProjectContent(file, () => { this.hearChange() })
    this.paths = new ProjectPaths(folder, this.content)
    this.removed = new RemovedRecords(this.content, this.paths, () => this.flush(), (path) => surroundings.trash(path))
    this.autosave = new Autosave(() => this.save(), {
      saveFailed: (error) => { for (const listener of this.listeners) listener.saveFailed?.(error) },
      saveRecovered: () => { for (const listener of this.listeners) listener.saveRecovered?.() },
    }, SAVE_DELAY_MS)
  }

  /**
   * Makes a project in `folder`, which may exist already and hold other files. Errors: 'invalid-argument' (it holds a
   * project, or the name is empty), 'io' (the disk refuses, or another program is at it).
   */
  static async create(folder: string, name: string, surroundings: ProjectSurroundings): Promise<Project> {
    const root = resolve(folder)
    await makeFolder(root)
    return underLock(root, async (lock) => {
      if (await holdsProject(root)) {
        throw new StudioError('invalid-argument', `${root}: there is a project in this folder already.`, { file: root, remedy: 'Open it, or choose another folder.' })
      }
      const project = new Project(root, {
        format: 'dacn-project', version: PROJECT_VERSION, id: newId('project'), name: '', createdUtc: new Date().toISOString(),
        scenes: [], models: [], runs: [], results: [],
      }, null, lock, surroundings)
      return project.orAbandon(async () => {
        project.content.rename(name)
        await project.makeFolders()
        await project.flush()
      })
    })
  }

  /**
   * Opens the project in `folder`. Runs and results that were under way when the program ended become 'interrupted'; instead
   * of a damaged file the state before the last save is taken (see `notices`). Errors: those of `readProject`, and 'io'
   * naming who has the project open.
   */
  static async open(folder: string, surroundings: ProjectSurroundings): Promise<Project> {
    const root = resolve(folder)
    if (!await holdsProject(root)) throw noProject(root)
    return underLock(root, async (lock) => {
      const { file, text, notice } = await readProject(root)
      const project = new Project(root, file, text, lock, surroundings)
      return project.orAbandon(async () => {
        if (notice !== null) {
          project.notices.push(notice)
          project.autosave.schedule()
        }
        project.content.markInterrupted()
        await project.makeFolders()
        await project.tidy()
      })
    })
  }

  /** @returns the way to stop listening */
  subscribe(listener: ProjectListener): () => void {
    this.listeners.add(listener)
    return () => { this.listeners.delete(listener) }
  }

  /** Resolves when all changes are on disk; rejects with why they are not (saving goes on to be tried). */
  async flush(): Promise<void> {
    await this.autosave.flush()
  }

  /**
   * Saves, hands what was removed to the trash, and lets other programs at the project. When the disk refuses it
   * rejects and the project stays open: try again, or give up by `abandon`.
   */
  async close(): Promise<void> {
    if (this.isClosed) return
    await this.flush()
    await this.trashRemoved()
    await this.abandon()
  }

  /** Closes without saving what is not on disk yet. */
  async abandon(): Promise<void> {
    this.isClosed = true
    await this.autosave.stop()
    await this.lock.release()
  }

  /** A project that can't be set up must not go on saving. */
  private async orAbandon(setUp: () => Promise<void>): Promise<this> {
    try {
      await setUp()
      return this
    } catch (error) {
      await this.abandon()
      throw error
    }
  }

  private hearChange(): void {
    if (this.isClosed) throw new StudioError('invalid-argument', `${this.folder}: the project is closed.`, { file: this.folder, remedy: 'Open it again.' })
    this.autosave.schedule()
    for (const listener of this.listeners) listener.changed?.()
  }

  private async save(): Promise<void> {
    await this.lock.assertHeld()
    const { file, previous } = this.paths.layout
    const text = toJsonText(this.content.toFile(), 2) + '\n'
    if (this.savedText !== null) await writeFileAtomic(previous, this.savedText)
    await writeFileAtomic(file, text)
    this.savedText = text
  }

  private async makeFolders(): Promise<void> {
    const { models, runs, results, cache } = this.paths.layout
    for (const folder of [models, runs, results, cache]) await makeFolder(folder)
  }

  /** After a crash: files half written go, files of removed records go to the trash, those of records that are still listed come back. */
  private async tidy(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (name.startsWith(`.${PROJECT_FILE}`) && name.endsWith('.tmp')) await rm(join(this.folder, name), { force: true })
    }
    for (const id of await listRemoved(this.folder)) {
      if (!this.content.has(id)) continue
      await restoreRemoved(this.folder, id).catch((error: unknown) => { this.notices.push(toStudioError(error).message) })
    }
    await this.trashRemoved()
  }

  private async trashRemoved(): Promise<void> {
    for (const id of await listRemoved(this.folder)) {
      if (this.content.has(id)) continue
      const path = join(this.paths.layout.removed, id)
      // it stays where it is until the next opening or closing tries again
      await this.surroundings.trash(path).catch((error: unknown) => { this.notices.push(`${path}: could not be moved to the trash: ${toStudioError(error).message}`) })
    }
  }
}

/** Whether `folder` holds a project, even one whose file was lost. */
export async function holdsProject(folder: string): Promise<boolean> {
  const { file, previous } = projectLayout(folder)
  return await exists(file) || await exists(previous)
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => { throw toStudioError(error, folder) })
}

/** Takes the lock for as long as the project is open; lets it go when `work` fails. */
async function underLock(folder: string, work: (lock: ProjectLock) => Promise<Project>): Promise<Project> {
  const lock = await ProjectLock.take(projectLayout(folder).lock)
  try {
    return await work(lock)
  } catch (error) {
    await lock.release()
    throw toStudioError(error, folder)
  }
}
