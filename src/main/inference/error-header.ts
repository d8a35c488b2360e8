import type { CubeHeader } from '../cube/cube-header'

/** Header of the file of expected errors beside an upscaled scene of `header`: one band of 32-bit floats on the same grid, NaN = no data. */
export function errorHeader({ rows, cols, georeference }: CubeHeader): CubeHeader {
  return {
    rows, cols, bands: 1, sampleType: 'float32', interleave: 'bsq', byteOrder: 'little', wavelengthNm: null, fwhmNm: null, badBands: null,
    bandNames: ['expected error, RMS over bands'], nodata: [NaN], gain: null, offset: null, georeference,
    description: 'Expected error of each pixel: root mean square over the bands, in stored units', defaultBands: null,
    metadata: { kind: 'tiff', items: [], textTags: [] }, notices: [],
  }
}
