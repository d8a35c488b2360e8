import { mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { writeFileAtomic } from '../common/atomic-file'
import { toStudioError } from '../common/errors'
import { readJsonFile, toJsonText } from './json-text'

const MAX_BYTES = 1e6

/**
 * A small JSON file of the user's configuration folder. `json` undefined = there is none (yet). One that can't be read is put aside as
 * `NAME.broken`, which `notice` tells. Throws 'io' when the disk refuses.
 */
export async function readConfigFile(path: string): Promise<{ json: unknown; notice: string | null }> {
  try {
    return { json: (await readJsonFile(path, MAX_BYTES)).json, notice: null }
  } catch (error) {
    const known = toStudioError(error, path)
    if (known.tag === 'not-found') return { json: undefined, notice: null }
    if (known.tag === 'io') throw known
    await rename(path, `${path}.broken`).catch((refusal: unknown) => { throw toStudioError(refusal, path) })
    return { json: undefined, notice: `${known.message} It was put aside as ${path}.broken.` }
  }
}

/** Writes the file as a whole; makes its folder where needed. Throws 'io'. */
export async function writeConfigFile(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => { throw toStudioError(error, path) })
  await writeFileAtomic(path, toJsonText(value, 2) + '\n')
}
