import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, parse } from 'node:path'
import { StudioError, toStudioError } from '../common/errors'
import { assertNoInput, partialPaths } from '../formats/output-paths'
import { isUnderWay } from '../project/project-content'
import type { UpscalePlan } from '../project/project-file'
import type { OpenProject } from './open-project'
import type { Dialogs, FileFilter } from './platform'
import { freePath, resultFileName, resultPaths, withExtension } from './result-names'

const FILTERS: Record<UpscalePlan['format'], FileFilter[]> = {
  geotiff: [{ name: 'GeoTIFF', extensions: ['tif', 'tiff'] }],
  envi: [{ name: 'ENVI', extensions: ['img', 'dat', 'bsq', 'bil', 'bip'] }],
}

/**
 * Asks where the upscaled scenes go: a file for one, a folder for several. @returns a path a scene, null when the user
 * cancels. Throws 'invalid-argument' for a file that is a scene of the project or that an upscaling has begun and not finished.
 */
export async function askDestinations(open: OpenProject, dialogs: Dialogs, scenes: readonly { name: string }[], scale: number, plan: UpscalePlan): Promise<string[] | null> {
  const { results } = open.project.paths.layout
  const { format } = plan
  const files = (path: string): string[] => resultPaths(path, plan)
  await mkdir(results, { recursive: true }).catch((error: unknown) => { throw toStudioError(error, results) })
  const names = scenes.map(({ name }) => resultFileName(name, scale, format))
  const unfinished = await unfinishedFiles(open)
  const paths = names.length === 1 && names[0] !== undefined
    ? await askFile(dialogs, freePath(results, names[0], files, unfinished), format, files, unfinished)
    : await askFolder(dialogs, results, names, files, unfinished)
  for (const path of paths ?? []) await assertMayBeWritten(open, files(path), unfinished)
  return paths
}

async function askFile(dialogs: Dialogs, suggested: string, format: UpscalePlan['format'], files: (path: string) => string[], unfinished: ReadonlySet<string>): Promise<string[] | null> {
  const chosen = await dialogs.chooseSavePath({ title: 'Save the upscaled scene', suggested, filters: FILTERS[format] })
  if (chosen === null) return null
  const path = withExtension(chosen, format)
  // the dialog has asked about the name that was typed, not about others; what lies beside a file that is replaced goes with it
  const others = existsSync(chosen) ? [] : files(path)
  return [others.some((file) => existsSync(file)) ? freePath(dirname(path), basename(path), files, unfinished) : path]
}

async function askFolder(dialogs: Dialogs, startAt: string, names: readonly string[], files: (path: string) => string[], unfinished: ReadonlySet<string>): Promise<string[] | null> {
  const folder = await dialogs.chooseFolder({ title: 'Folder for the upscaled scenes', button: 'Upscale', startAt })
  if (folder === null) return null
  const taken = new Set(unfinished)
  return names.map((name) => {
    const path = freePath(folder, name, files, taken)
    for (const file of files(path)) taken.add(file)
    return path
  })
}

async function assertMayBeWritten(open: OpenProject, files: readonly string[], unfinished: ReadonlySet<string>): Promise<void> {
  const sources = open.scenes.views().flatMap(({ facts, path: file }) => facts?.files ?? (file === '' ? [] : [file]))
  for (const file of files) {
    await assertNoInput(file, sources)
    if (unfinished.has(file)) {
      throw new StudioError('invalid-argument', `${file}: an upscaling that is not finished writes to this file.`, { file, remedy: 'Choose another name, or let that one end; where it was interrupted, continue or remove it.' })
    }
  }
}

/** Files that upscalings under way will write, and those that ended early and can be continued. */
async function unfinishedFiles(open: OpenProject): Promise<Set<string>> {
  const { content, paths } = open.project
  const located = await Promise.all(content.results.all.filter(({ state }) => state !== 'done').map(async (result) => ({ result, ...await paths.locateResult(result.id) })))
  return new Set(located.flatMap(({ result, paths: [path] }) => (
    path !== undefined && (isUnderWay(result) || partialPaths(path).some((file) => existsSync(file))) ? resultPaths(path, result.plan) : []
  )))
}

/** Name of a result in the list: its file's, without the extension. */
export function resultName(path: string): string {
  return parse(path).name
}
