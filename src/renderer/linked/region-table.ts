import type { SpectrumAxis } from '../viewer/spectrum-axis'
import type { SceneCurve } from './spectrum-curves'

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const number = (value: number | undefined): string => (value === undefined || !Number.isFinite(value) ? '' : String(Number(value.toPrecision(7))))

/**
 * Mean spectra of regions as comma-separated values, a line a region, layer and band, in the order of the axis: n = pixels
 * with data, mean and standard deviation in physical units, empty for bad bands and those without data.
 */
export function regionTable({ order, x, inNanometres }: Pick<SpectrumAxis, 'order' | 'x' | 'inNanometres'>, curves: readonly SceneCurve[]): Uint8Array {
  const lines = curves.flatMap(({ region, values, spread }) => {
    if (region === undefined) return []
    const start = [quoted(region.name), quoted(region.layer), region.pixels]
    return order.map((band, index) => [...start, band + 1, ...(inNanometres ? [number(x[index])] : []), number(values[index]), number(spread?.[index])].join(','))
  })
  const head = ['region', 'layer', 'n', 'band', ...(inNanometres ? ['wavelength nm'] : []), 'mean', 'standard deviation'].join(',')
  return new TextEncoder().encode(`${[head, ...lines].join('\n')}\n`)
}
