import type { CubeHeader, Notice } from '../../cube/cube-header'
import { enviNumber, enviNumberList, enviText, splitEnviList } from '../../cube/envi-list'
import { canHold, type SampleType } from '../../cube/sample-type'
import { fwhmToNm, spectralUnit, wavelengthsFromBandNames, wavelengthsToNm } from '../../cube/spectral-units'

export type BandFacts = Pick<
  CubeHeader,
  'wavelengthNm' | 'fwhmNm' | 'badBands' | 'bandNames' | 'nodata' | 'gain' | 'offset' | 'defaultBands' | 'description'
>

/**
 * What the header says about bands and values. A list that does not fit the number of bands, or can't be read, is left
 * out with a notice; the scene stays usable.
 */
export function readBandFacts(field: (key: string) => string | null, bands: number, type: SampleType): { facts: BandFacts; notices: Notice[] } {
  const notices: Notice[] = []
  const notice = (code: string, message: string): void => void notices.push({ code, message })

  const perBand = (key: string): number[] | null => {
    const raw = field(key)
    if (raw === null || enviText(raw) === '') return null
    const values = enviNumberList(raw)
    if (values === null) {
      notice('list-unreadable', `The list '${key}' holds something that is not a number and was left out.`)
      return null
    }
    if (values.length === bands) return values
    notice('list-length', `The list '${key}' has ${values.length} ${values.length === 1 ? 'entry' : 'entries'} for ${bands} bands and was left out.`)
    return null
  }

  const namesField = field('band names')
  let bandNames = namesField === null ? null : splitEnviList(namesField)
  if (bandNames !== null && bandNames.length !== bands) {
    if (bandNames.length > 0) notice('list-length', `The list 'band names' has ${bandNames.length} ${bandNames.length === 1 ? 'entry' : 'entries'} for ${bands} bands and was left out.`)
    bandNames = null
  }

  const units = field('wavelength units')
  const listed = perBand('wavelength')
  const reading = listed === null ? null : wavelengthsToNm(listed, units === null ? null : enviText(units))
  notices.push(...(reading?.notices ?? []))
  const wavelengthNm = reading === null ? (bandNames === null ? null : wavelengthsFromBandNames(bandNames)) : reading.wavelengthNm
  if (reading === null && wavelengthNm !== null) notice('wavelengths-from-band-names', 'The wavelengths were taken out of the band names.')

  const widths = perBand('fwhm')
  let fwhmNm: number[] | null = null
  if (widths !== null) {
    const unit = reading?.unit ?? spectralUnit(units)
    if (wavelengthNm === null || unit === 'unknown' || unit === 'index') {
      notice('fwhm-without-wavelengths', "The list 'fwhm' comes without usable wavelengths and was left out.")
    } else fwhmNm = fwhmToNm(widths, wavelengthNm, unit)
  }

  const multipliers = perBand('bbl')
  if (multipliers?.some((value) => value !== 0 && value !== 1)) {
    notice('bbl-not-binary', "The bad-band list holds numbers other than 0 and 1; those above 0 count as good bands.")
  }
  const badBands = multipliers?.map((value) => !(value > 0)) ?? null

  return {
    facts: {
      wavelengthNm,
      fwhmNm,
      badBands,
      bandNames,
      nodata: new Array<number | null>(bands).fill(readIgnoreValue(field('data ignore value'), type, notice)),
      ...readScaling(field, perBand, bands, notice),
      defaultBands: readDefaultBands(field('default bands'), bands, notice),
      description: enviText(field('description') ?? '') || null,
    },
    notices,
  }
}

type Notify = (code: string, message: string) => void

function readIgnoreValue(raw: string | null, type: SampleType, notice: Notify): number | null {
  const text = enviText(raw ?? '')
  if (text === '') return null
  const value = ignoreValue(text)
  if (value === null) notice('ignore-value-unreadable', `'data ignore value = ${text.slice(0, 40)}' is not a number and was left out.`)
  else if (!canHold(type, value)) {
    notice('nodata-ignored', `'data ignore value = ${text.slice(0, 40)}' can't occur in ${type} samples; it was left out.`)
    return null
  }
  return value
}

function ignoreValue(text: string): number | null {
  if (/^[+-]?nan$/i.test(text)) return NaN
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  return enviNumber(text)
}

/** `data gain values` and `data offset values`; without them `reflectance scale factor` is one divided by the gain. */
function readScaling(
  field: (key: string) => string | null,
  perBand: (key: string) => number[] | null,
  bands: number,
  notice: Notify,
): { gain: number[] | null; offset: number[] | null } {
  const offset = perBand('data offset values')
  const gain = perBand('data gain values')
  const raw = field('reflectance scale factor')
  if (raw === null || enviText(raw) === '') return { gain, offset }
  const factor = enviNumber(enviText(raw))
  if (factor === null || !(factor > 0) || !Number.isFinite(factor)) {
    notice('scale-factor-unreadable', `'reflectance scale factor = ${raw.slice(0, 40)}' is not a positive number and was left out.`)
    return { gain, offset }
  }
  if (gain !== null) {
    notice('scale-factor-beside-gains', "Both 'data gain values' and 'reflectance scale factor' are given; the gains are used.")
    return { gain, offset }
  }
  return { gain: new Array<number>(bands).fill(1 / factor), offset }
}

function readDefaultBands(raw: string | null, bands: number, notice: Notify): number[] | null {
  if (raw === null || enviText(raw) === '') return null
  const values = enviNumberList(raw)
  const usable = values !== null && (values.length === 1 || values.length === 3)
    && values.every((value) => Number.isInteger(value) && value >= 1 && value <= bands)
  if (usable) return values.map((value) => value - 1)
  notice('default-bands-ignored', `'default bands = ${raw.slice(0, 60)}' does not name one or three of the bands 1-${bands} and was ignored.`)
  return null
}
