/** Side of one square, in CSS pixels. */
const SQUARE = 8

/** The subtle chequered ground that shows where a scene has no data, in the theme's colours. */
export function checkerPattern(context: CanvasRenderingContext2D, ratio: number): CanvasPattern | null {
  const style = getComputedStyle(document.documentElement)
  const side = Math.max(1, Math.round(SQUARE * ratio))
  const tile = new OffscreenCanvas(2 * side, 2 * side)
  const drawing = tile.getContext('2d')
  if (drawing === null) return null
  drawing.fillStyle = style.getPropertyValue('--panel')
  drawing.fillRect(0, 0, 2 * side, 2 * side)
  drawing.fillStyle = style.getPropertyValue('--sunken')
  drawing.fillRect(0, 0, side, side)
  drawing.fillRect(side, side, side, side)
  return context.createPattern(tile, 'repeat')
}
