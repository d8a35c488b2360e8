import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StudioError, toStudioError } from '../common/errors'

/** Bytes that this user may still write to the disk of `folder`. Rejects with 'io' or 'not-found' for a folder that can't be looked at. */
export async function freeDiskBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (error) {
    throw toStudioError(error, folder)
  }
}

/**
 * Throws 'too-large' when the files at `paths`, of `sizesBytes`, do not all fit on their disks, which may be several. Files
 * that will be replaced do not count as room: they stay until the new ones are whole.
 */
export async function assertRoom(paths: readonly string[], sizesBytes: readonly number[]): Promise<void> {
  const disks = new Map<number, { folder: string; bytes: number }>()
  for (const [index, path] of paths.entries()) {
    const folder = dirname(path)
    const { dev } = await stat(folder).catch((error: unknown) => { throw toStudioError(error, folder) })
    const disk = disks.get(dev) ?? { folder, bytes: 0 }
    disk.bytes += sizesBytes[index] ?? 0
    disks.set(dev, disk)
  }
  for (const { folder, bytes } of disks.values()) {
    const free = await freeDiskBytes(folder)
    if (bytes <= free) continue
    throw new StudioError('too-large', `${folder}: ${gigabytes(bytes)} are needed, ${gigabytes(free)} are free on this disk.`, {
      file: folder, remedy: 'Choose a place on another disk, free some space, or upscale a part or fewer bands.',
    })
  }
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
