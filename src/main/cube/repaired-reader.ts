import { StudioError } from '../common/errors'
import type { CubeHeader } from './cube-header'
import type { CubeReader } from './cube-reader'
import type { SceneRepairs } from './scene-repairs'

/**
 * The scene with the user's corrections: its header says what they say, pixels and everything else are `reader`'s. Closing
 * it closes `reader`. Throws 'invalid-argument' when a list has not one entry a band.
 */
export function repairedReader(reader: CubeReader, repairs: SceneRepairs): CubeReader {
  const header = repairedHeader(reader.header, repairs, reader.files[0] ?? 'The scene')
  return {
    header,
    files: reader.files,
    compressedBlock: reader.compressedBlock,
    // means over what was no data before are wrong where the user says otherwise
    levels: repairs.nodata === undefined ? reader.levels : undefined,
    readSamples: (window, bands, signal) => reader.readSamples(window, bands, signal),
    close: () => reader.close(),
  }
}

function repairedHeader(header: CubeHeader, { wavelengthNm, nodata, badBands }: SceneRepairs, file: string): CubeHeader {
  const repaired = { ...header }
  if (wavelengthNm !== undefined) {
    if (wavelengthNm !== null) assertOnePerBand(wavelengthNm, header.bands, 'wavelengths', file)
    repaired.wavelengthNm = wavelengthNm
    repaired.fwhmNm = repairedWidths(header, wavelengthNm)
    repaired.metadata = without(repaired.metadata, SPECTRAL_NAMES)
  }
  if (nodata !== undefined) {
    repaired.nodata = new Array<number | null>(header.bands).fill(nodata)
    repaired.metadata = without(repaired.metadata, NODATA_NAMES)
  }
  if (badBands !== undefined) {
    assertOnePerBand(badBands, header.bands, 'bad-band flags', file)
    repaired.badBands = badBands
    repaired.metadata = without(repaired.metadata, BAD_BAND_NAMES)
  }
  return repaired
}

/** Two numbers that differ by less than this share are the same wavelength in two spellings. */
const SAME_RATIO = 1e-6

/** Band widths after the repair: wrong by the same factor as the wavelengths where that is one factor (a wrong unit), else as they were. */
function repairedWidths({ wavelengthNm: before, fwhmNm }: CubeHeader, wavelengthNm: readonly number[] | null): number[] | null {
  // widths without wavelengths mean nothing
  if (fwhmNm === null || wavelengthNm === null) return null
  const factor = (wavelengthNm[0] as number) / (before?.[0] ?? NaN)
  const oneFactor = wavelengthNm.every((nm, band) => Math.abs(nm / ((before?.[band] ?? NaN) * factor) - 1) < SAME_RATIO)
  return oneFactor ? fwhmNm.map((width) => width * factor) : fwhmNm
}

/** Raw fields that state what the repairs replace, under the names of ENVI and of GeoTIFF writers. */
const SPECTRAL_NAMES = /^(wavelengths?|wavelength[ _]units?|fwhm|central_wavelength_um|fwhm_um)$/i
const NODATA_NAMES = /^data[ _]ignore[ _]value$/i
const BAD_BAND_NAMES = /^bbl$/i

/** Without the raw fields that would contradict the repaired header in a copy: writers keep what is raw verbatim where they can. */
function without(metadata: CubeHeader['metadata'], names: RegExp): CubeHeader['metadata'] {
  switch (metadata.kind) {
    case 'mat': return metadata
    case 'envi': return { ...metadata, fields: metadata.fields.filter(([key]) => !names.test(key)) }
    case 'tiff': return { ...metadata, items: metadata.items.filter(({ name }) => !names.test(name)) }
  }
}

function assertOnePerBand(list: readonly unknown[], bands: number, what: string, file: string): void {
  if (list.length === bands) return
  throw new StudioError('invalid-argument', `${file}: the repair lists ${list.length} ${what} for ${bands} bands.`, {
    file, remedy: 'Give one entry for each band of the scene.',
  })
}
