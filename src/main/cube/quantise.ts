import { allocateSamples, SAMPLE_TYPES, type SampleArray, type SampleType } from './sample-type'

export interface Quantised {
  samples: SampleArray
  /** Values that had to be clamped to the type's range. */
  clamped: number
}

/**
 * Float values [..., bands] in the stored type: rounded half away from zero for integers, clamped to the type's range,
 * NaN replaced by the band's nodata (0 for integers without nodata, NaN for floats). A valid value that would land
 * exactly on nodata moves to the neighbouring number, so that no pixel disappears.
 */
export function quantise(values: Float32Array | Float64Array, type: SampleType, nodata: readonly (number | null)[]): Quantised {
  const bands = nodata.length
  const { integer, min, max } = SAMPLE_TYPES[type]
  const samples = allocateSamples(type, values.length)
  let clamped = 0
  for (let band = 0; band < bands; band++) {
    const missing = nodata[band] ?? null
    const fill = missing ?? (integer ? 0 : NaN)
    for (let i = band; i < values.length; i += bands) {
      let value = values[i] as number
      if (Number.isNaN(value)) {
        samples[i] = fill
        continue
      }
      if (integer) value = value < 0 ? -Math.round(-value) : Math.round(value)
      if (value < min || value > max) {
        value = value < min ? min : max
        clamped++
      }
      if (value === missing) value = besideNodata(value, integer, min)
      samples[i] = value
    }
  }
  return { samples, clamped }
}

function besideNodata(value: number, integer: boolean, min: number): number {
  if (integer) return value > min ? value - 1 : value + 1
  return value === 0 ? 1e-30 : value * (1 + 2 ** -22)
}
