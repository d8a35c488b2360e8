import { StudioError } from '../../common/errors'
import type { Interleave, Notice } from '../../cube/cube-header'
import { SAMPLE_TYPES, type SampleType } from '../../cube/sample-type'
import { SAMPLE_TYPE_BY_CODE } from './data-types'
import type { EnviHeaderText } from './header-text'

/** Where each number of the scene stands in its data file. */
export interface RasterLayout {
  rows: number
  cols: number
  bands: number
  sampleType: SampleType
  interleave: Interleave
  byteOrder: 'little' | 'big'
  headerOffset: number
  /** The data file is one gzip stream; offsets count inside it. */
  compressed: boolean
  /** Header offset and pixels together. */
  sizeBytes: number
}

const BANDS_LIMIT = 65535

/** `file type` as the header says it, lower case; '' when it says nothing. */
export function enviFileType(header: EnviHeaderText): string {
  return fieldOf(header, 'file type')?.toLowerCase().replace(/[{}]/g, '').trim() ?? ''
}

export function fieldOf(header: EnviHeaderText, key: string): string | null {
  return header.fields.find(([name]) => name === key)?.[1] ?? null
}

/** Throws 'unsupported' when the file type is one that holds no image of pixel values. */
export function refuseOtherFileTypes(header: EnviHeaderText): void {
  const fileType = enviFileType(header)
  const refusal = fileType.includes('classification')
    ? 'a classification map: its numbers are class labels, which can\'t be sharpened'
    : fileType.includes('spectral library')
      ? 'a spectral library: it holds single spectra and no picture'
      : /virtual mosaic|meta|fft|bathymetry|surf|tape/.test(fileType)
        ? `of the file type '${fileType}', which stores no plain raster of pixel values`
        : null
  if (refusal === null) return
  throw new StudioError('unsupported', `${header.path}: this ENVI file is ${refusal}.`, {
    file: header.path, remedy: 'Choose an ENVI image (file type = ENVI Standard).',
  })
}

/**
 * The layout that the header describes. Errors: 'malformed' (a field that is missing, not a whole number, out of range;
 * a size beyond all numbers), 'unsupported' (complex samples, frame offsets), 'too-large' (more than 65,535 bands).
 */
export function readRasterLayout(header: EnviHeaderText): { layout: RasterLayout; notices: Notice[] } {
  refuseOtherFileTypes(header)
  const notices: Notice[] = []
  const cols = wholeNumber(header, 'samples', 1)
  const rows = wholeNumber(header, 'lines', 1)
  const bands = wholeNumber(header, 'bands', 1)
  if (bands > BANDS_LIMIT) {
    throw new StudioError('too-large', `${header.path}: ${bands} bands are more than the ${BANDS_LIMIT} that are handled.`, {
      file: header.path, remedy: "Check the header's field 'bands'.",
    })
  }
  const sampleType = readSampleType(header)
  const { bytes } = SAMPLE_TYPES[sampleType]
  const interleave = readInterleave(header, bands)
  if (fieldOf(header, 'byte order') === null && bytes > 1) {
    notices.push({ code: 'byte-order-assumed', message: 'The header does not tell the byte order; little-endian was assumed.' })
  }
  const byteOrder = wholeNumber(header, 'byte order', 0, 1, 0) === 1 ? 'big' : 'little'
  const headerOffset = wholeNumber(header, 'header offset', 0, Number.MAX_SAFE_INTEGER, 0)
  for (const key of ['major frame offsets', 'minor frame offsets']) {
    if (/[1-9]/.test(fieldOf(header, key) ?? '')) {
      throw new StudioError('unsupported', `${header.path}: the data file has extra bytes between its lines ('${key}').`, {
        file: header.path, remedy: 'Save the scene as a plain ENVI Standard file first.',
      })
    }
  }
  const size = BigInt(rows) * BigInt(cols) * BigInt(bands) * BigInt(bytes) + BigInt(headerOffset)
  if (size > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new StudioError('malformed', `${header.path}: ${rows} lines x ${cols} samples x ${bands} bands would be ${size} bytes, which no file can hold.`, {
      file: header.path, remedy: "Correct the header's 'samples', 'lines' and 'bands'.",
    })
  }
  if (sampleType === 'int64' || sampleType === 'uint64') {
    notices.push({ code: 'precision-64-bit', message: '64-bit whole numbers are read as float64: exact up to 9,007,199,254,740,992.' })
  }
  const compressed = wholeNumber(header, 'file compression', 0, 1, 0) === 1
  return { layout: { rows, cols, bands, sampleType, interleave, byteOrder, headerOffset, compressed, sizeBytes: Number(size) }, notices }
}

function wholeNumber(header: EnviHeaderText, key: string, min: number, max = 2 ** 31 - 1, missing?: number): number {
  const raw = fieldOf(header, key)
  if (raw === null || raw === '') {
    if (missing !== undefined) return missing
    throw new StudioError('malformed', `${header.path}: the header has no field '${key}'.`, {
      file: header.path, remedy: `Add '${key} = ...' to the header.`,
    })
  }
  const text = raw.replace(/^\{\s*|\s*\}$/g, '')
  const value = /^[+-]?\d{1,16}(\.0*)?$/.test(text) ? Number(text) : NaN
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value
  throw new StudioError('malformed', `${header.path}: '${key} = ${text.slice(0, 40)}' is not a whole number from ${min} to ${max}.`, {
    file: header.path, remedy: `Correct '${key}' in the header.`,
  })
}

function readSampleType(header: EnviHeaderText): SampleType {
  const code = wholeNumber(header, 'data type', 0)
  const sampleType = SAMPLE_TYPE_BY_CODE.get(code)
  if (sampleType !== undefined) return sampleType
  if (code === 6 || code === 9) {
    throw new StudioError('unsupported', `${header.path}: the samples are complex numbers (data type ${code}).`, {
      file: header.path, remedy: 'Save the magnitude or one part as real numbers (data type 4) and open that.',
    })
  }
  throw new StudioError('malformed', `${header.path}: 'data type = ${code}' is none of ENVI's (1-5, 12-15).`, {
    file: header.path, remedy: "Correct 'data type' in the header.",
  })
}

function readInterleave(header: EnviHeaderText, bands: number): Interleave {
  const raw = fieldOf(header, 'interleave')
  const word = (raw ?? '').toLowerCase().trim()
  if (word === 'bsq' || word === 'bil' || word === 'bip') return word
  if (raw === null && bands === 1) return 'bsq'
  throw new StudioError('malformed', `${header.path}: 'interleave = ${(raw ?? '').slice(0, 40)}' is none of bsq, bil and bip.`, {
    file: header.path, remedy: "Correct 'interleave' in the header.",
  })
}
