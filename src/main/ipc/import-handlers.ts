import type { Handlers } from './handlers'
import type { FileFilter, Platform } from './platform'
import type { Session } from './session'

type ImportRequests = Extract<keyof Handlers, `import.${string}`>

/** What the file dialog proposes for scenes. ENVI data files may have any extension, or none. */
export const SCENE_FILTERS: FileFilter[] = [
  { name: 'Scenes', extensions: ['hdr', 'img', 'dat', 'raw', 'bsq', 'bil', 'bip', 'tif', 'tiff', 'mat'] },
  { name: 'All files', extensions: ['*'] },
]

/** From files to scenes of the project. */
export function importHandlers(session: Session, { dialogs }: Platform): Pick<Handlers, ImportRequests> {
  return {
    'import.choose': async () => {
      const { imports } = session
      const paths = await dialogs.chooseFiles({ title: 'Import scenes', filters: SCENE_FILTERS, several: true })
      return paths === null ? null : imports.inspect(paths)
    },
    'import.inspect': ({ paths }) => session.imports.inspect(paths),
    'import.chooseVariable': ({ handle, variable }) => session.imports.chooseVariable(handle, variable),
    'import.repair': ({ handle, repairs }) => session.imports.repair(handle, repairs),
    'import.accept': async ({ handle, name, repairs }) => {
      const open = session.current
      const { id } = await session.imports.accept(handle, name, repairs)
      await open.scenes.refresh(id)
      return { sceneId: id }
    },
    'import.dismiss': async ({ handle }) => {
      await session.imports.dismiss(handle)
      return null
    },
  }
}
