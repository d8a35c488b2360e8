import type { Dataset, File } from 'h5wasm/node'
import { StudioError } from '../../common/errors'
import { throwIfAborted } from '../../common/job-context'
import { allocateSamples, type SampleArray, type SampleType } from '../../cube/sample-type'
import { elementCount, MAX_VARIABLES, type MatFile, type MatVariable } from './mat-variable'

/** One read must fit into the library's own memory beside its caches. */
const SLAB_BYTES = 64 * 2 ** 20

/** Classes of HDF5 (H5T_class_t). */
const H5T_INTEGER = 0
const H5T_FLOAT = 1

/**
 * Lists the variables of a MATLAB 7.3 file, which is HDF5 with the dimensions in reverse: MATLAB's rows x cols x bands is
 * stored as [bands, cols, rows], the same order of values as in MATLAB's memory. Groups, links and references are skipped.
 * Errors: 'malformed', 'io'.
 */
export async function openMat73(path: string): Promise<MatFile> {
  // 5 MB of WebAssembly, wanted for few files
  const h5 = await import('h5wasm/node')
  const module = await h5.ready
  // otherwise it prints errors and goes on: values that can't be read come back as whatever the memory held
  module.activate_throwing_error_handler()
  let hdf: File
  try {
    hdf = new h5.File(path, 'r')
  } catch (error) {
    throw damaged(path, 'its HDF5 structure is damaged', error)
  }
  const file: MatFile = {
    byteOrder: 'little', variables: [], skipped: [], notices: [],
    close: () => {
      hdf.close()
      return Promise.resolve()
    },
  }
  try {
    const names = hdf.keys()
    if (names.length > MAX_VARIABLES) throw damaged(path, `it lists more than ${MAX_VARIABLES} variables`)
    for (const name of names) {
      if (name.startsWith('#')) continue
      const entity = hdf.get(name)
      if (entity instanceof h5.Dataset) addDataset(file, name, entity, path)
      else file.skipped.push({ name, reason: 'is a struct, a cell, a sparse matrix or a link' })
    }
  } catch (error) {
    hdf.close()
    if (error instanceof StudioError) throw error
    throw damaged(path, 'its HDF5 structure is damaged', error)
  }
  return file
}

function addDataset(file: MatFile, name: string, dataset: Dataset, path: string): void {
  const { metadata } = dataset
  const declared = dataset.attrs.MATLAB_class?.value
  const matlabClass = typeof declared === 'string' ? declared : 'none'
  const type = sampleTypeOf(metadata)
  const skip = (reason: string): void => {
    file.skipped.push({ name, reason })
  }
  if (metadata.virtual_sources !== undefined) return skip('refers to other files')
  if (metadata.shape === null || dataset.attrs.MATLAB_empty !== undefined) return skip('is empty')
  if (matlabClass === 'logical') return skip('is a logical mask')
  if (matlabClass === 'char') return skip('is a char array')
  if (type === null) return skip('holds complex numbers, references or another type that is no plain number')
  if (matlabClass === 'none') {
    file.notices.push([
      'not-written-by-matlab',
      `The variable "${name}" was not written by MATLAB; its dimensions are taken in MATLAB's reversed order, as MATLAB would show them.`,
    ])
  }
  if (!metadata.littleEndian) file.byteOrder = 'big'
  const shape = metadata.shape
  file.variables.push({
    name, dims: [...shape].reverse(), matlabClass, sampleType: type, read: (signal) => readDataset(dataset, shape, type, path, signal),
  } satisfies MatVariable)
}

function sampleTypeOf(metadata: Dataset['metadata']): SampleType | null {
  const bits = metadata.size * 8
  if (metadata.type === H5T_FLOAT) return bits === 32 ? 'float32' : bits === 64 ? 'float64' : null
  if (metadata.type !== H5T_INTEGER) return null
  if (bits !== 8 && bits !== 16 && bits !== 32 && bits !== 64) return null
  return metadata.signed ? `int${bits}` : `uint${bits}`
}

/** Reads slab by slab along the slowest dimension (a MATLAB chunk spans all of the others), so that it can be cancelled. */
async function readDataset(dataset: Dataset, shape: number[], type: SampleType, path: string, signal: AbortSignal | undefined): Promise<SampleArray> {
  const samples = allocateSamples(type, elementCount(shape))
  const [slices = 1, ...rest] = shape
  const sliceLength = elementCount(rest)
  const step = Math.max(1, Math.floor(SLAB_BYTES / Math.max(1, sliceLength * dataset.metadata.size)))
  for (let first = 0; first < slices; first += step) {
    throwIfAborted(signal)
    let values: unknown
    try {
      values = dataset.slice([[first, Math.min(slices, first + step)], ...rest.map((): [] => [])])
    } catch (error) {
      throw damaged(path, 'the values of a variable are damaged, or compressed in a way that MATLAB does not use', error)
    }
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) samples.set(Float64Array.from(values, Number), first * sliceLength)
    else samples.set(values as SampleArray, first * sliceLength)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return samples
}

function damaged(path: string, what: string, cause?: unknown): StudioError {
  if (cause instanceof Error && cause.message.includes('truncated file')) {
    return new StudioError('truncated', `${path}: the file is shorter than it should be.`, { file: path, remedy: 'Copy or download the file again.', cause })
  }
  return new StudioError('malformed', `${path}: not a valid MATLAB 7.3 file: ${what}.`, {
    file: path, remedy: 'Save the file again in MATLAB (save NAME.mat -v7.3) or copy it again from its source.', cause,
  })
}
