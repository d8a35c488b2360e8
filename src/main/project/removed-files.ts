import { mkdir, readdir, rename, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StudioError, toStudioError } from '../common/errors'
import { exists } from './stored-path'

/**
 * Moves files or folders of a project, given relative to its folder, to `removed/ID/` with the same relative paths; those
 * that are not there are passed over. When one can't be moved all stay, and 'io' says why.
 */
export async function moveToRemoved(folder: string, id: string, paths: readonly string[]): Promise<void> {
  const moved: string[] = []
  try {
    for (const path of paths) {
      if (!await exists(join(folder, path))) continue
      await move(join(folder, path), join(folder, 'removed', id, path))
      moved.push(path)
    }
  } catch (error) {
    for (const path of moved) await rename(join(folder, 'removed', id, path), join(folder, path)).catch(() => undefined)
    throw toStudioError(error)
  }
}

/** Moves what is in `removed/ID/` back to where it was. Throws 'io' when something else is there by now. */
export async function restoreRemoved(folder: string, id: string): Promise<void> {
  await restore(join(folder, 'removed', id), folder)
}

/** Ids of records whose files wait in `removed/`. */
export async function listRemoved(folder: string): Promise<string[]> {
  try {
    return await readdir(join(folder, 'removed'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw toStudioError(error, join(folder, 'removed'))
  }
}

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
}

async function restore(from: string, to: string): Promise<void> {
  if (!await exists(from)) return
  if (!await exists(to)) {
    await move(from, to).catch((error: unknown) => { throw toStudioError(error, to) })
    return
  }
  if (!(await stat(from)).isDirectory() || !(await stat(to)).isDirectory()) {
    throw new StudioError('io', `${to}: something else is at this place by now, so that ${from} can't be put back.`, { file: to, remedy: 'Move it away and undo again.' })
  }
  for (const name of await readdir(from)) await restore(join(from, name), join(to, name))
  await rmdir(from)
}
