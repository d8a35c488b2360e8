/** A closed line through points on the screen, as SVG and canvas take it; '' without points. */
export function polygonPath(points: readonly { x: number; y: number }[], closed = true): string {
  if (points.length === 0) return ''
  return `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}${closed ? 'Z' : ''}`
}
