import type { DroppedField } from '../../cube/cube-writer'
import { canHold, type SampleType } from '../../cube/sample-type'

/**
 * Tag 42113 holds one value for all bands, as text. `text` is the most frequent of the bands' values (the first of equally
 * frequent ones) written so that it reads back as exactly the stored number; null when no band has one. Bands that
 * say something else, and values that the type can't hold, are listed in `dropped`.
 */
export function outputNodata(
  nodata: readonly (number | null)[],
  type: SampleType,
): { text: string | null; dropped: DroppedField[] } {
  const counts = new Map<string, number[]>()
  const without: number[] = []
  const dropped: DroppedField[] = []
  nodata.forEach((value, band) => {
    if (value === null) {
      without.push(band)
      return
    }
    const text = nodataText(value, type)
    if (text === null) {
      dropped.push({ field: `nodata of band ${band + 1}`, reason: `The value ${value} does not exist in the type ${type}.` })
    } else {
      counts.set(text, [...(counts.get(text) ?? []), band])
    }
  })
  const [common, ...others] = [...counts].sort(([, p], [, q]) => q.length - p.length)
  if (common === undefined) return { text: null, dropped }
  for (const [text, bands] of others) {
    dropped.push({ field: 'nodata', reason: `A GeoTIFF has one value for all bands (${common[0]}); ${text} of ${bandList(bands)} is lost.` })
  }
  if (without.length > 0) {
    dropped.push({ field: 'nodata', reason: `A GeoTIFF has one value for all bands: ${common[0]} now also counts for ${bandList(without)}.` })
  }
  return { text: common[0], dropped }
}

function bandList(bands: readonly number[]): string {
  const shown = bands.slice(0, 5).map((band) => band + 1).join(', ')
  return bands.length > 5 ? `bands ${shown} and ${bands.length - 5} more` : `${bands.length === 1 ? 'band' : 'bands'} ${shown}`
}

function nodataText(value: number, type: SampleType): string | null {
  if (!canHold(type, value)) return null
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  return String(type === 'float32' ? Math.fround(value) : value)
}
