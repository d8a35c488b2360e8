import { formatWavelengths } from '../import/scene-fact-rows'
import { formatBytes, formatPixelSize, formatSize } from '../shared/format'
import { text } from '../text'
import type { SceneFacts } from './types'

/** What a scene is, in a few words each. */
export function factsLine(facts: SceneFacts): string[] {
  const bad = facts.badBands.filter(Boolean).length
  const wavelengths = formatWavelengths(facts.wavelengthNm)
  return [
    formatSize(facts.rows, facts.cols),
    `${text.viewer.bands(facts.bands)}${bad === 0 ? '' : ` (${text.viewer.badBands(bad)})`}`,
    ...(wavelengths === null ? [] : [wavelengths]),
    ...(facts.pixelSize === null ? [] : [formatPixelSize(facts.pixelSize)]),
    ...(facts.crs === null ? [] : [facts.crs.epsg === null ? facts.crs.name : `EPSG:${facts.crs.epsg}`]),
    facts.format,
    formatBytes(facts.sizeBytes),
  ].filter((part) => part !== '')
}
