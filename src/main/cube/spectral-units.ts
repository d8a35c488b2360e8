import type { Notice } from './cube-header'

/** What a list of band positions is measured in; 'index' = mere band numbers. */
export type SpectralUnit = 'nm' | 'um' | 'mm' | 'm' | 'angstrom' | 'wavenumber' | 'MHz' | 'GHz' | 'THz' | 'index' | 'unknown'

const SPELLINGS: [RegExp, SpectralUnit][] = [
  [/^(nm|nanomet(er|re)s?|nanom)$/, 'nm'],
  [/^(um|µm|μm|microns?|micromet(er|re)s?|microm|mkm)$/, 'um'],
  [/^(mm|millimet(er|re)s?)$/, 'mm'],
  [/^(m|met(er|re)s?)$/, 'm'],
  [/^(å|a|angstroms?|ångströms?|ångstroms?)$/, 'angstrom'],
  [/^(cm-1|cm\^-1|1\/cm|cm\*\*-1|wavenumbers?|kayser)$/, 'wavenumber'],
  [/^(mhz|megahertz)$/, 'MHz'],
  [/^(ghz|gigahertz)$/, 'GHz'],
  [/^(thz|terahertz)$/, 'THz'],
  [/^(index|band|bands|band number|channel)$/, 'index'],
]

/** The unit that a spelling found in the wild stands for; 'unknown' when it says nothing. */
export function spectralUnit(spelling: string | null | undefined): SpectralUnit {
  const word = (spelling ?? '').trim().toLowerCase().replace(/[.[\]()]/g, '').replace(/\s+/g, ' ')
  return SPELLINGS.find(([pattern]) => pattern.test(word))?.[1] ?? 'unknown'
}

const NM_PER_UNIT: Partial<Record<SpectralUnit, number>> = { nm: 1, um: 1e3, mm: 1e6, m: 1e9, angstrom: 0.1 }

/** Speed of light in nm times the unit; a wavenumber of 1 cm-1 is a wavelength of 1e7 nm. */
const NM_TIMES_UNIT: Partial<Record<SpectralUnit, number>> = {
  wavenumber: 1e7, MHz: 299792458e3, GHz: 299792458, THz: 299792.458,
}

/** Below this no imaging spectrometer works in nm, and above it none in micrometres. */
const NM_UM_BORDER = 100

export interface WavelengthReading {
  wavelengthNm: number[] | null
  /** The unit that was used, after guessing: a list of FWHM that comes with it is measured in it too. */
  unit: SpectralUnit
  notices: Notice[]
}

const tidy = (value: number): number => Number(value.toPrecision(12))

function isBandIndex(values: readonly number[]): boolean {
  const first = values[0]
  return values.length > 1 && (first === 0 || first === 1) && values.every((value, i) => value === first + i)
}

/**
 * Centre wavelengths in nm. `spelling` is the source's own word for the unit. Without a usable one the size of the
 * numbers decides: all below 100 means micrometres; the same test overrules a declared nm or micrometres that cannot be.
 * Frequencies and wavenumbers are converted. null (with a notice) for band numbers and for values that are not positive.
 */
export function wavelengthsToNm(values: readonly number[], spelling: string | null | undefined): WavelengthReading {
  const declared = spectralUnit(spelling)
  const notices: Notice[] = []
  const refuse = (message: string): WavelengthReading => ({
    wavelengthNm: null, unit: declared, notices: [{ code: 'wavelengths-dropped', message }],
  })
  if (values.length === 0) return refuse('The list of wavelengths is empty.')
  if (!values.every((value) => Number.isFinite(value) && value > 0) && !isBandIndex(values)) {
    return refuse('The list of wavelengths holds values that are not positive numbers; it was left out.')
  }
  if ((declared === 'index' || declared === 'unknown') && isBandIndex(values)) {
    return refuse('The list of wavelengths holds band numbers only; the scene has no wavelengths.')
  }
  let largest = 0
  for (const value of values) largest = Math.max(largest, value)
  let unit = declared
  if (unit === 'index' || unit === 'unknown') unit = largest < NM_UM_BORDER ? 'um' : 'nm'
  else if (unit === 'nm' && largest < NM_UM_BORDER) unit = 'um'
  else if (unit === 'um' && largest >= NM_UM_BORDER) unit = 'nm'
  if (unit !== declared) {
    const said = spelling === null || spelling === undefined || spelling === '' ? 'no unit' : `the unit '${spelling}'`
    notices.push({
      code: 'wavelength-units-guessed',
      message: `The wavelengths come with ${said}; values up to ${largest} were taken as ${unit === 'um' ? 'micrometres' : 'nm'}.`,
    })
  }
  const factor = NM_PER_UNIT[unit]
  const dividend = NM_TIMES_UNIT[unit] ?? NaN
  if (factor === undefined) {
    notices.push({ code: 'wavelength-units-converted', message: `The band positions are given in ${unit} and were converted to nm.` })
  }
  return { wavelengthNm: values.map((value) => tidy(factor === undefined ? dividend / value : value * factor)), unit, notices }
}

/** Full widths at half maximum in nm of bands at `wavelengthNm`, both lists in the same `unit`. */
export function fwhmToNm(values: readonly number[], wavelengthNm: readonly number[], unit: SpectralUnit): number[] {
  const factor = NM_PER_UNIT[unit]
  if (factor !== undefined) return values.map((value) => tidy(value * factor))
  // lambda = k / f, so a width df is a width lambda^2 / k * df
  const k = NM_TIMES_UNIT[unit] ?? NaN
  return values.map((value, i) => tidy((value * (wavelengthNm[i] ?? NaN) ** 2) / k))
}

const NUMBER_WITH_UNIT = /(\d+\.?\d*(?:e[+-]?\d+)?)\s*(nanomet(?:er|re)s?|micromet(?:er|re)s?|microns?|nm|um|µm|μm)(?![a-z])/i

/** Wavelengths in nm that stand inside the band names, as in 'band 1 (0.4554 Micrometers)'; null unless in all of them. */
export function wavelengthsFromBandNames(names: readonly string[]): number[] | null {
  const wavelengthNm: number[] = []
  for (const name of names) {
    const match = NUMBER_WITH_UNIT.exec(name.slice(0, 1000))
    const factor = match === null ? undefined : NM_PER_UNIT[spectralUnit(match[2])]
    const value = match === null || factor === undefined ? NaN : Number(match[1]) * factor
    if (!(value > 0)) return null
    wavelengthNm.push(tidy(value))
  }
  return wavelengthNm.length > 0 ? wavelengthNm : null
}
