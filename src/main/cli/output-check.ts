import { existsSync } from 'node:fs'
import { StudioError } from '../common/errors'
import { assertNoInput, outputPaths } from '../formats/output-paths'

/**
 * Refuses an output scene that would replace one of the `inputs` (also under another name for the same file), and any
 * file that exists unless `force`. Throws 'invalid-argument'.
 */
export async function assertOutputScene(out: string, inputs: readonly string[], force: boolean): Promise<void> {
  for (const file of outputPaths(out)) await assertReplaceable(file, inputs, force)
}

/** The same for a single file or folder that is not a scene. */
export async function assertReplaceable(path: string, inputs: readonly string[], force: boolean): Promise<void> {
  await assertNoInput(path, inputs)
  if (force || !existsSync(path)) return
  throw new StudioError('invalid-argument', `${path} exists already.`, { file: path, remedy: 'Choose another name, or add --force to replace it.' })
}
