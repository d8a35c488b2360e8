import type { CubeHeader } from '../cube/cube-header'
import { offsetGeoreference, refineGeoreference } from '../cube/georeference'
import type { ComputedMap } from './computed-map'

/** Header of a computed map's file: 32-bit floats, NaN = no data, lying where its pixels are in the scene. */
export function mapHeader({ rows, cols, bandNames, origin, pixelSize }: ComputedMap, scene: CubeHeader, description: string): CubeHeader {
  const bands = bandNames.length
  const { georeference } = scene
  return {
    rows, cols, bands, sampleType: 'float32', interleave: 'bsq', byteOrder: 'little', wavelengthNm: null, fwhmNm: null, badBands: null, bandNames,
    nodata: new Array<number>(bands).fill(NaN), gain: null, offset: null,
    georeference: georeference === null ? null : refineGeoreference(offsetGeoreference(georeference, origin.row, origin.col), 1 / pixelSize),
    description, defaultBands: null, metadata: { kind: 'tiff', items: [], textTags: [] }, notices: [],
  }
}
