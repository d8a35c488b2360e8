/** Of spectra and their places on the map: told apart on dark and light ground, and by people who confuse red and green. */
export const PIN_COLOURS = ['#e69f00', '#56b4e9', '#d55e00', '#009e73', '#cc79a7', '#0072b2', '#b59f00', '#8e6bbf'] as const

/** The colour that is used least, the first of them in the list. */
export function freeColour(used: readonly string[]): string {
  const uses = (color: string): number => used.filter((one) => one === color).length
  return PIN_COLOURS.reduce<string>((best, color) => (uses(color) < uses(best) ? color : best), PIN_COLOURS[0])
}
