import { readdirSync } from 'node:fs'
import { resourcePath } from '../common/project-root'
import { shippedTitle } from '../common/shipped-name'
import type { ModelRecord } from './project-file'

/** The models that come with the program, as every project lists them. They are not stored: an update brings newer ones. */
export function shippedModels(addedUtc: string): ModelRecord[] {
  return readdirSync(resourcePath('models'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ id: name, name: shippedTitle(name), origin: 'shipped' as const, folder: name, runId: null, addedUtc }))
    .sort((a, b) => a.id.localeCompare(b.id))
}
