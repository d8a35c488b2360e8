import type { CubeHeader } from '../../cube/cube-header'
import { readBandFacts } from './band-fields'
import { fieldOf, readRasterLayout, type RasterLayout } from './raster-layout'
import type { EnviHeaderText } from './header-text'
import { readGeoreference } from './map-fields'

/** The scene that a header describes, and where its numbers stand. Errors: see `readRasterLayout`. */
export function interpretEnviHeader(text: EnviHeaderText): { header: CubeHeader; layout: RasterLayout } {
  const { layout, notices } = readRasterLayout(text)
  const { rows, cols, bands, sampleType, interleave, byteOrder } = layout
  const field = (key: string): string | null => fieldOf(text, key)
  const { facts, notices: bandNotices } = readBandFacts(field, bands, sampleType)
  const { georeference, notices: mapNotices } = readGeoreference(field)
  return {
    layout,
    header: {
      rows, cols, bands, sampleType, interleave, byteOrder,
      ...facts,
      georeference,
      metadata: { kind: 'envi', fields: text.fields },
      notices: [...text.notices, ...notices, ...bandNotices, ...mapNotices],
    },
  }
}
