export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export const INK = { paper: '#ffffff', text: '#1a1c1f', soft: '#55595f', grid: '#e6e8eb', axis: '#7a7f87', frame: '#c9cdd3' } as const

/** Told apart by people who see colours differently (Okabe and Ito's palette). */
export const SERIES = { lowRes: '#b4b9c1', bicubic: '#e08e00', result: '#0072b2' } as const

export const FONT_FAMILY = 'DACN Studio Inter'

export function font(sizePixels: number, weight: 400 | 600 = 400): string {
  return `${weight} ${sizePixels}px "${FONT_FAMILY}"`
}
