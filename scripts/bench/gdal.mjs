import { fileURLToPath } from 'node:url'
import { jsonOf } from './process.mjs'

const script = fileURLToPath(new URL('gdal-case.py', import.meta.url))
const PYTHONS = ['python3', '/usr/bin/python3', 'python']

/**
 * GDAL through a Python that has its bindings, or null.
 * @returns {Promise<{version: string, run: (task: string, ...words: (string | number)[]) => Promise<any>} | null>}
 */
export async function findGdal() {
  for (const python of PYTHONS) {
    try {
      const { version } = await jsonOf(python, [script, 'version'])
      return { version, run: (task, ...words) => jsonOf(python, [script, task, ...words]) }
    } catch {
      // this Python is absent or without GDAL
    }
  }
  return null
}
