import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { StudioError } from '../common/errors'
import { enviOutputPaths } from '../formats/envi/writer'

/** The files that writing a scene to `out` will make. */
function filesOf(out: string): string[] {
  if (/^\.tiff?$/i.test(extname(out))) return [out]
  const { data, header } = enviOutputPaths(out)
  return [data, header]
}

/**
 * Refuses an output scene that would replace one of the `inputs` (also under another name for the same file), and any
 * file that exists unless `force`. Throws 'invalid-argument'.
 */
export async function assertOutputScene(out: string, inputs: readonly string[], force: boolean): Promise<void> {
  for (const file of filesOf(out)) await assertReplaceable(file, inputs, force)
}

/** The same for a single file or folder that is not a scene. */
export async function assertReplaceable(path: string, inputs: readonly string[], force: boolean): Promise<void> {
  const existing = await identity(path)
  if (existing === null) return
  for (const input of inputs) {
    if ((await identity(input)) !== existing) continue
    throw new StudioError('invalid-argument', `${path} is the input itself; it is never overwritten.`, {
      file: path,
      remedy: 'Choose another name or folder for the output.',
    })
  }
  if (force) return
  throw new StudioError('invalid-argument', `${path} exists already.`, { file: path, remedy: 'Choose another name, or add --force to replace it.' })
}

/** The same for all names of one file, or null when there is none. */
async function identity(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null)
  return found === null ? null : `${found.dev}:${found.ino}`
}
