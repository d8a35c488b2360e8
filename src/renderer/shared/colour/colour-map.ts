import { COLOUR_TABLES } from './colour-tables'

export type ColourMapName = keyof typeof COLOUR_TABLES | 'grey'
/** Lighter all the way, for values from little to much. */
export const COLOUR_MAPS: readonly ColourMapName[] = ['viridis', 'cividis', 'magma', 'inferno', 'grey']
/** Blue below the middle, red above, grey in it: for signed values between limits that are symmetric about zero. */
export const DIVERGING_MAP: ColourMapName = 'coolwarm'
const COLOURS = 256

/** 256 colours from the lowest value to the highest: Uint8 [256, 4], opaque. */
export function colourTable(name: ColourMapName): Uint8Array {
  const table = new Uint8Array(COLOURS * 4).fill(255)
  for (let i = 0; i < COLOURS; i++) {
    for (let channel = 0; channel < 3; channel++) {
      table[i * 4 + channel] = name === 'grey' ? i : parseInt(COLOUR_TABLES[name].slice(i * 6 + channel * 2, i * 6 + channel * 2 + 2), 16)
    }
  }
  return table
}

/** As a CSS gradient from left to right, of values that a stretch with this exponent shows (1 = linear, above = brighter). */
export function colourGradient(name: ColourMapName, gamma = 1): string {
  const table = colourTable(name)
  const stops = Array.from({ length: 17 }, (_, i) => {
    const at = Math.round((i / 16) ** (1 / gamma) * (COLOURS - 1)) * 4
    return `rgb(${table[at] as number} ${table[at + 1] as number} ${table[at + 2] as number})`
  })
  return `linear-gradient(to right, ${stops.join(', ')})`
}
