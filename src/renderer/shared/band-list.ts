/** What stands in the field for chosen bands, read: 0-based bands in ascending order, or what is wrong. */
export type BandList = { bands: number[] } | { problem: 'empty' | 'unreadable' | 'outside'; part: string }

/** Reads '1-5, 100' (1-based, as people count bands) for a scene of `count` bands. */
export function parseBandList(typed: string, count: number): BandList {
  const chosen = new Set<number>()
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.length === 0) return { problem: 'empty', part: '' }
  for (const part of parts) {
    const [, first, last] = /^(\d{1,6})(?:[-–:](\d{1,6}))?$/.exec(part) ?? []
    if (first === undefined) return { problem: 'unreadable', part }
    const [from, to] = [Number(first), Number(last ?? first)]
    if (from > to) return { problem: 'unreadable', part }
    if (from < 1 || to > count) return { problem: 'outside', part }
    for (let band = from; band <= to; band++) chosen.add(band - 1)
  }
  return { bands: [...chosen].sort((p, q) => p - q) }
}

/** The shortest spelling of a list of 0-based bands: '1-5, 100'. */
export function formatBandList(bands: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < bands.length;) {
    let end = i
    while (end + 1 < bands.length && bands[end + 1] === (bands[end] as number) + 1) end++
    const [first, last] = [(bands[i] as number) + 1, (bands[end] as number) + 1]
    parts.push(first === last ? String(first) : `${first}-${last}`)
    i = end + 1
  }
  return parts.join(', ')
}
