import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { AppDescription } from '../../preload/contract'
import { projectRoot } from '../common/project-root'
import { version } from '../common/version'

/** Made by the build from the lock file. */
const LIBRARIES = join(projectRoot, 'out', 'main', 'licences.json')

const librariesSchema = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() }))
const ownSchema = z.object({ license: z.string() })

/** The program, what it runs on (null = not there), its libraries and its font with their licences. */
export async function listLicences({ electron, tensorflow }: { electron: string; tensorflow: string | null }): Promise<AppDescription['licences']> {
  const own = ownSchema.parse(JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')))
  return [
    { name: 'DACN Studio', version, licence: own.license },
    { name: 'Electron', version: electron, licence: 'MIT' },
    ...(tensorflow === null ? [] : [{ name: 'TensorFlow', version: tensorflow, licence: 'Apache-2.0' }]),
    { name: 'Inter', version: '4', licence: 'OFL-1.1' },
    ...librariesSchema.parse(JSON.parse(await readFile(LIBRARIES, 'utf8'))),
  ]
}
