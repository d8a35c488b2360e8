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

/** Bytes of a file that is to be written: before compression, and after it at least. */
export interface WantedRoom {
  sizeBytes: number
  leastBytes: number
}

/**
 * Looks whether the files at `paths` fit on their disks, which may be several. Files that will be replaced do not count as
 * room: they stay until the new ones are whole.
 * @returns a warning where it depends on how well they can be compressed, else null. Throws 'too-large' where they surely do not fit.
 */
export async function checkRoom(paths: readonly string[], wanted: readonly WantedRoom[]): Promise<string | null> {
  const disks = new Map<number, { folder: string } & WantedRoom>()
  for (const [index, path] of paths.entries()) {
    const folder = dirname(path)
    const { dev } = await stat(folder).catch((error: unknown) => { throw toStudioError(error, folder) })
    const disk = disks.get(dev) ?? { folder, sizeBytes: 0, leastBytes: 0 }
    disk.sizeBytes += wanted[index]?.sizeBytes ?? 0
    disk.leastBytes += wanted[index]?.leastBytes ?? 0
    disks.set(dev, disk)
  }
  const warnings: string[] = []
  for (const { folder, sizeBytes, leastBytes } of disks.values()) {
    const free = await freeDiskBytes(folder)
    if (leastBytes > free) {
      throw new StudioError('too-large', `${folder}: at least ${gigabytes(leastBytes)} are needed, ${gigabytes(free)} are free on this disk.`, {
        file: folder, remedy: 'Choose a place on another disk, free some space, or upscale a part or fewer bands.',
      })
    }
    if (sizeBytes > free) warnings.push(`${folder}: ${gigabytes(sizeBytes)} before compression, ${gigabytes(free)} free on this disk. It fits only if the scene compresses well.`)
  }
  return warnings.length === 0 ? null : warnings.join(' ')
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
