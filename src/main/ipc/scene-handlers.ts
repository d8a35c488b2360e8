import { StudioError } from '../common/errors'
import { isUnderWay } from '../project/project-content'
import type { Handlers } from './handlers'
import { SCENE_FILTERS } from './import-handlers'
import type { JobBoard } from './job-board'
import type { OpenProject } from './open-project'
import type { Platform } from './platform'
import type { SceneQuestions } from './scene-questions'
import type { Session } from './session'

type SceneRequests = Extract<keyof Handlers, `scene.${string}`>

/** Scenes of the project. */
export function sceneHandlers(session: Session, scenes: SceneQuestions, board: JobBoard, platform: Platform): Pick<Handlers, SceneRequests> {
  /** By scene: the file that was chosen last and is another scene, to be taken when the user says so. */
  const otherFiles = new Map<string, string>()
  return {
    'scene.rename': ({ sceneId, name }) => {
      session.project.content.scenes.update(sceneId, { name })
      return Promise.resolve(null)
    },
    'scene.factsAsRead': async ({ sceneId }) => {
      const { project: { content, paths } } = session.current
      const { variable } = content.scenes.get(sceneId)
      const { path } = await paths.locateScene(sceneId)
      const { scene, error } = await scenes.inspect({ path, variable, repairs: {} })
      if (scene !== null) return scene.facts
      throw error === null ? new StudioError('not-found', `${path}: the scene is not in the file any more.`, { file: path, remedy: 'Choose the scene\'s new place.' }) : StudioError.fromJSON(error)
    },
    'scene.repair': async ({ sceneId, repairs }) => {
      const open = session.current
      const { variable } = open.project.content.scenes.get(sceneId)
      const { path, found } = await open.project.paths.locateScene(sceneId)
      if (found) {
        // repairs that do not fit the scene change nothing
        const { error } = await scenes.inspect({ path, variable, repairs })
        if (error !== null) throw StudioError.fromJSON(error)
      }
      open.project.content.scenes.update(sceneId, { repairs })
      await open.scenes.refresh(sceneId)
      return null
    },
    'scene.relink': async ({ sceneId, anyway }) => {
      const open = session.current
      const { name, variable, fingerprint, repairs } = open.project.content.scenes.get(sceneId)
      const before = anyway ? otherFiles.get(sceneId) : undefined
      const path = before ?? (await platform.dialogs.chooseFiles({ title: `Where is ${name} now?`, filters: SCENE_FILTERS, several: false }))?.[0]
      if (path === undefined) return null
      const found = await scenes.fingerprint(path, variable)
      if (found !== fingerprint && !anyway) {
        otherFiles.set(sceneId, path)
        return { linked: false }
      }
      otherFiles.delete(sceneId)
      const { error } = found === fingerprint ? { error: null } : await scenes.inspect({ path, variable, repairs })
      if (error?.tag === 'invalid-argument') {
        // made for another number of bands: the scene could never be opened with them, and so never be corrected
        const fitting = { ...repairs }
        delete fitting.badBands
        delete fitting.wavelengthNm
        open.project.content.scenes.update(sceneId, { repairs: fitting })
        open.project.notices.push(`${name}: the corrections of its bands do not fit the file that stands for it now and were left out (${error.message})`)
      }
      open.project.paths.relinkScene(sceneId, path, found)
      await open.scenes.refresh(sceneId)
      return { linked: true }
    },
    'scene.remove': async ({ sceneId }) => {
      const open = session.current
      refuseInUse(open, sceneId)
      await board.cancelFor(sceneId)
      await open.project.removed.removeScene(sceneId)
      await open.scenes.forget(sceneId)
      return null
    },
    'scene.showInFolder': async ({ sceneId }) => {
      const { path, found } = await session.project.paths.locateScene(sceneId)
      if (!found) throw new StudioError('not-found', `${path}: the file does not exist.`, { file: path, remedy: 'If it was moved, choose its new place.' })
      platform.showInFolder(path)
      return null
    },
  }
}

/** Throws 'invalid-argument' while a fine-tuning or upscaling reads the scene. */
function refuseInUse({ project: { content } }: OpenProject, sceneId: string): void {
  const user = content.runs.all.find((run) => isUnderWay(run) && run.sceneIds.includes(sceneId))
    ?? content.results.all.find((result) => isUnderWay(result) && result.sceneId === sceneId)
  if (user === undefined) return
  const { name } = content.scenes.get(sceneId)
  throw new StudioError('invalid-argument', `"${name}" is in use by "${user.name}".`, { remedy: 'Wait until that has ended, or cancel it.' })
}
