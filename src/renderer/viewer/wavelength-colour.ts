/** Corners of the visible spectrum: wavelength in nm, red, green and blue from 0 to 1. After D. Bruton's approximation. */
const CORNERS: [nm: number, red: number, green: number, blue: number][] = [
  [380, 0.4, 0, 0.4], [420, 0.42, 0, 1], [440, 0, 0, 1], [490, 0, 1, 1], [510, 0, 1, 0], [580, 1, 1, 0], [645, 1, 0, 0], [700, 1, 0, 0], [780, 0.35, 0, 0],
]

/** How light of a wavelength looks, as a CSS colour; null where the eye sees nothing. */
export function wavelengthColour(nm: number): string | null {
  const next = CORNERS.findIndex(([at]) => at >= nm)
  const [from, to] = [CORNERS[Math.max(0, next - 1)], CORNERS[next]]
  if (from === undefined || to === undefined || nm < from[0]) return null
  const share = to[0] === from[0] ? 0 : (nm - from[0]) / (to[0] - from[0])
  const mixed = [1, 2, 3].map((i) => Math.round(255 * ((from[i] as number) + share * ((to[i] as number) - (from[i] as number)))))
  return `rgb(${mixed.join(' ')})`
}
