import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { StudioError } from '../common/errors'
import { enviOutputPaths } from './envi/writer'

/** The files that writing a scene to `out` will make, the one with the pixels first. */
export function outputPaths(out: string): string[] {
  if (/^\.tiff?$/i.test(extname(out))) return [out]
  const { data, header } = enviOutputPaths(out)
  return [data, header]
}

/** What an unfinished writer may leave beside `out`, for a later one to continue. */
export function partialPaths(out: string): string[] {
  const part = `${outputPaths(out)[0] ?? out}.part`
  return [part, `${part}.journal`]
}

/** Throws 'invalid-argument' when `path` is one of `inputs`, also under another name for the same file. */
export async function assertNoInput(path: string, inputs: readonly string[]): Promise<void> {
  const existing = await identity(path)
  if (existing === null) return
  for (const input of inputs) {
    if ((await identity(input)) !== existing) continue
    throw new StudioError('invalid-argument', `${path} is the input itself; it is never overwritten.`, {
      file: path,
      remedy: 'Choose another name or folder for the output.',
    })
  }
}

/** The same for all names of one file, or null when there is none. */
async function identity(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null)
  return found === null ? null : `${found.dev}:${found.ino}`
}
