/** A corner of the opacity curve: value between the limits and opacity there, both 0 to 1. */
export interface OpacityPoint {
  at: number
  opacity: number
}

/** Faint values are clear, bright ones stand out. Opacity is that of a hundredth of the cube. */
export const DEFAULT_OPACITY: readonly OpacityPoint[] = [{ at: 0, opacity: 0 }, { at: 0.35, opacity: 0 }, { at: 0.7, opacity: 0.12 }, { at: 1, opacity: 0.6 }]

/** As `DEFAULT_OPACITY`, by the size of differences: most are small. */
export const DEFAULT_DIFFERENCE_OPACITY: readonly OpacityPoint[] = [{ at: 0, opacity: 0 }, { at: 0.2, opacity: 0 }, { at: 0.6, opacity: 0.15 }, { at: 1, opacity: 0.7 }]

/** Of signed values in a volume: zero, and what stands for no data there, as both are nothing to look at. */
export const SIGNED_ZERO = 128

/** What a volume's value counts for, 0 to 255: itself, or of signed ones how far it is from zero. Nothing where there is no data. */
export function strengthOf(value: number, isSigned: boolean): number {
  return isSigned ? Math.min(255, 2 * Math.abs(value - SIGNED_ZERO)) : value
}

/**
 * Opacity from 0 to 1 for each of the 256 values of a volume; what stands for no data has none. Of signed values the curve
 * begins at zero and goes both ways.
 */
export function opacityTable(points: readonly OpacityPoint[], isSigned: boolean): Float32Array {
  const table = new Float32Array(256)
  for (let value = 1; value < 256; value++) table[value] = isSigned ? opacityAt(points, Math.abs(value - SIGNED_ZERO) / 127) : opacityAt(points, (value - 1) / 254)
  if (isSigned) table[SIGNED_ZERO] = 0
  return table
}

/** Straight between the corners, level beyond the first and the last. */
export function opacityAt(points: readonly OpacityPoint[], at: number): number {
  const index = points.findIndex((point) => point.at >= at)
  const [before, after] = [points[index - 1], points[index]]
  if (after === undefined) return points[points.length - 1]?.opacity ?? 0
  if (before === undefined || after.at === before.at) return after.opacity
  return before.opacity + ((at - before.at) / (after.at - before.at)) * (after.opacity - before.opacity)
}

/** A corner moved, between its neighbours; the first and the last stay at the ends. */
export function movePoint(points: readonly OpacityPoint[], index: number, to: OpacityPoint): OpacityPoint[] {
  const isEnd = index === 0 || index === points.length - 1
  const at = isEnd ? (points[index] as OpacityPoint).at : clamp(to.at, (points[index - 1] as OpacityPoint).at, (points[index + 1] as OpacityPoint).at)
  return points.map((point, i) => (i === index ? { at, opacity: clamp(to.opacity, 0, 1) } : point))
}

/** With one more corner. */
export function addPoint(points: readonly OpacityPoint[], point: OpacityPoint): OpacityPoint[] {
  const added = { at: clamp(point.at, 0.001, 0.999), opacity: clamp(point.opacity, 0, 1) }
  const index = points.findIndex(({ at }) => at > added.at)
  return [...points.slice(0, index), added, ...points.slice(index)]
}

/** Without a corner; the ends stay. */
export function removePoint(points: readonly OpacityPoint[], index: number): OpacityPoint[] {
  return index === 0 || index === points.length - 1 ? [...points] : points.filter((_, i) => i !== index)
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
