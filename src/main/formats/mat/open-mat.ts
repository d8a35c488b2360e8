import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { StudioError, toStudioError } from '../../common/errors'
import type { CubeHeader, Notice } from '../../cube/cube-header'
import type { CubeReader } from '../../cube/cube-reader'
import { SAMPLE_TYPES } from '../../cube/sample-type'
import { fwhmToNm, wavelengthsToNm } from '../../cube/spectral-units'
import { chooseBandAxis, findVector, unitOf, type BandAxis } from './band-axis'
import { chooseVariable, isCube } from './choose-variable'
import { ColumnMajorReader } from './column-major-reader'
import { openMat5 } from './mat5-file'
import { openMat73 } from './mat73-file'
import { elementCount, type MatFile, type MatVariable } from './mat-variable'

export interface MatOptions {
  /** The variable that holds the scene; needed only where several could. */
  variable?: string
  /** Which dimension of the array (0, 1 or 2) counts the bands; 2, MATLAB's custom, when not given. */
  bandAxis?: BandAxis
  /** Most bytes that the decoded array may take; default 2 GiB. */
  budgetBytes?: number
}

const DEFAULT_BUDGET_BYTES = 2 * 2 ** 30
/** What a GeoTIFF can hold. */
const MAX_BANDS = 65_535

type MatFlavour = 'v5-little' | 'v5-big' | 'v7.3' | 'v4-or-none'

/**
 * Opens the cube of a MATLAB file: versions 5 to 7 (either byte order, compressed or not) and 7.3 (HDF5). Headers only;
 * the array is decoded whole at the first read and kept in memory until `close`.
 * The axis order is rows, columns, bands, and the sample type the one that the values are *stored* in: MATLAB keeps
 * doubles that are all whole numbers as integers. Wavelengths come from a vector of one number a band in the same file
 * (`wavelengths`, `wl`, `lambda` ...), micrometres recognised by their size.
 * Errors: 'unsupported' (version 4, no 3-D numeric array, complex), 'invalid-argument' (several candidates), 'not-found',
 * 'too-large' (beyond the budget), 'malformed', 'truncated', 'io'.
 */
export async function openMat(path: string, options: MatOptions = {}): Promise<CubeReader> {
  const file = resolve(path)
  const mat = await openMatFile(file)
  try {
    const variable = chooseVariable(mat, file, options.variable)
    const sizeBytes = elementCount(variable.dims) * SAMPLE_TYPES[variable.sampleType].bytes
    const budgetBytes = options.budgetBytes ?? DEFAULT_BUDGET_BYTES
    if (sizeBytes > budgetBytes) {
      throw new StudioError('too-large', `${file}: the variable "${variable.name}" takes ${mebibytes(sizeBytes)} MiB decoded, more than the ${mebibytes(budgetBytes)} MiB allowed.`, {
        file, remedy: 'MATLAB files are read whole; convert the cube to ENVI or GeoTIFF, which are read window by window.',
      })
    }
    const { axis, notices } = chooseBandAxis(variable.dims, mat.variables, options.bandAxis)
    if ((variable.dims[axis] ?? 0) > MAX_BANDS) {
      throw new StudioError('unsupported', `${file}: the variable "${variable.name}" of ${variable.dims.join(' x ')} values would have ${variable.dims[axis] ?? 0} bands; at most ${MAX_BANDS} are possible.`, {
        file, remedy: 'Save the cube as an array of rows x columns x bands.',
      })
    }
    const header = await describeCube(mat, variable, axis, notices)
    return new ColumnMajorReader(header, [file], stridesFor(variable.dims, axis), (signal) => variable.read(signal), () => mat.close())
  } catch (error) {
    await mat.close()
    throw error
  }
}

/** Names of the cubes of a MATLAB file of version 5 or later, largest first; reads headers only. Errors: 'malformed', 'truncated', 'io'. */
export async function listMatCubes(path: string): Promise<string[]> {
  const file = resolve(path)
  const mat = await openMatFile(file)
  try {
    const cubes = mat.variables.filter(isCube)
    return cubes.sort((p, q) => elementCount(q.dims) - elementCount(p.dims)).map(({ name }) => name)
  } finally {
    await mat.close()
  }
}

