import type { CubeHeader } from '../cube/cube-header'

/** `header` of values that are computed: 32-bit floats, NaN = no data. */
export function floatHeader(header: CubeHeader): CubeHeader {
  return { ...header, sampleType: 'float32', nodata: new Array<number>(header.bands).fill(NaN) }
}
