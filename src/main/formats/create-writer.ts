import { access, constants, stat } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import { StudioError, toStudioError } from '../common/errors'
import type { CubeHeader, Interleave } from '../cube/cube-header'
import type { CubeWriter, WriteOptions } from '../cube/cube-writer'
import { createEnviWriter } from './envi'
import { createGeoTiffWriter } from './geotiff/writer'

const TIFF_EXTENSIONS = ['.tif', '.tiff']
const ENVI_EXTENSIONS = ['', '.img', '.dat', '.hdr', '.bsq', '.bil', '.bip']
const INTERLEAVES: readonly Interleave[] = ['bsq', 'bil', 'bip']

/**
 * A writer for `path`, whose extension chooses the format: .tif and .tiff make a GeoTIFF, .img, .dat, .hdr, .bsq, .bil,
 * .bip or none ENVI. Left-out options: the source's interleave (or the one the extension names), Deflate, blocks of 256
 * pixels, overviews when they help, no journal. The caller sees to it that `path` is none of the scene's own files.
 * Errors: 'invalid-argument' (extension, options that contradict it), 'not-found' (folder), 'io' (read-only folder).
 */
export async function createWriter(path: string, header: CubeHeader, options: Partial<WriteOptions> = {}): Promise<CubeWriter> {
  const file = resolve(path)
  const complete = completeOptions(file, header, options)
  await assertFolderWritable(file)
  return isTiff(file) ? createGeoTiffWriter(file, header, complete) : createEnviWriter(file, header, complete)
}

/**
 * The order of the values in the file `path`: the one asked for (null = none), else the one that the extension names, else the
 * source's; GeoTIFF has no line interleave, bands one after the other come closest. Errors: 'invalid-argument' (an extension that
 * can't be written, or one that names another order than was asked for).
 */
export function outputInterleave(path: string, asked: Interleave | null, source: Interleave): Interleave {
  const file = resolve(path)
  const extension = extname(file).toLowerCase()
  if (!isTiff(file) && !ENVI_EXTENSIONS.includes(extension)) {
    throw new StudioError('invalid-argument', `${file}: the extension '${extension}' names no format that can be written.`, {
      file, remedy: 'Use .tif for GeoTIFF, or .img, .bsq, .bil or .bip for ENVI.',
    })
  }
  const named = INTERLEAVES.find((interleave) => extension === `.${interleave}`) ?? null
  if (named !== null && asked !== null && asked !== named) {
    throw new StudioError('invalid-argument', `${file}: the extension says ${named}, but the interleave ${asked} was asked for.`, {
      file, remedy: 'Use the extension .img, or leave the interleave out.',
    })
  }
  return asked ?? named ?? (isTiff(file) && source === 'bil' ? 'bsq' : source)
}

function isTiff(file: string): boolean {
  return TIFF_EXTENSIONS.includes(extname(file).toLowerCase())
}

function completeOptions(file: string, header: CubeHeader, options: Partial<WriteOptions>): WriteOptions {
  const interleave = outputInterleave(file, options.interleave ?? null, header.interleave)
  const { blockSize = 256 } = options
  if (!Number.isInteger(blockSize) || blockSize < 16 || blockSize % 16 !== 0 || blockSize > 8192) {
    throw new StudioError('invalid-argument', `The block size ${blockSize} is not a multiple of 16 from 16 to 8192.`, { file, remedy: 'Use 256 or 512.' })
  }
  return {
    interleave,
    compression: options.compression ?? (isTiff(file) ? 'deflate' : 'none'),
    blockSize,
    overviews: options.overviews ?? 'auto',
    history: options.history ?? [],
    resumable: options.resumable ?? false,
    identity: options.identity ?? '',
  }
}

async function assertFolderWritable(file: string): Promise<void> {
  const folder = dirname(file)
  try {
    if (!(await stat(folder)).isDirectory()) {
      throw new StudioError('invalid-argument', `${folder}: this is not a folder.`, { file: folder, remedy: 'Choose an existing folder.' })
    }
    await access(folder, constants.W_OK)
  } catch (error) {
    const failure = toStudioError(error, folder)
    if (failure.tag !== 'not-found') throw failure
    throw new StudioError('not-found', `${folder}: the folder does not exist.`, { file: folder, remedy: 'Create it first or choose another folder.', cause: error })
  }
  if (await stat(file).then((found) => found.isDirectory(), () => false)) {
    throw new StudioError('invalid-argument', `${file}: a folder has this name.`, { file, remedy: 'Choose another name.' })
  }
}
