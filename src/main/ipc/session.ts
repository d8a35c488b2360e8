import type { ProjectView } from '../../preload/contract'
import { StudioError, toStudioError } from '../common/errors'
import type { Project, ProjectSurroundings } from '../project/project'
import type { RecentProjects } from '../project/recent-projects'
import type { SettingsFile } from '../project/settings-file'
import { ImportDesk } from './import-desk'
import type { JobBoard } from './job-board'
import { OpenProject } from './open-project'
import type { Platform } from './platform'
import type { SceneQuestions } from './scene-questions'

export interface SessionParts {
  platform: Platform
  scenes: SceneQuestions
  board: JobBoard
  settings: SettingsFile
  recent: RecentProjects
}

/** What is open: at most one project at a time. */
interface Opened {
  open: OpenProject
  imports: ImportDesk
}

/** Opens and closes projects, one after the other, and knows the one that is open. */
export class Session {
  private opened: Opened | null = null
  private last: Promise<unknown> = Promise.resolve()

  constructor(private readonly parts: SessionParts) {}

  /** null when no project is open. */
  get view(): ProjectView | null {
    return this.opened?.open.view() ?? null
  }

  /** null when no project is open. */
  get openProject(): OpenProject | null {
    return this.opened?.open ?? null
  }

  /** Throws 'invalid-argument' when no project is open. */
  get current(): OpenProject {
    return this.required.open
  }

  get project(): Project {
    return this.current.project
  }

  get imports(): ImportDesk {
    return this.required.imports
  }

  /**
   * Puts the project that `start` gives in the place of the one that is open. When that fails, the earlier one stays open.
   * Throws 'invalid-argument' while jobs of the open project run.
   */
  async replace(start: (surroundings: ProjectSurroundings) => Promise<Project>): Promise<ProjectView> {
    return this.inTurn(async () => {
      this.refuseWhileJobsRun()
      const project = await start({ trash: (path) => this.parts.platform.trash(path) })
      try {
        await this.closeOpened()
      } catch (error) {
        await project.abandon()
        throw error
      }
      return this.take(project)
    })
  }

  /** Shows the open project again when it is the one in `folder`; false when it is not. */
  holds(folder: string): boolean {
    return this.opened?.open.project.folder === folder
  }

  /** Closes the open project, if any. Errors: 'invalid-argument' while its jobs run, 'io' when it can't be saved. */
  async close(): Promise<void> {
    await this.inTurn(async () => {
      this.refuseWhileJobsRun()
      await this.closeOpened()
      this.parts.platform.emit('project.changed', null)
    })
  }

  private get required(): Opened {
    if (this.opened === null) throw new StudioError('invalid-argument', 'No project is open.', { remedy: 'Open or create a project first.' })
    return this.opened
  }

  private async take(project: Project): Promise<ProjectView> {
    const { platform, scenes, board, settings, recent } = this.parts
    const open = new OpenProject(project, {
      scenes,
      cacheFolder: () => settings.current.cacheFolder,
      log: (message) => { platform.log(message) },
      prepare: async (scene, preparation) => {
        const title = preparation.overviews === undefined ? `Preparing ${scene.name}` : `Overviews of ${scene.name}`
        await board.start({ kind: 'prepare', title, subject: scene.id, spec: { kind: 'prepare', ...preparation } }).completed
      },
    }, (view) => { platform.emit('project.changed', view) })
    this.opened = { open, imports: new ImportDesk(project, scenes) }
    for (const notice of project.notices) platform.log(notice)
    await recent.add({ id: project.content.id, name: project.content.name, folder: project.folder })
      .catch((error: unknown) => { platform.log(`The list of recent projects was not saved: ${toStudioError(error).message}`) })
    void open.refresh()
    open.changed()
    return open.view()
  }

  private async closeOpened(): Promise<void> {
    if (this.opened === null) return
    const { open, imports } = this.opened
    // what is left are working copies, which are made again when they are needed
    await this.parts.board.endAll('cancel')
    await open.close()
    this.opened = null
    await imports.close()
  }

  private refuseWhileJobsRun(): void {
    const running = this.parts.board.active().filter(({ kind }) => kind === 'train' || kind === 'upscale')
    const [first] = running
    if (first === undefined) return
    throw new StudioError('invalid-argument', `${first.title}${running.length > 1 ? ` and ${running.length - 1} more` : ''} is not finished; the project stays open until then.`, {
      remedy: 'Wait, or stop or cancel what is running, then try again.',
    })
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work)
    this.last = turn.catch(() => undefined)
    return turn
  }
}
