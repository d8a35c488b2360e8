import { basename, join } from 'node:path'
import type { ProjectView } from '../../preload/contract'
import { toStudioError } from '../common/errors'
import { Project } from '../project/project'
import type { RecentProjects } from '../project/recent-projects'
import { openSampleProject } from '../project/sample-project'
import type { Handlers } from './handlers'
import type { Platform } from './platform'
import type { SceneQuestions } from './scene-questions'
import type { Session } from './session'

type ProjectRequests = Extract<keyof Handlers, `project.${string}` | `recent.${string}`>

const SAMPLE_FOLDER = 'DACN Studio sample'

/** Opens the project in `folder`; the one that is open already is only shown again. */
export async function openProjectIn(session: Session, folder: string): Promise<ProjectView> {
  if (session.holds(folder)) return session.current.view()
  return session.replace((surroundings) => Project.open(folder, surroundings))
}

/** First screen and project menu. */
export function projectHandlers(session: Session, recent: RecentProjects, platform: Platform, scenes: SceneQuestions): Pick<Handlers, ProjectRequests> {
  const { dialogs, folders } = platform
  return {
    'recent.list': () => recent.list(),
    'recent.forget': async ({ id }) => {
      await recent.forget(id)
      return recent.list()
    },
    'recent.locate': async ({ id }) => {
      const before = await recent.folderOf(id)
      const folder = await dialogs.chooseFolder({ title: `Where is ${basename(before)} now?`, button: 'Open' })
      if (folder === null) return null
      const view = await openProjectIn(session, folder)
      if (folder !== before) await recent.forget(id)
      return view
    },

    'project.current': () => Promise.resolve(session.view),
    'project.create': async () => {
      const folder = await dialogs.chooseSavePath({ title: 'New project', suggested: join(folders.documents, 'New project'), filters: [] })
      return folder === null ? null : session.replace((surroundings) => Project.create(folder, basename(folder), surroundings))
    },
    'project.open': async () => {
      const folder = await dialogs.chooseFolder({ title: 'Open project', button: 'Open', startAt: folders.documents })
      return folder === null ? null : openProjectIn(session, folder)
    },
    'project.openRecent': async ({ id }) => openProjectIn(session, await recent.folderOf(id)),
    'project.openSample': async () => {
      const folder = join(folders.documents, SAMPLE_FOLDER)
      if (session.holds(folder)) return session.current.view()
      return session.replace((surroundings) => openSampleProject(folder, surroundings, (path) => scenes.fingerprint(path, null)))
    },
    'project.rename': async ({ name }) => {
      const { project } = session
      project.content.rename(name)
      await recent.add({ id: project.content.id, name, folder: project.folder })
        .catch((error: unknown) => { platform.log(`The list of recent projects was not saved: ${toStudioError(error).message}`) })
      return null
    },
    'project.close': async () => {
      await session.close()
      return null
    },
    'project.undo': async () => {
      const open = session.current
      await open.project.removed.undo()
      void open.refresh()
      return null
    },
    'project.showInFolder': () => {
      platform.showInFolder(session.project.paths.layout.file)
      return Promise.resolve(null)
    },
  }
}
