import type { SampleType } from '../../cube/sample-type'

/** ENVI's numbers for sample types; 6 and 9 are complex and have no counterpart here. */
export const SAMPLE_TYPE_BY_CODE: ReadonlyMap<number, SampleType> = new Map([
  [1, 'uint8'], [2, 'int16'], [3, 'int32'], [4, 'float32'], [5, 'float64'],
  [12, 'uint16'], [13, 'uint32'], [14, 'int64'], [15, 'uint64'],
])

/** The number of a sample type; ENVI has no signed byte, which is stored as int16. */
export const CODE_BY_SAMPLE_TYPE: Readonly<Record<SampleType, number>> = {
  uint8: 1, int8: 2, int16: 2, int32: 3, float32: 4, float64: 5, uint16: 12, uint32: 13, int64: 14, uint64: 15,
}

/** The type that stands for `type` in an ENVI file, which has no signed 8-bit numbers. */
export function enviSampleType(type: SampleType): SampleType {
  return type === 'int8' ? 'int16' : type
}
