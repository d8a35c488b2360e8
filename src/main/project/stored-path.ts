import { access } from 'node:fs/promises'
import nodePath, { type PlatformPath } from 'node:path'
import { resourcePath } from '../common/project-root'

/**
 * How a project remembers a file outside of it. The relative path finds it after project and file were moved together,
 * the absolute one after the project was moved alone; what comes with the program is named by its place in `resources/`.
 */
export interface StoredPath {
  /** Relative to the project's folder with '/', absolute on another drive, or 'resource:' and a path below `resources/`. */
  file: string
  /** Absolute path where it was last seen; absent for 'resource:'. */
  lastPath?: string
}

const RESOURCE_PREFIX = 'resource:'

/** Whether `file` may stand in a project file: what is named as a resource must lie below `resources/`. */
export function isStoredFile(file: string): boolean {
  if (file === '' || file.includes('\0')) return false
  return !file.startsWith(RESOURCE_PREFIX) || file.slice(RESOURCE_PREFIX.length).split('/').every((part) => /^[^\\:]+$/.test(part) && part !== '.' && part !== '..')
}

/** @param path absolute */
export function storePath(folder: string, path: string, system: PlatformPath = nodePath): StoredPath {
  const inResources = system.relative(resourcePath(), path)
  if (inResources !== '' && !inResources.startsWith('..') && !system.isAbsolute(inResources)) {
    return { file: RESOURCE_PREFIX + inResources.split(system.sep).join('/') }
  }
  const relative = system.relative(folder, path)
  if (system.isAbsolute(relative)) return { file: relative, lastPath: path }
  const file = relative.split(system.sep).join('/')
  // a file of that very name is no resource
  return { file: file.startsWith(RESOURCE_PREFIX) ? `./${file}` : file, lastPath: path }
}

/** Absolute path that `file` means in a project at `folder`; whether it is there is another question. */
export function resolveStored(folder: string, file: string, system: PlatformPath = nodePath): string {
  return file.startsWith(RESOURCE_PREFIX) ? resourcePath(...file.slice(RESOURCE_PREFIX.length).split('/')) : system.resolve(folder, file)
}

/** Where the file is now: by its relative path, else where it was last seen; the former when it is at neither. */
export async function locateStored(folder: string, stored: StoredPath): Promise<{ path: string; found: boolean }> {
  const path = resolveStored(folder, stored.file)
  if (await exists(path)) return { path, found: true }
  if (stored.lastPath !== undefined && await exists(stored.lastPath)) return { path: stored.lastPath, found: true }
  return { path, found: false }
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false)
}
