import type { Notice } from '../../cube/cube-header'
import type { MatVariable } from './mat-variable'

/** Which of the three dimensions counts the bands; the other two are rows and columns, in this order. */
export type BandAxis = 0 | 1 | 2

/** More bands than imaging spectrometers have. */
const MANY_BANDS = 600

const WAVELENGTH_NAME = /^(wave_?lengths?|wvls?|wls?|lambdas?|(band_?)?cent(er|re)s?)(_(nm|um|microns?))?$/i
const FWHM_NAME = /^fwhms?(_(nm|um|microns?))?$/i

/** A vector of one number a band, beside the cube in the same file. */
export function findVector(variables: readonly MatVariable[], kind: 'wavelength' | 'fwhm', length: number): MatVariable | null {
  const pattern = kind === 'wavelength' ? WAVELENGTH_NAME : FWHM_NAME
  return variables.find(({ name, dims }) => pattern.test(name) && Math.max(...dims) === length && dims.filter((n) => n !== 1).length <= 1) ?? null
}

/** The unit that the name ends in (wavelengths_um); null when it ends in none. */
export function unitOf(vector: MatVariable): string | null {
  return /_(nm|um|microns?)$/i.exec(vector.name)?.[1] ?? null
}

/**
 * MATLAB scenes are rows x columns x bands by custom. Another axis is taken when the caller says so, or when a vector of
 * wavelengths fits that axis alone; where only the shape looks odd, the custom is kept and a notice says so.
 */
export function chooseBandAxis(
  dims: readonly number[], variables: readonly MatVariable[], wanted: BandAxis | undefined,
): { axis: BandAxis; notices: Notice[] } {
  if (wanted !== undefined) return { axis: wanted, notices: [] }
  const fitting = ([2, 0, 1] as const).filter((axis) => findVector(variables, 'wavelength', dims[axis] ?? 0) !== null)
  const [axis] = fitting
  if (axis !== undefined && axis !== 2) {
    return { axis, notices: [{
      code: 'axis-order-from-wavelengths',
      message: `The array is ${dims.join(' x ')}; its dimension ${axis + 1} is taken for the bands, because the file's wavelengths number ${dims[axis] ?? 0}.`,
    }] }
  }
  const [rows = 0, cols = 0, bands = 0] = dims
  const doubtful = axis === undefined && ((cols === bands && rows !== cols) || (bands > MANY_BANDS && bands > Math.min(rows, cols)))
  return { axis: 2, notices: !doubtful ? [] : [{
    code: 'axis-order-doubtful',
    message: `The array is ${dims.join(' x ')} and is read as rows x columns x bands, which looks unlikely. If it is wrong, save it in that order (permute in MATLAB).`,
  }] }
}
