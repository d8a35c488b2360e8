import { StudioError } from '../../common/errors'
import { writeFileAtomic } from '../../common/atomic-file'

export interface SpectralLibrary {
  names: readonly string[]
  /** One for each value of a spectrum; null = values are counted. */
  wavelengthNm: readonly number[] | null
  /** [names, bands], NaN = none. */
  values: Float32Array
}

/**
 * Writes spectra as an ENVI spectral library: 32-bit floats at `path` and the header beside it at the same name with .hdr.
 * Errors: 'invalid-argument' when names, wavelengths and values do not fit each other; 'io'.
 */
export async function writeSpectralLibrary(path: string, library: SpectralLibrary): Promise<void> {
  const bands = library.values.length / library.names.length
  if (!Number.isInteger(bands) || bands < 1 || (library.wavelengthNm !== null && library.wavelengthNm.length !== bands)) {
    throw new StudioError('invalid-argument', `${library.values.length} values are not ${library.names.length} spectra of ${library.wavelengthNm?.length ?? 'equally many'} bands.`)
  }
  const bytes = new Uint8Array(library.values.length * 4)
  const view = new DataView(bytes.buffer)
  library.values.forEach((value, index) => { view.setFloat32(4 * index, value, true) })
  await writeFileAtomic(path, bytes)
  await writeFileAtomic(path.replace(/\.[^./\\]*$/, '') + '.hdr', libraryHeader(library, bands))
}

function libraryHeader({ names, wavelengthNm }: SpectralLibrary, bands: number): string {
  const list = (values: readonly string[]): string => `{\n ${values.join(',\n ')}}`
  return [
    'ENVI', 'description = {Spectral library}', `samples = ${bands}`, `lines = ${names.length}`, 'bands = 1', 'header offset = 0',
    'file type = ENVI Spectral Library', 'data type = 4', 'interleave = bsq', 'byte order = 0',
    // commas and braces would end an entry of the list
    `spectra names = ${list(names.map((name) => name.replace(/[\s,{}]+/g, ' ').trim()))}`,
    ...(wavelengthNm === null ? [] : ['wavelength units = Nanometers', `wavelength = ${list(wavelengthNm.map(String))}`]),
  ].join('\n') + '\n'
}
