import type { SceneFacts } from './types'

/**
 * The wavelengths as the file lists them, in whatever unit, one a band: out of an ENVI header's list (which GeoTIFF files may
 * carry too) or the metadata of the bands. Null when there is no complete list of positive numbers.
 */
export function listedWavelengths({ metadata, bands }: Pick<SceneFacts, 'metadata' | 'bands'>): number[] | null {
  const list = metadata.find(([key]) => /^(envi: )?wavelength$/i.test(key))
  const values = list === undefined ? perBand(metadata, bands) : list[1].replace(/[{}]/g, ' ').split(/[\s,;]+/).filter((item) => item !== '').map(Number)
  return values.length === bands && values.every((value) => Number.isFinite(value) && value > 0) ? values : null
}

const ITEM = /^(?:[^:]+: )?(?:wavelength|central_wavelength_um) \(band (\d+)\)$/i

/** NaN for bands that say nothing. */
function perBand(metadata: SceneFacts['metadata'], bands: number): number[] {
  const values = new Array<number>(bands).fill(NaN)
  for (const [key, value] of metadata) {
    const band = Number(ITEM.exec(key)?.[1] ?? NaN)
    if (band >= 1 && band <= bands) values[band - 1] = Number.parseFloat(value)
  }
  return values
}
