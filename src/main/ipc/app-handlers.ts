import { basename, extname, join } from 'node:path'
import { writeFileAtomic } from '../common/atomic-file'
import { folderSize } from '../common/folder-size'
import { version } from '../common/version'
import type { SettingsFile } from '../project/settings-file'
import { describeDevices } from './devices'
import type { Handlers } from './handlers'
import { listLicences } from './licences'
import type { Platform } from './platform'
import { fileStem } from './result-names'
import type { Session } from './session'
import { installedRuntime } from './tensorflow-runtime'

type AppRequests = Extract<keyof Handlers, `app.${string}`>

/** What the program says of itself and its machine, and small services for the window. */
export function appHandlers(session: Session, settings: SettingsFile, platform: Platform): Pick<Handlers, AppRequests> {
  const { dialogs, folders, logFile, versions } = platform
  return {
    'app.describe': async () => {
      const runtime = await installedRuntime()
      const cacheFolder = session.openProject?.copiesFolder() ?? settings.current.cacheFolder ?? ''
      return {
        version,
        ...versions,
        node: process.versions.node,
        tensorflow: runtime === null ? 'not installed' : `${runtime.tensorflow} (${runtime.variant === 'cuda' ? 'CUDA' : 'CPU'})`,
        platform: `${process.platform} ${process.arch}`,
        cacheFolder,
        cacheBytes: cacheFolder === '' ? 0 : await folderSize(cacheFolder),
        logFile,
        licences: await listLicences({ electron: versions.electron, tensorflow: runtime?.tensorflow ?? null }),
      }
    },
    'app.devices': () => describeDevices(),
    'app.openLog': async () => {
      await platform.openPath(logFile)
      return null
    },
    'app.copyText': ({ text }) => {
      platform.copyText(text)
      return Promise.resolve(null)
    },
    'app.saveFile': async ({ suggestedName, content }) => {
      const extension = extname(suggestedName)
      const suggested = join(folders.documents, `${fileStem(basename(suggestedName, extension))}${extension}`)
      const path = await dialogs.chooseSavePath({ title: 'Save', suggested, filters: extension === '' ? [] : [{ name: extension.slice(1).toUpperCase(), extensions: [extension.slice(1)] }] })
      if (path === null) return null
      await writeFileAtomic(path, content)
      return path
    },
  }
}
