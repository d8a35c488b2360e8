import { existsSync } from 'node:fs'
import { join, parse } from 'node:path'
import { outputPaths } from '../formats/output-paths'
import type { UpscalePlan } from '../project/project-file'

/** A name that every file system takes, made of a scene's or model's name. */
export function fileStem(name: string): string {
  const stem = name.normalize('NFC').replace(/[^\p{L}\p{N}._ -]+/gu, '-').replace(/^[.\s-]+|[.\s-]+$/g, '').slice(0, 100)
  return stem === '' ? 'scene' : stem
}

const EXTENSIONS: Record<UpscalePlan['format'], string> = { geotiff: '.tif', envi: '.img' }

/** e.g. 'jasper-ridge-2x.tif'. */
export function resultFileName(scene: string, scale: number, format: UpscalePlan['format']): string {
  return `${fileStem(scene)}-${scale}x${EXTENSIONS[format]}`
}

/** The file of expected errors beside the result `path`. */
export function uncertaintyPath(path: string): string {
  const { dir, name } = parse(path)
  return join(dir, `${name}-uncertainty.tif`)
}

/** `path` with the extension of `format` unless it has one that makes that format. */
export function withExtension(path: string, format: UpscalePlan['format']): string {
  const fits = format === 'geotiff' ? /\.tiff?$/i : /\.(img|dat|bsq|bil|bip|hdr)$/i
  return fits.test(path) ? path : `${path}${EXTENSIONS[format]}`
}

/** All files of a result `path`, that of its expected errors included where they are wanted. */
export function resultPaths(path: string, { uncertainty }: Pick<UpscalePlan, 'uncertainty'>): string[] {
  return uncertainty === true ? [...outputPaths(path), uncertaintyPath(path)] : outputPaths(path)
}

/** `folder/name`, numbered where one of the `files` that it stands for exists or is `taken`. */
export function freePath(folder: string, name: string, files: (path: string) => string[] = outputPaths, taken: ReadonlySet<string> = new Set()): string {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  for (let number = 1; ; number++) {
    const path = join(folder, `${stem}${number === 1 ? '' : `-${number}`}${extension}`)
    if (files(path).every((file) => !taken.has(file) && !existsSync(file))) return path
  }
}
