import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { StudioError, toStudioError } from '../common/errors'
import type { CubeReader } from '../cube/cube-reader'
import {
  enviFileType, findEnviBody, findEnviHeader, openEnvi, readEnviHeaderText, readRasterLayout, readStart, refuseOtherFileTypes, withSideCar,
  type EnviHeaderText,
} from './envi'
import { openGeoTiff } from './geotiff/reader'
import { listMatCubes, openMat, type MatOptions } from './mat'
import { GZIP, sniff, SNIFF_BYTES } from './sniff'

export type OpenOptions = Pick<MatOptions, 'variable' | 'bandAxis'>

const SUPPORTED = 'Supported are ENVI (.hdr with its data file), GeoTIFF and MATLAB files.'

/**
 * Opens a scene by what the file contains; its name only serves to find the second file of an ENVI pair, of which either may
 * be given. A TIFF with an ENVI header beside it takes from the header what it does not say itself. `options` are
 * for MATLAB files. Errors: 'unsupported' (with what was found), 'not-found', and those of the format's own reader.
 */
export async function openCube(path: string, options: OpenOptions = {}): Promise<CubeReader> {
  const file = resolve(path)
  const found = await stat(file).catch((error: unknown) => { throw toStudioError(error, file) })
  if (!found.isFile()) {
    throw new StudioError('unsupported', `${file}: this is ${found.isDirectory() ? 'a folder' : 'no regular file'}.`, {
      file, remedy: 'Choose the file of a scene.',
    })
  }
  const format = sniff(await readStart(file, SNIFF_BYTES))
  switch (format.kind) {
    case 'envi-header': return openDescribed(await readEnviHeaderText(file))
    case 'tiff': return openTiff(file, found.size)
    case 'matlab': return openMat(file, options)
    case 'other':
    case 'unknown': {
      const { path: headerPath, otherHeader } = await findEnviHeader(file)
      if (headerPath !== null) {
        const text = await readEnviHeaderText(headerPath)
        // A picture or archive named like the scene is not its data file, unless the header says so.
        if (format.kind === 'unknown' || describes(text, found.size, format.name === GZIP)) return openRaw(text, file)
      }
      throw unsupported(file, format.kind === 'other' ? format.name : null, otherHeader, found.size)
    }
  }
}

/** Names of the cubes that a file holds under names, largest first: those of a MATLAB file; none for other formats. */
export async function listCubes(path: string): Promise<string[]> {
  const file = resolve(path)
  return sniff(await readStart(file, SNIFF_BYTES)).kind === 'matlab' ? listMatCubes(file) : []
}

/** From a header to its image, which may be a TIFF. */
async function openDescribed(text: EnviHeaderText): Promise<CubeReader> {
  refuseOtherFileTypes(text)
  if (enviFileType(text) !== 'tiff') return openEnvi(text)
  const body = await findEnviBody(text, null)
  if (sniff(await readStart(body, SNIFF_BYTES)).kind !== 'tiff') throw notTiff(text, body)
  return withSideCar(await openGeoTiff(body), text)
}

function openRaw(text: EnviHeaderText, file: string): Promise<CubeReader> {
  if (enviFileType(text) === 'tiff') throw notTiff(text, file)
  return openEnvi(text, file)
}

function notTiff(text: EnviHeaderText, file: string): StudioError {
  return new StudioError('malformed', `${text.path} says that ${file} is a TIFF, which it is not.`, {
    file, remedy: "Check that the two files belong together, or correct 'file type' in the header.",
  })
}

/** A TIFF; but raw pixels can begin like one by chance, when a header describes them to the byte. */
async function openTiff(file: string, sizeBytes: number): Promise<CubeReader> {
  const { path: headerPath } = await findEnviHeader(file)
  const text = headerPath === null ? null : await readEnviHeaderText(headerPath).catch(() => null)
  if (text === null) return openGeoTiff(file)
  if (enviFileType(text) !== 'tiff' && describes(text, sizeBytes, false)) return openEnvi(text, file)
  return withSideCar(await openGeoTiff(file), text)
}

/** True when the header is that of a raw file of just this size, or of a compressed one and the file is compressed. */
function describes(text: EnviHeaderText, sizeBytes: number, isGzip: boolean): boolean {
  try {
    const { layout } = readRasterLayout(text)
    return layout.compressed ? isGzip : layout.sizeBytes === sizeBytes
  } catch {
    return false
  }
}

function unsupported(file: string, name: string | null, otherHeader: string | null, sizeBytes: number): StudioError {
  if (sizeBytes === 0) return new StudioError('unsupported', `${file}: the file is empty.`, { file, remedy: SUPPORTED })
  if (otherHeader !== null) {
    return new StudioError('unsupported', `${file}: the header beside it, ${otherHeader}, is not an ENVI header.`, {
      file, remedy: `Convert the scene with gdal_translate -of ENVI first. ${SUPPORTED}`,
    })
  }
  return new StudioError('unsupported', `${file}: ${name === null ? 'no known format, and no ENVI header (.hdr) stands beside it' : `this is ${name}`}.`, {
    file, remedy: `${SUPPORTED} Anything that GDAL reads can be converted with gdal_translate.`,
  })
}
