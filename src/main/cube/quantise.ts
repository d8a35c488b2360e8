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
  const missing = nodata.map((value) => value ?? NaN)
  const fills = nodata.map((value) => value ?? (integer ? 0 : NaN))
  // value by value in the order of memory: band by band would fetch every line of it once a band
  for (let i = 0, band = 0; i < values.length; i++, band = band + 1 === bands ? 0 : band + 1) {
    let value = values[i] as number
    if (Number.isNaN(value)) {
      samples[i] = fills[band] as number
      continue
    }
    if (integer) value = value < 0 ? -Math.round(-value) : Math.round(value)
    if (value < min || value > max) {
      value = value < min ? min : max
      clamped++
    }
    if (value === missing[band]) value = besideNodata(value, integer, min)
    samples[i] = value
  }
  return { samples, clamped }
}

function besideNodata(value: number, integer: boolean, min: number): number {
  if (integer) return value > min ? value - 1 : value + 1
  return value === 0 ? 1e-30 : value * (1 + 2 ** -22)
}
