import { sceneFactRows } from '../import/scene-fact-rows'
import { formatNumber } from '../shared/format'
import { text } from '../text'
import { formatCoordinates } from './map-coordinates'
import type { SceneFacts } from './types'

/** A name and a value of the facts, as they are shown, searched and copied. */
export type Detail = [name: string, value: string]

/** What is known of a scene: the facts by which it is recognised, then its place on earth and the rest. */
export function sceneDetails(facts: SceneFacts): Detail[] {
  const { names } = text.viewer.facts
  const corner = formatCoordinates(facts, 0, 0)
  const lowerCorner = formatCoordinates(facts, facts.rows, facts.cols)
  const optional: [string, string | null][] = [
    [names.corner, corner],
    [names.lowerCorner, lowerCorner],
    [names.fwhm, rangeOf(facts.fwhmNm)],
    [names.scaling, scaling(facts)],
    [names.description, facts.description],
  ]
  return [
    ...sceneFactRows(facts).filter(({ missing }) => !missing).map(({ name, value }): Detail => [name, value]),
    ...optional.flatMap(([name, value]): Detail[] => (value === null || value === '' ? [] : [[name, value]])),
    ...facts.files.map((file, index): Detail => [index === 0 ? names.place : '', file]),
  ]
}

/** Those in which something is found that was typed, in the name or in the value. */
export function matchingDetails(details: readonly Detail[], typed: string): Detail[] {
  const wanted = typed.trim().toLowerCase()
  return details.filter(([name, value]) => name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted))
}

/** A line each, name and value apart by a tabulator, for a spreadsheet or a message. */
export function detailsAsText(details: readonly Detail[]): string {
  return details.map(([name, value]) => `${name}\t${value.replaceAll('\n', ' ')}`).join('\n')
}

/** 6.5–12 nm */
function rangeOf(nm: number[] | null): string | null {
  const known = nm?.filter(Number.isFinite) ?? []
  if (known.length === 0) return null
  const [least, most] = [known.reduce((p, q) => Math.min(p, q)), known.reduce((p, q) => Math.max(p, q))].map((value) => formatNumber(value, 3))
  return text.viewer.display.nanometres(least === most ? (least as string) : `${least as string}–${most as string}`)
}

/** × 0.0001 + 0; null where stored values are the physical ones. */
function scaling({ gain, offset }: SceneFacts): string | null {
  if (gain === null && offset === null) return null
  const [gains, offsets] = [new Set(gain ?? [1]), new Set(offset ?? [0])]
  if (gains.size > 1 || offsets.size > 1) return text.viewer.facts.perBand
  return `× ${formatNumber([...gains][0] ?? 1)} + ${formatNumber([...offsets][0] ?? 0)}`
}
