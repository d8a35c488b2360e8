/** How one value is stored. 64-bit integers are read as float64, exact up to 2^53. */
export type SampleType =
  | 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'uint64' | 'int64' | 'float32' | 'float64'

/** Values in their own type; 64-bit integers as Float64Array. */
export type SampleArray =
  | Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

interface SampleTypeFacts {
  bytes: 1 | 2 | 4 | 8
  integer: boolean
  min: number
  max: number
}

const FLOAT32_MAX = 3.4028234663852886e38

export const SAMPLE_TYPES: Record<SampleType, SampleTypeFacts> = {
  uint8: { bytes: 1, integer: true, min: 0, max: 255 },
  int8: { bytes: 1, integer: true, min: -128, max: 127 },
  uint16: { bytes: 2, integer: true, min: 0, max: 65535 },
  int16: { bytes: 2, integer: true, min: -32768, max: 32767 },
  uint32: { bytes: 4, integer: true, min: 0, max: 4294967295 },
  int32: { bytes: 4, integer: true, min: -2147483648, max: 2147483647 },
  uint64: { bytes: 8, integer: true, min: 0, max: Number.MAX_SAFE_INTEGER },
  int64: { bytes: 8, integer: true, min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER },
  float32: { bytes: 4, integer: false, min: -FLOAT32_MAX, max: FLOAT32_MAX },
  float64: { bytes: 8, integer: false, min: -Number.MAX_VALUE, max: Number.MAX_VALUE },
}

/** Whether a sample of the type can have the value; NaN and infinities are for floats. */
export function canHold(type: SampleType, value: number): boolean {
  const { integer, min, max } = SAMPLE_TYPES[type]
  if (integer) return Number.isInteger(value) && value >= min && value <= max
  return type === 'float64' || !Number.isFinite(value) || Number.isFinite(Math.fround(value))
}

/** A zero-filled array that holds `length` values of `type`. */
export function allocateSamples(type: SampleType, length: number): SampleArray {
  switch (type) {
    case 'uint8': return new Uint8Array(length)
    case 'int8': return new Int8Array(length)
    case 'uint16': return new Uint16Array(length)
    case 'int16': return new Int16Array(length)
    case 'uint32': return new Uint32Array(length)
    case 'int32': return new Int32Array(length)
    case 'float32': return new Float32Array(length)
    case 'uint64':
    case 'int64':
    case 'float64': return new Float64Array(length)
  }
}