/** Throws 'unsupported' for what is no MATLAB file of version 5 or later. */
async function openMatFile(file: string): Promise<MatFile> {
  const flavour = await sniff(file)
  if (flavour === 'v4-or-none') {
    throw new StudioError('unsupported', `${file}: not a MATLAB file of version 5 or later.`, {
      file, remedy: 'In MATLAB, load it and save it with "save NAME.mat -v7".',
    })
  }
  return flavour === 'v7.3' ? openMat73(file) : openMat5(file, flavour === 'v5-little')
}

function stridesFor(dims: readonly number[], axis: BandAxis): { row: number; col: number; band: number } {
  const [first = 1, second = 1] = dims
  const strides = [1, first, first * second] as const
  const [row, col] = axis === 0 ? [1, 2] as const : axis === 1 ? [0, 2] as const : [0, 1] as const
  return { row: strides[row], col: strides[col], band: strides[axis] }
}

async function describeCube(mat: MatFile, variable: MatVariable, axis: BandAxis, axisNotices: Notice[]): Promise<CubeHeader> {
  const { name, dims, matlabClass, sampleType } = variable
  const [rows = 0, cols = 0] = dims.filter((_, i) => i !== axis)
  const bands = dims[axis] ?? 0
  const notices = [...mat.notices.map(([code, message]) => ({ code, message })), ...axisNotices]
  const others = mat.variables.filter((other) => other !== variable && isCube(other))
  if (others.length > 0) {
    notices.push({ code: 'variable-chosen', message: `"${name}" is taken for the scene; the file also holds ${others.map((other) => `"${other.name}" (${other.dims.join(' x ')})`).join(', ')}.` })
  }
  if (matlabClass === 'double' && sampleType !== 'float64') {
    notices.push({ code: 'stored-type', message: `MATLAB calls "${name}" double, but stores it as ${sampleType}: all values are whole numbers, and they are read as ${sampleType}.` })
  }
  if (sampleType === 'int64' || sampleType === 'uint64') {
    notices.push({ code: 'precision-64-bit', message: '64-bit integers are read as float64: values beyond 2^53 lose their last digits.' })
  }
  const wavelengths = findVector(mat.variables, 'wavelength', bands)
  const reading = wavelengths === null ? null : wavelengthsToNm(Array.from(await wavelengths.read()), unitOf(wavelengths))
  notices.push(...(reading?.notices ?? []))
  const wavelengthNm = reading?.wavelengthNm ?? null
  const fwhm = wavelengthNm === null ? null : findVector(mat.variables, 'fwhm', bands)
  const widths = fwhm === null ? null : Array.from(await fwhm.read())
  const fwhmNm = widths === null || wavelengthNm === null || reading === null ? null : fwhmToNm(widths, wavelengthNm, reading.unit)
  return {
    rows, cols, bands, sampleType,
    interleave: axis === 2 ? 'bsq' : axis === 1 ? 'bil' : 'bip',
    byteOrder: mat.byteOrder,
    wavelengthNm,
    fwhmNm,
    badBands: null, bandNames: null, nodata: new Array<null>(bands).fill(null), gain: null, offset: null,
    georeference: null, description: null, defaultBands: null,
    metadata: { kind: 'mat', variable: name },
    notices,
  }
}

async function sniff(file: string): Promise<MatFlavour> {
  const head = Buffer.alloc(2048 + 8)
  try {
    const handle = await open(file, 'r')
    try {
      await handle.read(head, 0, head.length, 0)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw toStudioError(error, file)
  }
  return matFlavour(head)
}

/** Recognises a MATLAB file by its first bytes (2056 or more to see every HDF5 user block that MATLAB writes). */
export function matFlavour(head: Buffer): MatFlavour {
  const signature = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1')
  if ([0, 512, 1024, 2048].some((offset) => head.subarray(offset, offset + 8).equals(signature))) return 'v7.3'
  const endian = head.toString('latin1', 126, 128)
  // text comes first in version 5; version 4 begins with a small binary number
  if (head.length < 128 || head.subarray(0, 4).includes(0)) return 'v4-or-none'
  if (endian === 'IM' && head[125] === 1) return 'v5-little'
  if (endian === 'MI' && head[124] === 1) return 'v5-big'
  return 'v4-or-none'
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0)
}
