import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { AppDescription } from '../../preload/contract'
import { projectRoot } from '../common/project-root'
import { version } from '../common/version'

const packageSchema = z.object({ version: z.string(), license: z.string().default('see the package') })
const ownSchema = z.object({ license: z.string(), dependencies: z.record(z.string(), z.string()) })

/** The program, its libraries and its font with their licences; a library whose own file can't be read is left out. */
export async function listLicences(tensorflow: string | null): Promise<AppDescription['licences']> {
  const own = ownSchema.parse(JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')))
  const libraries = await Promise.all(Object.keys(own.dependencies).map(async (name) => {
    const text = await readFile(join(projectRoot, 'node_modules', name, 'package.json'), 'utf8').catch(() => null)
    const parsed = text === null ? null : packageSchema.parse(JSON.parse(text))
    return parsed === null ? [] : [{ name, version: parsed.version, licence: parsed.license }]
  }))
  return [
    { name: 'DACN Studio', version, licence: own.license },
    ...(tensorflow === null ? [] : [{ name: 'TensorFlow', version: tensorflow, licence: 'Apache-2.0' }]),
    ...libraries.flat(),
    { name: 'Inter', version: '4', licence: 'OFL-1.1' },
  ]
}
