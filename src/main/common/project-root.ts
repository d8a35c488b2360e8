import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function findRoot(): string {
  // CommonJS once built, an ES module under the test runner
  let folder = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'dacn-studio') {
      return folder
    }
    const parent = dirname(folder)
    if (parent === folder) throw new Error('DACN Studio: its own package.json was not found above ' + folder)
    folder = parent
  }
}

/** The folder that holds package.json: the checkout, or the packaged application's root. */
export const projectRoot = findRoot()

/** A file under `resources/` (base weights, the sample scene, fonts). */
export function resourcePath(...parts: string[]): string {
  return join(projectRoot, 'resources', ...parts)
}

/** A built entry that runs in its own process or thread, e.g. `job` or `deflate-worker`; made by `npm run build`. */
export function builtEntry(name: string): string {
  return join(projectRoot, 'out', 'main', `${name}.cjs`)
}
