import { rm } from 'node:fs/promises'
import { StudioError } from '../common/errors'
import { partialPaths } from '../formats/output-paths'
import type { Handlers } from './handlers'
import type { Platform } from './platform'
import { uncertaintyPath } from './result-names'
import type { Session } from './session'
import type { UpscaleDesk } from './upscale-desk'
import { forecastUpscales, type UpscaleForecastParts } from './upscale-forecasts'

type UpscaleRequests = Extract<keyof Handlers, `upscale.${string}` | `result.${string}`>

/** Upscaling, and the results that came of it. */
export function upscaleHandlers(session: Session, desk: UpscaleDesk, parts: UpscaleForecastParts, platform: Platform): Pick<Handlers, UpscaleRequests> {
  return {
    'upscale.forecast': ({ sceneIds, plan }) => forecastUpscales(session.current, parts, sceneIds, plan),
    'upscale.start': ({ sceneIds, plan }) => desk.start(session.current, sceneIds, plan),
    'upscale.continue': async ({ resultId }) => {
      await desk.continue(session.current, resultId)
      return null
    },
    'result.rename': ({ resultId, name }) => {
      session.project.content.results.update(resultId, { name })
      return Promise.resolve(null)
    },
    'result.remove': async ({ resultId, deleteFiles }) => {
      const open = session.current
      const { state } = open.project.content.results.get(resultId)
      const { paths: [path] } = await open.project.paths.locateResult(resultId)
      await open.results.forget(resultId)
      try {
        await open.project.removed.removeResult(resultId, deleteFiles)
      } catch (error) {
        await open.results.refresh(resultId)
        throw error
      }
      // what an unfinished upscaling left is of use to nobody once it can't be continued
      if (state !== 'done' && path !== undefined) await Promise.all([path, uncertaintyPath(path)].flatMap(partialPaths).map((file) => rm(file, { force: true })))
      return null
    },
    'result.showInFolder': async ({ resultId }) => {
      const { paths: [path], found } = await session.project.paths.locateResult(resultId)
      if (!found || path === undefined) {
        throw new StudioError('not-found', `${path ?? 'The result'}: the file does not exist.`, { ...(path === undefined ? {} : { file: path }), remedy: 'It was moved or deleted; upscale the scene again.' })
      }
      platform.showInFolder(path)
      return null
    },
  }
}
