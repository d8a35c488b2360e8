import type { PixelBlock } from '../../../preload/pixel-contract'
import type { BandStretch } from './map-layer'

/** Brightness levels of the table that holds a gamma curve. */
const TABLE = 1024

/**
 * Stored values [rows, cols, bands] as RGBA [rows, cols, 4]: three bands are red, green, blue, one is grey. A pixel of which
 * no band has data is transparent; a band alone without data is black.
 */
export function paintPixels({ rows, cols, data }: PixelBlock, stretch: readonly BandStretch[]): Uint8ClampedArray<ArrayBuffer> {
  const bands = stretch.length
  const pixels = new Uint8ClampedArray(rows * cols * 4)
  const scales = stretch.map(({ low, high }) => (TABLE - 1) / (high - low))
  const tables = stretch.map(({ gamma }) => gammaTable(gamma))
  for (let pixel = 0; pixel < rows * cols; pixel++) {
    let valid = false
    for (let channel = 0; channel < 3; channel++) {
      const band = bands === 1 ? 0 : channel
      const value = data[pixel * bands + band] as number
      // NaN is not equal to itself
      if (value !== value) continue
      valid = true
      const place = (value - (stretch[band] as BandStretch).low) * (scales[band] as number)
      pixels[pixel * 4 + channel] = (tables[band] as Uint8Array)[place <= 0 ? 0 : place >= TABLE - 1 ? TABLE - 1 : Math.round(place)] as number
    }
    if (valid) pixels[pixel * 4 + 3] = 255
  }
  return pixels
}

function gammaTable(gamma: number): Uint8Array {
  return Uint8Array.from({ length: TABLE }, (_, at) => Math.round(255 * (at / (TABLE - 1)) ** (1 / gamma)))
}
