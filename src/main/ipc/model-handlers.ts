import { join, parse } from 'node:path'
import { StudioError } from '../common/errors'
import { PACKAGE_EXTENSION } from '../model/model-package'
import { isUnderWay } from '../project/project-content'
import { newId } from '../project/project-layout'
import type { Handlers } from './handlers'
import type { FileFilter, Platform } from './platform'
import { fileStem } from './result-names'
import type { SceneQuestions } from './scene-questions'
import type { Session } from './session'
import { uniqueName } from './unique-name'

type ModelRequests = Extract<keyof Handlers, `model.${string}`>

const FILTERS: FileFilter[] = [{ name: 'DACN models', extensions: [PACKAGE_EXTENSION.slice(1)] }]

/** Models of the project; packing them is the scene process's work, for it takes seconds. */
export function modelHandlers(session: Session, scenes: Pick<SceneQuestions, 'pack' | 'unpack'>, { dialogs, folders }: Platform): Pick<Handlers, ModelRequests> {
  return {
    'model.rename': ({ modelId, name }) => {
      refuseShipped(session, modelId, 'renamed')
      session.project.content.models.update(modelId, { name })
      return Promise.resolve(null)
    },
    'model.remove': async ({ modelId }) => {
      refuseInUse(session, modelId)
      await session.project.removed.removeModel(modelId)
      return null
    },
    'model.export': async ({ modelId }) => {
      const { content, paths } = session.project
      const { name } = content.model(modelId)
      const folder = paths.modelFolder(modelId)
      const chosen = await dialogs.chooseSavePath({ title: 'Export model', suggested: join(folders.documents, `${fileStem(name)}${PACKAGE_EXTENSION}`), filters: FILTERS })
      if (chosen === null) return null
      await scenes.pack(folder, chosen)
      return chosen
    },
    'model.import': async () => {
      const open = session.current
      const { content, paths } = open.project
      const [file] = await dialogs.chooseFiles({ title: 'Import model', filters: FILTERS, several: false }) ?? []
      if (file === undefined) return null
      const id = newId('model')
      await scenes.unpack(file, join(paths.layout.models, id))
      const name = uniqueName(parse(file).name, content.allModels)
      content.models.add({ id, name, origin: 'imported', folder: id, runId: null, addedUtc: new Date().toISOString() })
      await open.models.refresh(id)
      return { modelId: id }
    },
  }
}

function refuseShipped(session: Session, modelId: string, what: string): void {
  const { origin, name } = session.project.content.model(modelId)
  if (origin === 'shipped') throw new StudioError('invalid-argument', `${name} comes with the program and can't be ${what}.`, { remedy: 'Choose a model of the project.' })
}

/** Throws 'invalid-argument' while a job reads the model's folder. */
function refuseInUse(session: Session, modelId: string): void {
  const { content } = session.project
  const user = content.runs.all.find((run) => isUnderWay(run) && run.plan.baseModelId === modelId)
    ?? content.results.all.find((result) => isUnderWay(result) && result.plan.modelId === modelId)
  if (user === undefined) return
  throw new StudioError('invalid-argument', `"${content.model(modelId).name}" is in use by "${user.name}".`, { remedy: 'Wait until that has ended, or cancel it.' })
}
