import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../src/main/common/project-root'

const folder = join(projectRoot, '..', 'shared', 'data')

/** Path of a shared scene or fixture, or null where the collection is absent (a user's clone). */
export function sharedData(...parts: string[]): string | null {
  const path = join(folder, ...parts)
  return existsSync(path) ? path : null
}

export const sharedDataReason = `needs the shared scene collection at ${folder}, which is not here`
