import { isAbsolute, resolve } from 'node:path'

/**
 * The project that a start names: the first argument that is neither a switch nor, when Electron was given the program's
 * folder to open (`opensFolder`), that folder. Absolute; null when there is none.
 */
export function projectArgument(argv: readonly string[], opensFolder: boolean, workingFolder: string): string | null {
  const plain = argv.slice(1).filter((argument) => argument !== '' && !argument.startsWith('-'))
  const named = plain[opensFolder ? 1 : 0]
  if (named === undefined) return null
  return isAbsolute(named) ? named : resolve(workingFolder, named)
}
