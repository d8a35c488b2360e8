import type { CubeHeader } from '../cube/cube-header'
import { quantise } from '../cube/quantise'
import { canHold, SAMPLE_TYPES, type SampleArray, type SampleType } from '../cube/sample-type'

/**
 * The header of the same scene stored as `type`. A nodata value that the type can't hold becomes the type's smallest
 * number, or NaN for floats (where it needs no declaration).
 */
export function retypeHeader(header: CubeHeader, type: SampleType): CubeHeader {
  if (type === header.sampleType) return header
  const { integer, min } = SAMPLE_TYPES[type]
  const nodata = header.nodata.map((value) => (value === null || canHold(type, value) ? value : integer ? min : null))
  return { ...header, sampleType: type, nodata }
}

/** Stored values [..., bands] of `from` as those of `to`: rounded and clamped, missing ones to the new nodata (see `quantise`). */
export function retypeSamples(samples: SampleArray, from: CubeHeader, to: CubeHeader): SampleArray {
  if (from.sampleType === to.sampleType) return samples
  const values = Float64Array.from(samples)
  const { bands } = from
  const single = from.sampleType === 'float32'
  for (let band = 0; band < bands; band++) {
    const declared = from.nodata[band] ?? null
    const missing = declared !== null && single ? Math.fround(declared) : declared
    for (let i = band; i < values.length; i += bands) {
      const value = values[i] as number
      if (value === missing || !Number.isFinite(value)) values[i] = NaN
    }
  }
  return quantise(values, to.sampleType, to.nodata).samples
}
