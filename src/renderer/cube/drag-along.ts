interface Screen {
  x: number
  y: number
}

/** An axis seen nearly end on moves by the height of the pointer instead, so many pixels a world unit. */
const END_ON_PIXELS = 300
const LEAST_PIXELS = 60

/**
 * How far something is pulled along an axis, in world units, when the pointer moves by dx, dy pixels. `unit` is the axis as
 * seen: where one world unit along it leads on the screen.
 */
export function dragAlong(dx: number, dy: number, unit: Screen): number {
  const length = Math.hypot(unit.x, unit.y)
  if (length < LEAST_PIXELS) return -dy / END_ON_PIXELS
  return (dx * unit.x + dy * unit.y) / length ** 2
}
