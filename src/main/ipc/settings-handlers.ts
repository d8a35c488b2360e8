import { access, constants } from 'node:fs/promises'
import { toStudioError } from '../common/errors'
import type { Settings } from '../project/settings'
import type { SettingsFile } from '../project/settings-file'
import type { Handlers } from './handlers'
import type { Platform } from './platform'
import type { Session } from './session'

type SettingsRequests = Extract<keyof Handlers, `settings.${string}`>

/** The user's settings; a change holds for the next job, and at once for everything else. */
export function settingsHandlers(session: Session, settings: SettingsFile, platform: Platform): Pick<Handlers, SettingsRequests> {
  const change = async (wanted: Partial<Settings>): Promise<Settings> => {
    const moves = wanted.cacheFolder !== undefined && wanted.cacheFolder !== settings.current.cacheFolder
    // copies in the old place would be found by nobody
    if (moves) await session.openProject?.scenes.dropCopies()
    const changed = await settings.change(wanted)
    if (moves) void session.openProject?.scenes.refreshAll()
    platform.emit('settings.changed', changed)
    return changed
  }
  return {
    'settings.read': () => Promise.resolve(settings.current),
    'settings.change': change,
    'settings.chooseCacheFolder': async () => {
      const folder = await platform.dialogs.chooseFolder({ title: 'Folder for working copies', button: 'Use this folder' })
      if (folder === null) return null
      await access(folder, constants.W_OK).catch((error: unknown) => { throw toStudioError(error, folder) })
      return change({ cacheFolder: folder })
    },
    'settings.clearCache': async () => ({ freedBytes: await session.openProject?.scenes.dropCopies() ?? 0 }),
  }
}
