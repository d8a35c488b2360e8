import type { SceneView } from '../../preload/contract'
import type { ShadedRange } from '../shared/chart/chart-series'

type SceneFacts = NonNullable<SceneView['facts']>

/** How spectra of a scene (or of some of its bands) lie along a chart's axis. */
export interface SpectrumAxis {
  /** Bands in the order in which they are drawn, as indices into a spectrum. */
  order: number[]
  /** Wavelength in nm, or band number from 1, for each entry of `order`. */
  x: number[]
  inNanometres: boolean
  /** Unusable bands as stretches of the axis. */
  shaded: ShadedRange[]
  bad: boolean[]
  gain: number[] | null
  offset: number[] | null
}

/** `bands`: those of the scene that a spectrum holds, all when absent. Detectors may overlap, so bands are put in order of wavelength. */
export function spectrumAxis(facts: Pick<SceneFacts, 'bands' | 'wavelengthNm' | 'badBands' | 'gain' | 'offset'>, bands: readonly number[] = Array.from({ length: facts.bands }, (_, band) => band)): SpectrumAxis {
  const pick = <T>(values: T[] | null): T[] | null => (values === null ? null : bands.map((band) => values[band] as T))
  const wavelength = pick(facts.wavelengthNm)
  const bad = bands.map((band) => facts.badBands[band] ?? false)
  const order = bands.map((_, index) => index)
  if (wavelength !== null) order.sort((p, q) => (wavelength[p] as number) - (wavelength[q] as number))
  const x = order.map((index) => (wavelength === null ? (bands[index] as number) + 1 : (wavelength[index] as number)))
  return { order, x, inNanometres: wavelength !== null, shaded: shadedRanges(x, order.map((index) => bad[index] as boolean)), bad, gain: pick(facts.gain), offset: pick(facts.offset) }
}

/** Stretches of neighbouring marked places, reaching half way to the places beside them. */
export function shadedRanges(x: readonly number[], marked: readonly boolean[]): ShadedRange[] {
  const ranges: ShadedRange[] = []
  for (let i = 0; i < x.length;) {
    if (marked[i] !== true) {
      i++
      continue
    }
    let end = i
    while (marked[end + 1] === true) end++
    const middle = (p: number, q: number): number => ((x[p] as number) + (x[q] as number)) / 2
    ranges.push({ from: i === 0 ? (x[0] as number) : middle(i - 1, i), to: end === x.length - 1 ? (x[end] as number) : middle(end, end + 1) })
    i = end + 1
  }
  return ranges
}

/** A spectrum of stored values as physical ones along the axis; gaps where a band is unusable or has no data. */
export function alongAxis(stored: ArrayLike<number>, { order, bad, gain, offset }: SpectrumAxis): Float64Array {
  return Float64Array.from(order, (index) => (bad[index] === true ? NaN : (stored[index] as number) * (gain?.[index] ?? 1) + (offset?.[index] ?? 0)))
}
