import { copyFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseFormula, describeFormula } from '../analysis/formula'
import { StudioError, toStudioError } from '../common/errors'
import { writeSpectralLibrary } from '../formats/envi'
import { assertNoInput } from '../formats/output-paths'
import type { AnalysisDesk } from './analysis-desk'
import type { Handlers } from './handlers'
import type { Platform } from './platform'
import { fileStem, withExtension } from './result-names'
import type { Session } from './session'

type AnalysisRequests = Extract<keyof Handlers, `analysis.${string}`>

/** Maps computed of scenes and results, and spectra as files. */
export function analysisHandlers(session: Session, desk: AnalysisDesk, { dialogs, folders }: Pick<Platform, 'dialogs' | 'folders'>): Pick<Handlers, AnalysisRequests> {
  return {
    'analysis.checkFormula': async ({ sceneId, formula }) => {
      const { facts } = await session.current.scenes.source(sceneId)
      try {
        return { meaning: describeFormula(parseFormula(formula, facts), facts), problem: null }
      } catch (error) {
        return { meaning: null, problem: toStudioError(error).message }
      }
    },
    'analysis.start': (request) => desk.start(session.current, request),
    'analysis.export': async ({ layerId }) => {
      const { path, found } = await session.project.paths.locateLayer(layerId)
      if (!found) throw new StudioError('not-found', `${path}: the file does not exist.`, { file: path, remedy: 'It was moved or deleted; compute the layer again.' })
      const chosen = await dialogs.chooseSavePath({ title: 'Export the layer', suggested: join(folders.documents, basename(path)), filters: [{ name: 'GeoTIFF', extensions: ['tif', 'tiff'] }] })
      if (chosen === null) return null
      const to = withExtension(chosen, 'geotiff')
      const sources = session.current.scenes.views().flatMap(({ facts, path: file }) => facts?.files ?? [file])
      await assertNoInput(to, [path, ...sources])
      await copyFile(path, to).catch((error: unknown) => { throw toStudioError(error, to) })
      return to
    },
    'analysis.remove': async ({ layerId }) => {
      const open = session.current
      await open.layers.forget(layerId)
      try {
        await open.project.removed.removeLayer(layerId)
      } catch (error) {
        await open.layers.refresh(layerId)
        throw error
      }
      return null
    },
    'analysis.saveLibrary': async ({ suggestedName, ...library }) => {
      const suggested = join(folders.documents, `${fileStem(suggestedName)}.sli`)
      const path = await dialogs.chooseSavePath({ title: 'Save the spectral library', suggested, filters: [{ name: 'ENVI spectral library', extensions: ['sli'] }] })
      if (path === null) return null
      const file = path.toLowerCase().endsWith('.sli') ? path : `${path}.sli`
      await writeSpectralLibrary(file, library)
      return file
    },
  }
}
