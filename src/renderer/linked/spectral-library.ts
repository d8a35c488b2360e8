import type { Requests } from '../../preload/contract'
import type { SpectrumAxis } from '../viewer/spectrum-axis'
import type { SceneCurve } from './spectrum-curves'

/** Curves as an ENVI spectral library: physical values in the order of the axis; a region's standard deviation as a spectrum of its own. */
export function spectralLibrary({ x, inNanometres }: Pick<SpectrumAxis, 'x' | 'inNanometres'>, curves: readonly SceneCurve[]): Omit<Requests['analysis.saveLibrary']['payload'], 'suggestedName'> {
  const spectra = curves.flatMap(({ label, values, spread }) => [{ label, values }, ...(spread === undefined ? [] : [{ label: `${label} standard deviation`, values: spread }])])
  const values = new Float32Array(spectra.length * x.length)
  spectra.forEach((spectrum, index) => { values.set(spectrum.values, index * x.length) })
  return { names: spectra.map(({ label }) => label), wavelengthNm: inNanometres ? [...x] : null, values }
}
