import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { toStudioError } from './errors'

/** Makes a rename durable. Some file systems (and Windows) refuse to sync a folder: then there is nothing to do. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // not supported here
  }
}

/**
 * Writes a whole file so that `path` holds either the old or the new content, never a part: temporary file in the
 * same folder, fsync, rename. Throws 'io' (disk full, read-only folder) and leaves nothing behind.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw toStudioError(error, path)
  }
}

/**
 * Makes `folder` appear complete or not at all: `fill` writes into a temporary sibling, which then takes the place of
 * `folder` (an earlier one is removed only after the new one is on disk). A reader that comes between the two renames
 * finds the earlier version under `folder.previous`: see `recoverFolder`.
 */
export async function writeFolderAtomic(folder: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${folder}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await mkdir(temporary, { recursive: true })
    await fill(temporary)
    await syncFolder(temporary)
    await rm(`${folder}.previous`, { recursive: true, force: true })
    await rename(folder, `${folder}.previous`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    await rename(temporary, folder)
    await syncFolder(dirname(folder))
    await rm(`${folder}.previous`, { recursive: true, force: true })
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw toStudioError(error, folder)
  }
}

/** Puts back the earlier version of a folder when a crash fell between the two renames of `writeFolderAtomic`. */
export async function recoverFolder(folder: string): Promise<void> {
  try {
    await (await open(folder, 'r')).close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw toStudioError(error, folder)
    await rename(`${folder}.previous`, folder).catch(() => undefined)
  }
}
